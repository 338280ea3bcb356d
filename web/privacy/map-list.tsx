import type { DataMapView } from '../../server/http/shapes.ts'
import { useLanguage } from '../languages/language.tsx'
import { KindFacts, RecipientFacts, systemsOf } from './map-facts.tsx'
import { type MapKind, type MapSource, mayReceive } from './map-graph.ts'
import { placeOf, shortlyKept } from './map-words.ts'

/** The same as the picture, to be read: source by source what is kept, to whom it goes; then who that is. */
export function MapList({ map }: { map: DataMapView }) {
  const words = useLanguage()
  const { t } = words
  return (
    <div className="map-list">
      {map.sources.map((source) => (
        <Source key={source.id} map={map} source={source} />
      ))}
      <section aria-labelledby="map-recipients">
        <h2 id="map-recipients">{t('map.column.recipient')}</h2>
        <ul className="map-rows">
          {map.recipients.map((recipient) => (
            <li key={recipient.id}>
              <details>
                <summary>
                  <span className="map-name">{recipient.name}</span>
                  <span className="quiet">
                    {recipient.connected ? placeOf(recipient, words) : t('map.not-connected')}
                  </span>
                </summary>
                <RecipientFacts map={map} recipient={recipient} />
              </details>
            </li>
          ))}
        </ul>
      </section>
    </div>
  )
}

function Source({ map, source }: { map: DataMapView; source: MapSource }) {
  const { t } = useLanguage()
  const heading = `map-source-${source.id.replaceAll(' ', '-')}`
  const systems = systemsOf(source, t)
  return (
    <section aria-labelledby={heading}>
      <h2 id={heading}>
        <span className="map-name">{source.name}</span>
        {systems !== '' && <span className="quiet">{systems}</span>}
      </h2>
      <ul className="map-rows">
        {map.kinds
          .filter((kind) => kind.source === source.id)
          .map((kind) => (
            <li key={kind.id}>
              <Kind map={map} kind={kind} />
            </li>
          ))}
      </ul>
    </section>
  )
}

function Kind({ map, kind }: { map: DataMapView; kind: MapKind }) {
  const { t, formats } = useLanguage()
  const connected = map.recipients.filter((one) => mayReceive(one) && kind.recipients.includes(one.id))
  return (
    <details>
      <summary>
        <span className="map-name">{kind.name}</span>
        <span className="quiet">{shortlyKept(kind, t)}</span>
        <span className="map-row-to quiet">
          {connected.length === 0
            ? `${t('map.goes-to')}: ${t('map.nobody')}`
            : `${t('map.goes-to')}: ${formats.list(connected.map(({ name }) => name))}`}
        </span>
      </summary>
      <KindFacts map={map} kind={kind} />
    </details>
  )
}
