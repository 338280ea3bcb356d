import type { ReactNode } from 'react'
import { useLanguage } from '../languages/language.tsx'

/** To the public page of the policy, in the reader's language; in a tab of its own, because calls go on in this one. */
export function PolicyLink({ url = '/privacy/policy', children }: { url?: string; children?: ReactNode }) {
  const { t, language } = useLanguage()
  return (
    <a href={`${url}?lang=${language}`} target="_blank" rel="noreferrer">
      {children ?? t('policy.link')}
    </a>
  )
}
