import type { CorrectionView, ErasureView } from '../../server/http/shapes.ts'
import { useLanguage } from '../languages/language.tsx'

type Reached = ErasureView['levels']['log']
export type Recipient = ErasureView['recipients'][number]

/** How far a request is: the levels it has reached, and what came of telling everybody who had received something. */
export function RequestFacts(props: {
  levels: readonly { name: string; reached: Reached }[]
  recipients: readonly Recipient[]
  outcome: (recipient: Recipient) => string
}) {
  const { t } = useLanguage()
  return (
    <dl className="request-facts">
      {props.levels.map(({ name, reached }) => (
        <div key={name} data-reached={'at' in reached}>
          <dt>{name}</dt>
          <dd>
            <ReachedAt reached={reached} />
          </dd>
        </div>
      ))}
      {props.recipients.map((one) => (
        <div
          key={`${one.recipient} ${one.what} ${one.state} ${one.reason}`}
          data-reached={one.state === 'confirmed'}
        >
          <dt>
            {one.recipient}: {t(`requests.recipient.${one.what}`, { count: one.count })}
          </dt>
          <dd>{props.outcome(one)}</dd>
        </div>
      ))}
    </dl>
  )
}

function ReachedAt({ reached }: { reached: Reached }) {
  const { t, formats } = useLanguage()
  if ('at' in reached) return t('requests.level.at', { at: formats.moment(reached.at) })
  if ('by' in reached) return t('requests.level.by', { at: formats.day(reached.by) })
  return t('requests.level.elsewhere')
}

/** What people look after in the CRM by themselves. */
export function LeftToPeople({ title, left }: { title: string; left: ErasureView['toErase'] }) {
  const { t } = useLanguage()
  if (left.length === 0) return null
  return (
    <>
      <h4>{title}</h4>
      <ul className="left-to-people">
        {left.map(({ what, url }) => (
          <li key={url}>
            <a href={url} target="_blank" rel="noreferrer">
              {t(`requests.left.${what as 'call' | 'activity' | 'person'}`)}
            </a>
          </li>
        ))}
      </ul>
    </>
  )
}

/** Who asked for it, and when. */
export function AskedBy({ request }: { request: ErasureView | CorrectionView }) {
  const { t, formats } = useLanguage()
  const at = formats.exact(request.askedAt)
  return (
    <h3>
      {request.askedBy === undefined
        ? t(`requests.past.${request.cause}`, { at })
        : t('requests.past.by', { name: request.askedBy, at })}
    </h3>
  )
}
