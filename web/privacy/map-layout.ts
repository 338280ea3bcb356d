/** What stands in one column, from top to bottom. */
export interface Placing {
  id: string
  height: number
}
export interface Link {
  from: string
  to: string
}
export interface Box {
  id: string
  x: number
  y: number
  width: number
  height: number
}
export interface Curve extends Link {
  start: Point
  end: Point
  /** of an SVG path */
  path: string
}
interface Point {
  x: number
  y: number
}
interface Layout {
  boxes: ReadonlyMap<string, Box>
  curves: readonly Curve[]
  /** where each of the three columns begins and how wide it is, in pixels */
  columns: readonly [Column, Column, Column]
  height: number
}
interface Column {
  x: number
  width: number
}

/** Between two boxes of a column. */
const gap = 2
const sideGap = 12
/** The ends of ways stay so far from a box's corners. */
const margin = 10

/**
 * Places what is drawn: the middle column stands as it is given; what is at its sides stands as near as there is room to the
 * middle of what it is linked with, so that ways are short and cross little. The same in gives the same out.
 *
 * @param given.width of the whole picture, in pixels
 */
export function layOut(given: {
  width: number
  left: readonly Placing[]
  middle: readonly Placing[]
  right: readonly Placing[]
  links: readonly Link[]
}): Layout {
  const columns = columnsIn(given.width)
  const [left, middle, right] = columns
  const height = Math.max(
    stackHeight(given.middle, gap),
    stackHeight(given.left, sideGap),
    stackHeight(given.right, sideGap),
  )
  const boxes = new Map<string, Box>()
  let y = Math.floor((height - stackHeight(given.middle, gap)) / 2)
  for (const { id, height: tall } of given.middle) {
    boxes.set(id, { id, ...middle, y, height: tall })
    y += tall + gap
  }
  for (const [column, nodes] of [
    [left, given.left],
    [right, given.right],
  ] as const)
    for (const box of beside(nodes, { column, boxes, links: given.links, height })) boxes.set(box.id, box)
  return { boxes, columns, height, curves: curvesOf(given.links, boxes) }
}

/** Where the three columns are in a picture of this width, in pixels. */
export function columnsIn(width: number): [Column, Column, Column] {
  const space = Math.round(Math.min(112, Math.max(28, width * 0.09)))
  const rest = width - 2 * space
  const left = Math.round(rest * 0.23)
  const right = Math.round(rest * 0.25)
  const middle = rest - left - right
  return [
    { x: 0, width: left },
    { x: left + space, width: middle },
    { x: left + middle + 2 * space, width: right },
  ]
}

function stackHeight(nodes: readonly Placing[], between: number): number {
  return nodes.reduce((sum, { height }) => sum + height, 0) + Math.max(0, nodes.length - 1) * between
}

const middleOf = ({ y, height }: Box): number => y + height / 2

function beside(
  nodes: readonly Placing[],
  around: { column: Column; boxes: ReadonlyMap<string, Box>; links: readonly Link[]; height: number },
): Box[] {
  const wished = nodes.map((node) => ({ ...node, at: wishOf(node.id, around) }))
  // Stable: of two with the same wish, the one given first stands first.
  const sorted = wished.toSorted((a, b) => a.at - b.at)
  const placed: Box[] = []
  let free = 0
  for (const { id, height, at } of sorted) {
    const y = Math.max(free, Math.round(at - height / 2))
    placed.push({ id, ...around.column, y, height })
    free = y + height + sideGap
  }
  // What was pushed over the end goes back up, and takes along what is in its way.
  let end = around.height
  for (const box of placed.toReversed()) {
    box.y = Math.min(box.y, end - box.height)
    end = box.y - sideGap
  }
  return placed
}

/** The middle of all that it is linked with; without any, the top. */
function wishOf(
  id: string,
  { links, boxes }: { links: readonly Link[]; boxes: ReadonlyMap<string, Box> },
): number {
  const ends = links.flatMap(({ from, to }) => {
    const other = from === id ? boxes.get(to) : to === id ? boxes.get(from) : undefined
    return other ? [middleOf(other)] : []
  })
  return ends.length === 0 ? 0 : ends.reduce((sum, one) => sum + one, 0) / ends.length
}

function curvesOf(links: readonly Link[], boxes: ReadonlyMap<string, Box>): Curve[] {
  const known = links.flatMap(({ from, to }) => {
    const [a, b] = [boxes.get(from), boxes.get(to)]
    return a && b ? [{ from, to, a, b }] : []
  })
  const starts = portsOf(known.map(({ from, a, b }) => ({ of: from, box: a, other: b })))
  const ends = portsOf(known.map(({ to, a, b }) => ({ of: to, box: b, other: a })))
  return known.map(({ from, to, a, b }, at) => {
    const start = { x: a.x + a.width, y: starts[at] ?? middleOf(a) }
    const end = { x: b.x, y: ends[at] ?? middleOf(b) }
    const bend = (end.x - start.x) / 2
    const path = `M${start.x} ${start.y}C${start.x + bend} ${start.y} ${end.x - bend} ${end.y} ${end.x} ${end.y}`
    return { from, to, start, end, path }
  })
}

/** Where each way meets its box: side by side in the order in which they come, so that none crosses another there. */
function portsOf(meetings: readonly { of: string; box: Box; other: Box }[]): number[] {
  const ports = meetings.map(({ box }) => middleOf(box))
  const byBox = Map.groupBy(
    meetings.map((meeting, at) => ({ ...meeting, at })),
    ({ of }) => of,
  )
  for (const group of byBox.values()) {
    const sorted = group.toSorted((a, b) => middleOf(a.other) - middleOf(b.other))
    for (const [place, { at, box }] of sorted.entries()) {
      const room = Math.max(0, Math.min(box.height - 2 * margin, (sorted.length - 1) * 6))
      const share = sorted.length > 1 ? place / (sorted.length - 1) - 0.5 : 0
      ports[at] = Math.round((middleOf(box) + share * room) * 10) / 10
    }
  }
  return ports
}
