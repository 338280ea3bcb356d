import type { HeldView } from '../../server/http/shapes.ts'
import { useLanguage } from '../languages/language.tsx'
import type { HeldKind, Received } from './map-graph.ts'
import { placeOf } from './map-words.ts'

/** What of one kind is held about a person: why, from where, who received it, until when. */
export function HeldFacts({ held, kind }: { held: HeldView; kind: HeldKind }) {
  const { t, formats } = useLanguage()
  const facts = [
    [t('requests.kind.why'), formats.list(kind.purposes)],
    [t('requests.kind.ground'), kind.ground],
    [t('requests.kind.source'), kind.source],
  ] as const
  const received = held.map.ways.find((way) => way.kind === kind.kind)?.received ?? []
  return (
    <dl className="privacy-facts">
      {facts.map(([name, text]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{text}</dd>
        </div>
      ))}
      <div>
        <dt>{t('requests.kind.recipients')}</dt>
        <dd>
          {received.length === 0 ? (
            t('requests.kind.nobody')
          ) : (
            <ul>
              {received.map((one) => (
                <li key={one.recipient}>
                  <Recipient held={held} received={one} />
                </li>
              ))}
            </ul>
          )}
        </dd>
      </div>
      <div>
        <dt>{t('requests.kind.kept')}</dt>
        <dd>
          {kind.kept}
          {kind.until !== undefined && <>; {t('requests.kind.until', { at: formats.day(kind.until) })}</>}
        </dd>
      </div>
    </dl>
  )
}

function Recipient({ held, received }: { held: HeldView; received: Received }) {
  const words = useLanguage()
  const recipient = held.map.recipients.find(({ id }) => id === received.recipient)
  if (recipient === undefined) return null
  return (
    <>
      <span className="map-name">{recipient.name}</span>
      <span className="quiet"> · {placeOf(recipient, words)}</span>
      <br />
      <HowReceived received={received} />
    </>
  )
}

/** From what is on record; or that it may have been, told as such. */
export function HowReceived({ received: { recorded } }: { received: Received }) {
  const { t, formats } = useLanguage()
  if (recorded === undefined) return <span className="quiet">{t('map.possible')}</span>
  const { entries: count, last } = recorded
  return last === undefined ? (
    t('map.recorded', { count })
  ) : (
    <time dateTime={last} title={formats.exact(last)}>
      {t('map.recorded.last', { count, at: formats.day(last) })}
    </time>
  )
}
