import { useQuery } from '@tanstack/react-query'
import type { RecipientsView } from '../../server/http/shapes.ts'
import { FailureNote } from '../api/failure-note.tsx'
import { type MessageKey, useLanguage } from '../languages/language.tsx'
import { recipientsQuery } from './connections-query.ts'
import './recipients.css'

/** Who gets what and where, and what the program did not send: made from the policy and from the record (BX-8, BX-9). */
export function RecipientsSection({ organization }: { organization: string | undefined }) {
  const { t } = useLanguage()
  const view = useQuery(recipientsQuery(organization))
  return (
    <section className="recipients" aria-labelledby="recipients">
      <h2 id="recipients">{t('recipients.title')}</h2>
      <p className="quiet">{t('recipients.text')}</p>
      {view.isError && <FailureNote error={view.error} retry={() => void view.refetch()} />}
      {view.isSuccess && (
        <>
          <Installation view={view.data} />
          {view.data.recipients.map((recipient) => (
            <Recipient key={recipient.name} recipient={recipient} />
          ))}
          <Refused refused={view.data.refused} />
        </>
      )}
    </section>
  )
}

function Installation({ view: { region, host } }: { view: RecipientsView }) {
  const { t, formats } = useLanguage()
  const country = host.country === undefined ? undefined : formats.country(host.country)
  return (
    <dl className="vendor-settings">
      <div>
        <dt>{t('recipients.region')}</dt>
        <dd>{region === 'EU' ? t('recipients.eu') : formats.country(region)}</dd>
      </div>
      <div>
        <dt>{t('recipients.host')}</dt>
        <dd>{[host.name, country].filter(Boolean).join(', ') || t('recipients.host.unnamed')}</dd>
      </div>
    </dl>
  )
}

function Recipient({ recipient }: { recipient: RecipientsView['recipients'][number] }) {
  const { t, formats } = useLanguage()
  const { country, ground, document, kinds, purposes } = recipient
  // What is this very machine needs no country to be within its region.
  const unknown = ground === undefined ? t('recipients.unknown') : undefined
  const place = country === undefined ? unknown : formats.country(country)
  return (
    <article className="recipient">
      <h3>{recipient.name}</h3>
      <dl className="vendor-settings">
        <div>
          <dt>{t('recipients.place')}</dt>
          <dd className={ground === undefined ? 'trouble' : undefined}>
            {[place, t(`recipients.ground.${ground ?? 'none'}`), document].filter(Boolean).join(' · ')}
          </dd>
        </div>
        <div>
          <dt>{t('recipients.kinds')}</dt>
          <dd>{kinds.join(', ')}</dd>
        </div>
        <div>
          <dt>{t('recipients.purposes')}</dt>
          <dd>{purposes.join(', ')}</dd>
        </div>
      </dl>
    </article>
  )
}

const reasons = ['undeclared', 'private', 'scheme', 'redirect', 'region', 'field'] as const

function Refused({ refused }: Pick<RecipientsView, 'refused'>) {
  const { t, formats } = useLanguage()
  const reason = (why: string): string => {
    const known = reasons.find((one) => one === why)
    const key: MessageKey | undefined = known && `refused.why.${known}`
    return key ? t(key) : why
  }
  return (
    <div className="refused">
      <h3>{t('refused.title')}</h3>
      <p className="quiet">{t('refused.text')}</p>
      {refused.length === 0 ? (
        <p>{t('refused.none')}</p>
      ) : (
        <table>
          <thead>
            <tr>
              <th scope="col">{t('refused.day')}</th>
              <th scope="col">{t('refused.host')}</th>
              <th scope="col">{t('refused.why')}</th>
              <th scope="col">{t('refused.count')}</th>
            </tr>
          </thead>
          <tbody>
            {refused.map((one) => (
              <tr key={`${one.day} ${one.host} ${one.why} ${one.connectionId}`}>
                <td>{formats.utcDay(one.day)}</td>
                <th scope="row">{one.host}</th>
                <td>{reason(one.why)}</td>
                <td className="figures">{formats.number(one.count)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  )
}
