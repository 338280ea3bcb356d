import { IconX } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import type { DataMapView } from '../../server/http/shapes.ts'
import { type MessageKey, useLanguage } from '../languages/language.tsx'
import { KindFacts, RecipientFacts, SourceFacts, systemsOf } from './map-facts.tsx'
import { groups, kindId, recipientId, sourceId, waysOfMap, withKinds } from './map-graph.ts'
import { type Drawn, MapPicture } from './map-picture.tsx'
import { placeOf, shortlyKept } from './map-words.ts'

interface Props {
  map: DataMapView
  chosen: string | undefined
  onChoose: (id: string | undefined) => void
}

/** A picture for each group of people whose data it is, and beside them what is known of what was chosen. */
export function MapView(props: Props) {
  const words = useLanguage()
  const { map, onChoose } = props
  const chosen = thingOf(map, props.chosen) ? props.chosen : undefined
  const [pointed, setPointed] = useState<string>()
  const pictures = useMemo(() => picturesOf(map, words), [map, words])
  return (
    <div className="map-view">
      <div className="map-pictures">
        {pictures.map(({ about, drawn }, at) => (
          <section key={about} aria-labelledby={`map-${about}`}>
            <h2 id={`map-${about}`}>{words.t(`map.about.${about}`)}</h2>
            <MapPicture
              {...drawn}
              {...{ chosen, onChoose, pointed }}
              onPoint={setPointed}
              titled={at === 0}
            />
          </section>
        ))}
      </div>
      <aside className="map-panel" data-empty={chosen === undefined}>
        <Chosen {...props} />
      </aside>
    </div>
  )
}

function picturesOf(map: DataMapView, words: ReturnType<typeof useLanguage>) {
  return groups.flatMap((about) => {
    const kinds = map.kinds.filter((kind) => kind.about === about)
    return kinds.length === 0 ? [] : [{ about, drawn: drawnOf(withKinds(map, kinds), words) }]
  })
}

function drawnOf(map: DataMapView, words: ReturnType<typeof useLanguage>): Drawn {
  const { t } = words
  return {
    left: map.sources.map((source) => ({
      id: sourceId(source.id),
      name: source.name,
      note: systemsOf(source, t),
      connected: source.connected,
    })),
    middle: map.kinds
      .toSorted((a, b) => placeIn(map, a) - placeIn(map, b))
      .map((kind) => ({
        id: kindId(kind.id),
        name: kind.name,
        note: shortlyKept(kind, t),
        connected: kind.connected,
      })),
    right: map.recipients.map((recipient) => ({
      id: recipientId(recipient.id),
      name: recipient.name,
      note: placeOf(recipient, words),
      connected: recipient.connected,
    })),
    ways: waysOfMap(map),
  }
}

/** What comes from one source stands together: its ways then run side by side. */
function placeIn({ sources }: DataMapView, { source }: DataMapView['kinds'][number]): number {
  return sources.findIndex(({ id }) => id === source)
}

function thingOf({ sources, kinds, recipients }: DataMapView, chosen: string | undefined) {
  const source = sources.find(({ id }) => sourceId(id) === chosen)
  const kind = kinds.find(({ id }) => kindId(id) === chosen)
  const recipient = recipients.find(({ id }) => recipientId(id) === chosen)
  const name = (source ?? kind ?? recipient)?.name
  return name === undefined ? undefined : { source, kind, recipient, name }
}

function Chosen({ map, chosen, onChoose }: Props) {
  const { t } = useLanguage()
  const thing = thingOf(map, chosen)
  if (thing === undefined) return <p className="quiet">{t('map.choose')}</p>
  const { source, kind, recipient, name } = thing
  const column: MessageKey = source ? 'map.column.source' : kind ? 'map.column.kind' : 'map.column.recipient'
  return (
    <>
      <header>
        <div>
          <p className="quiet">{t(column)}</p>
          <h2 className="map-name">{name}</h2>
        </div>
        <button
          type="button"
          className="map-close"
          aria-label={t('map.clear')}
          onClick={() => onChoose(undefined)}
        >
          <IconX size={18} stroke={1.75} aria-hidden />
        </button>
      </header>
      {source && <SourceFacts map={map} source={source} choose={onChoose} />}
      {kind && <KindFacts map={map} kind={kind} choose={onChoose} />}
      {recipient && <RecipientFacts map={map} recipient={recipient} choose={onChoose} />}
    </>
  )
}
