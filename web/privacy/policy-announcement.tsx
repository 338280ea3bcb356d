import { useQuery } from '@tanstack/react-query'
import { useId } from 'react'
import type { PolicyView } from '../../server/http/shapes.ts'
import { useLanguage } from '../languages/language.tsx'
import { PolicyLink } from './policy-link.tsx'
import { policyQuery } from './policy-query.ts'
import './policy-announcement.css'

/** Over every page, for as long as it is ahead: what the policy will allow, and from when (OC-9). */
export function PolicyAnnouncement() {
  const { data } = useQuery(policyQuery)
  const announced = data?.versions.filter(({ state }) => state === 'announced') ?? []
  return announced.map((version) => <Announced key={version.effectiveAt} version={version} />)
}

function Announced({ version }: { version: PolicyView['versions'][number] }) {
  const { t, language, formats } = useLanguage()
  const title = useId()
  const reasons = version.reasons[language]
  return (
    <section className="policy-announced" aria-labelledby={title}>
      <details>
        <summary id={title}>{t('policy.announced', { day: formats.day(version.effectiveAt) })}</summary>
        <ul>
          {(reasons.length > 0 ? reasons : version.changes[language]).map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
        <p>
          {t('policy.announced-until')}{' '}
          <PolicyLink url={version.url}>{t('policy.announced-read')}</PolicyLink>
        </p>
      </details>
    </section>
  )
}
