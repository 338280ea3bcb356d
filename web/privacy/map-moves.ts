import { type KeyboardEvent, useState } from 'react'
import type { Way } from './map-graph.ts'
import type { Box } from './map-layout.ts'

/** One stop for Tab in each column; the arrow keys move on from it. */
export function useMoves(
  order: readonly (readonly string[])[],
  { ways, boxes }: { ways: readonly Way[]; boxes: ReadonlyMap<string, Box> },
) {
  const [stops, setStops] = useState<readonly (string | undefined)[]>([])
  const stopOf = (at: number): string | undefined => {
    const stop = stops[at]
    return stop !== undefined && order[at]?.includes(stop) ? stop : order[at]?.[0]
  }
  const go = (at: number, id: string, from: HTMLElement): void => {
    setStops((before) => [0, 1, 2].map((column) => (column === at ? id : before[column])))
    const picture = from.closest('.map-picture')
    picture?.querySelector<HTMLElement>(`[data-node="${CSS.escape(id)}"]`)?.focus()
  }
  const nearest = (id: string, among: readonly string[]): string | undefined => {
    const here = boxes.get(id)?.y ?? 0
    const away = (one: string) => Math.abs((boxes.get(one)?.y ?? 0) - here)
    const linked = among.filter((one) =>
      ways.some(({ from, to }) => (from === id && to === one) || (from === one && to === id)),
    )
    return (linked.length > 0 ? linked : among).toSorted((a, b) => away(a) - away(b))[0]
  }
  const onKey = (event: KeyboardEvent): void => {
    const button = (event.target as HTMLElement).closest<HTMLElement>('[data-node]')
    const id = button?.dataset['node']
    if (button == null || id === undefined) return
    const at = order.findIndex((column) => column.includes(id))
    const column = order[at] ?? []
    const place = column.indexOf(id)
    const targets: Record<string, [number, string | undefined]> = {
      ArrowDown: [at, column[place + 1]],
      ArrowUp: [at, column[place - 1]],
      Home: [at, column[0]],
      End: [at, column.at(-1)],
      ArrowLeft: [at - 1, nearest(id, order[at - 1] ?? [])],
      ArrowRight: [at + 1, nearest(id, order[at + 1] ?? [])],
    }
    const target = targets[event.key]
    if (target === undefined) return
    event.preventDefault()
    if (target[1] !== undefined) go(target[0], target[1], button)
  }
  return { onKey, isStop: (at: number, id: string) => stopOf(at) === id }
}
