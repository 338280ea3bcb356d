import { useMemo, useState } from 'react'
import type { HeldView } from '../../server/http/shapes.ts'
import { useLanguage } from '../languages/language.tsx'
import { HeldFacts, HowReceived } from './held-facts.tsx'
import { kindId, recipientId, sourceId, waysOfHeld } from './map-graph.ts'
import { MapLegend } from './map-legend.tsx'
import { type Drawn, MapPicture } from './map-picture.tsx'
import { placeOf } from './map-words.ts'
import './map.css'

/** Of one person: from where what is held came, and who received it. What was chosen is told below. */
export function HeldMap({ held }: { held: HeldView }) {
  const words = useLanguage()
  const { t } = words
  const [chosen, choose] = useState<string>()
  const [pointed, point] = useState<string>()
  const drawn = useMemo(() => drawnOf(held, words), [held, words])
  return (
    <div className="held-map">
      <MapPicture {...drawn} {...{ chosen, pointed }} onChoose={choose} onPoint={point} titled />
      <MapLegend live={t('map.legend.recorded')} pale={t('map.legend.possible')} />
      <Chosen held={held} chosen={chosen} />
    </div>
  )
}

function drawnOf({ kinds, map }: HeldView, words: ReturnType<typeof useLanguage>): Drawn {
  const { t, formats } = words
  return {
    left: map.sources.map(({ id, name, systems, connected }) => ({
      id: sourceId(id),
      name,
      note: systems.join(', '),
      connected,
    })),
    middle: kinds.map(({ kind, name, total, until }) => ({
      id: kindId(kind),
      name,
      note: [
        t('requests.kind.rows', { count: total }),
        ...(until === undefined ? [] : [t('map.until', { day: formats.shortDay(until) })]),
      ].join(', '),
      connected: true,
    })),
    right: map.recipients.map((recipient) => ({
      id: recipientId(recipient.id),
      name: recipient.name,
      note: placeOf(recipient, words),
      connected: true,
    })),
    ways: waysOfHeld(map),
  }
}

function Chosen({ held, chosen }: { held: HeldView; chosen: string | undefined }) {
  const { t } = useLanguage()
  const kind = held.kinds.find((one) => kindId(one.kind) === chosen)
  const source = held.map.sources.find(({ id }) => sourceId(id) === chosen)
  const recipient = held.map.recipients.find(({ id }) => recipientId(id) === chosen)
  const title = (kind ?? source ?? recipient)?.name
  if (title === undefined) return <p className="quiet">{t('map.choose')}</p>
  return (
    <section className="held-chosen" aria-labelledby="held-chosen">
      <h3 id="held-chosen" className="map-name">
        {title}
      </h3>
      {kind && <HeldFacts held={held} kind={kind} />}
      {source && (
        <ul>
          {held.map.ways
            .filter((way) => way.source === source.id)
            .map((way) => (
              <li key={way.kind}>{nameOf(held, way.kind)}</li>
            ))}
        </ul>
      )}
      {recipient && (
        <dl className="privacy-facts">
          {held.map.ways.flatMap((way) =>
            way.received
              .filter((one) => one.recipient === recipient.id)
              .map((received) => (
                <div key={way.kind}>
                  <dt>{nameOf(held, way.kind)}</dt>
                  <dd>
                    <HowReceived received={received} />
                  </dd>
                </div>
              )),
          )}
        </dl>
      )}
    </section>
  )
}

const nameOf = ({ kinds }: HeldView, id: string): string => kinds.find(({ kind }) => kind === id)?.name ?? id
