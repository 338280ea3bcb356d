import type { ReactNode } from 'react'
import type { DataMapView } from '../../server/http/shapes.ts'
import { useLanguage } from '../languages/language.tsx'
import {
  kindId,
  type MapKind,
  type MapRecipient,
  type MapSource,
  recipientId,
  sourceId,
} from './map-graph.ts'
import { placeOf } from './map-words.ts'

/** Leads to another thing of the picture; left out where there is no picture. */
type Choose = ((id: string) => void) | undefined

export function KindFacts({ map, kind, choose }: { map: DataMapView; kind: MapKind; choose?: Choose }) {
  const { t } = useLanguage()
  const source = map.sources.find(({ id }) => id === kind.source)
  const recipients = map.recipients.filter(({ id }) => kind.recipients.includes(id))
  return (
    <dl className="map-facts">
      {/* In the list it stands over the kind. */}
      {source && choose && (
        <Fact name={t('map.from')}>
          <Item id={sourceId(source.id)} choose={choose} name={source.name} note={systemsOf(source, t)} />
        </Fact>
      )}
      <Fact name={t('map.goes-to')}>
        {recipients.length === 0 ? t('map.nobody') : <Recipients recipients={recipients} choose={choose} />}
      </Fact>
      {kind.facts.map(({ field, name, items }) => (
        <Fact key={field} name={name}>
          <Texts items={items} />
        </Fact>
      ))}
    </dl>
  )
}

export function SourceFacts({
  map,
  source,
  choose,
}: {
  map: DataMapView
  source: MapSource
  choose?: Choose
}) {
  const { t } = useLanguage()
  return (
    <dl className="map-facts">
      {systemsOf(source, t) !== '' && <Fact name={t('map.connected')}>{systemsOf(source, t)}</Fact>}
      <Fact name={t('map.gives')}>
        <Kinds kinds={map.kinds.filter((kind) => kind.source === source.id)} choose={choose} />
      </Fact>
    </dl>
  )
}

export function RecipientFacts(props: { map: DataMapView; recipient: MapRecipient; choose?: Choose }) {
  const words = useLanguage()
  const { t } = words
  const { map, recipient, choose } = props
  const { systems, connected, ground, document, hosts } = recipient
  const kinds = map.kinds.filter(({ recipients }) => recipients.includes(recipient.id))
  const purposes = map.purposes.filter(({ id }) => kinds.some((kind) => kind.purposes.includes(id)))
  return (
    <dl className="map-facts">
      <Fact name={t('map.connected')}>
        {connected ? systems.join(', ') || t('map.legend.live') : t('map.not-connected')}
      </Fact>
      <Fact name={t('map.place')}>
        <span className={ground === undefined && connected ? 'trouble' : undefined}>
          {placeOf(recipient, words)}
          {ground === undefined && `: ${t('map.ground.none')}`}
        </span>
      </Fact>
      {document !== undefined && <Fact name={t('map.document')}>{document}</Fact>}
      {hosts.length > 0 && (
        <Fact name={t('map.hosts')}>
          <Texts items={hosts} />
        </Fact>
      )}
      <Fact name={t('map.gets')}>
        <Kinds kinds={kinds} choose={choose} />
      </Fact>
      <Fact name={t('map.purpose')}>
        <Texts items={purposes.map(({ name }) => name)} />
      </Fact>
    </dl>
  )
}

/** What is connected; empty where there is nothing to connect. */
export function systemsOf({ systems, connected }: MapSource, t: ReturnType<typeof useLanguage>['t']): string {
  return connected ? systems.join(', ') : t('map.not-connected')
}

export function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}

function Recipients({ recipients, choose }: { recipients: readonly MapRecipient[]; choose: Choose }) {
  const words = useLanguage()
  return (
    <ul>
      {recipients.map((one) => (
        <li key={one.id}>
          <Item
            id={recipientId(one.id)}
            choose={choose}
            name={one.name}
            note={one.connected ? placeOf(one, words) : words.t('map.not-connected')}
          />
        </li>
      ))}
    </ul>
  )
}

function Kinds({ kinds, choose }: { kinds: readonly MapKind[]; choose: Choose }) {
  return (
    <ul>
      {kinds.map(({ id, name }) => (
        <li key={id}>
          <Item id={kindId(id)} choose={choose} name={name} />
        </li>
      ))}
    </ul>
  )
}

function Item(props: { id: string; name: string; note?: string; choose: Choose }) {
  const { id, name, note, choose } = props
  return (
    <>
      {choose ? (
        <button type="button" className="map-link" onClick={() => choose(id)}>
          {name}
        </button>
      ) : (
        <span className="map-name">{name}</span>
      )}
      {note !== undefined && note !== '' && <span className="quiet"> · {note}</span>}
    </>
  )
}

function Texts({ items }: { items: readonly string[] }) {
  const [only] = items
  if (items.length === 1 && only !== undefined) return only
  return (
    <ul>
      {items.map((item) => (
        <li key={item}>{item}</li>
      ))}
    </ul>
  )
}
