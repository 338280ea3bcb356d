import { useElementSize } from '@mantine/hooks'
import { useMemo } from 'react'
import { useLanguage } from '../languages/language.tsx'
import { alongWays, type Way } from './map-graph.ts'
import { type Box, type Curve, columnsIn, layOut } from './map-layout.ts'
import { useMoves } from './map-moves.ts'
import './map.css'

/** One thing in the picture. */
export interface MapNode {
  id: string
  name: string
  /** one line below the name, or at its right */
  note: string
  /** not by colour alone: where it is not, the border is dashed */
  connected: boolean
}
/** What comes from the left through the middle to the right. */
export interface Drawn {
  left: readonly MapNode[]
  middle: readonly MapNode[]
  right: readonly MapNode[]
  ways: readonly Way[]
}
interface Props extends Drawn {
  chosen: string | undefined
  onChoose: (id: string | undefined) => void
  /** what the mouse is on, here or in a picture beside */
  pointed: string | undefined
  onPoint: (id: string | undefined) => void
  /** the words over the columns are to be seen, not only to be heard */
  titled: boolean
}

const titleHeight = 28
const rowHeight = 30
const lineHeight = 20
const noteHeight = 16
/** Before the browser has told how wide it is. */
const usualWidth = 880

/**
 * Three columns and the ways between them. Each thing is a button; the ways are drawn behind them. The arrow keys go up and
 * down a column and along the ways, Tab from column to column.
 */
export function MapPicture(props: Props) {
  const { t } = useLanguage()
  const { ref, width } = useElementSize<HTMLDivElement>()
  const { left, middle, right, ways, chosen, titled } = props
  const shown = props.pointed ?? chosen
  const { boxes, columns, curves, height } = useMemo(
    () => placed({ left, middle, right, ways }, Math.floor(width) || usualWidth),
    [left, middle, right, ways, width],
  )
  const along = useMemo(() => (shown === undefined ? undefined : alongWays(ways, shown)), [ways, shown])
  const inOrder = (nodes: readonly MapNode[]) =>
    nodes.toSorted((a, b) => (boxes.get(a.id)?.y ?? 0) - (boxes.get(b.id)?.y ?? 0))
  const sides = [
    { title: t('map.column.source'), nodes: inOrder(left) },
    { title: t('map.column.kind'), nodes: middle },
    { title: t('map.column.recipient'), nodes: inOrder(right) },
  ]
  const moves = useMoves(
    sides.map(({ nodes }) => nodes.map(({ id }) => id)),
    { ways, boxes },
  )
  const top = titled ? titleHeight : 0
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys belong to the buttons in it
    <div
      ref={ref}
      className="map-picture"
      style={{ height: height + top }}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && chosen !== undefined) props.onChoose(undefined)
        else moves.onKey(event)
      }}
    >
      <Curves curves={curves} ways={ways} along={along} box={{ top, height }} />
      {sides.map(({ title, nodes }, at) => (
        <div key={title} className="map-column" style={{ left: columns[at]?.x, width: columns[at]?.width }}>
          {titled && (
            <p className="quiet" aria-hidden="true">
              {title}
            </p>
          )}
          <ul aria-label={title}>
            {nodes.map((node) => (
              <Node
                key={node.id}
                node={node}
                row={at === 1}
                box={boxes.get(node.id)}
                top={top}
                state={along === undefined ? 'idle' : along.has(node.id) ? 'lit' : 'dim'}
                chosen={chosen === node.id}
                stop={moves.isStop(at, node.id)}
                onChoose={() => props.onChoose(chosen === node.id ? undefined : node.id)}
                onPoint={props.onPoint}
              />
            ))}
          </ul>
        </div>
      ))}
    </div>
  )
}

function Node(props: {
  node: MapNode
  row: boolean
  box: Box | undefined
  top: number
  state: 'idle' | 'lit' | 'dim'
  chosen: boolean
  stop: boolean
  onChoose: () => void
  onPoint: (id: string | undefined) => void
}) {
  const { t } = useLanguage()
  const { node, box } = props
  if (box === undefined) return null
  return (
    <li style={{ top: props.top + box.y, height: box.height }}>
      <button
        type="button"
        className="map-node"
        data-node={node.id}
        data-row={props.row}
        data-state={props.state}
        data-connected={node.connected}
        aria-pressed={props.chosen}
        tabIndex={props.stop ? 0 : -1}
        title={node.name}
        onClick={props.onChoose}
        onPointerEnter={({ pointerType }) => {
          if (pointerType === 'mouse') props.onPoint(node.id)
        }}
        onPointerLeave={() => props.onPoint(undefined)}
      >
        <span className="map-node-name">{node.name}</span>{' '}
        {node.note !== '' && <span className="map-node-note">{node.note}</span>}
        {!node.connected && <span className="visually-hidden">({t('map.not-connected')})</span>}
      </button>
    </li>
  )
}

/** What is marked is drawn last, above the others. */
function Curves(props: {
  curves: readonly Curve[]
  ways: readonly Way[]
  along: ReadonlySet<string> | undefined
  box: { top: number; height: number }
}) {
  const { along } = props
  const stateOf = ({ from, to }: Curve) =>
    along === undefined ? 'idle' : along.has(from) && along.has(to) ? 'lit' : 'dim'
  const drawn = props.curves
    .map((curve, at) => ({ ...curve, live: props.ways[at]?.live === true, state: stateOf(curve) }))
    .toSorted(
      (a, b) => Number(a.state === 'lit') - Number(b.state === 'lit') || Number(a.live) - Number(b.live),
    )
  return (
    <svg
      className="map-ways"
      width="100%"
      height={props.box.height}
      aria-hidden="true"
      style={{ top: props.box.top }}
    >
      {drawn.map(({ from, to, path, live, state }) => (
        <path key={`${from} ${to}`} d={path} data-live={live} data-state={state} />
      ))}
    </svg>
  )
}

function placed({ left, middle, right, ways }: Drawn, width: number) {
  const [first, , last] = columnsIn(width)
  return layOut({
    width,
    left: left.map((node) => ({ id: node.id, height: tallness(node, first.width) })),
    middle: middle.map(({ id }) => ({ id, height: rowHeight })),
    right: right.map((node) => ({ id: node.id, height: tallness(node, last.width) })),
    links: ways,
  })
}

/** As tall as a name needs, in lines of as many letters as fit; what is longer yet ends in dots. */
function tallness({ name, note }: MapNode, width: number): number {
  const linesOf = (text: string, letter: number) => Math.ceil((text.length * letter) / (width - 22))
  return Math.min(3, linesOf(name, 7.4)) * lineHeight + Math.min(2, linesOf(note, 6.2)) * noteHeight + 12
}
