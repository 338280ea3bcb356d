import type { DataMapView, HeldView } from '../../server/http/shapes.ts'
import type { Link } from './map-layout.ts'

export type MapSource = DataMapView['sources'][number]
export type MapKind = DataMapView['kinds'][number]
export type MapRecipient = DataMapView['recipients'][number]
export type HeldKind = HeldView['kinds'][number]
export type Received = HeldView['map']['ways'][number]['received'][number]

/** A way of data; `live`: it may be gone now, because what is at its ends is connected. */
export interface Way extends Link {
  live: boolean
}

/** Ids of what is drawn: a source and a recipient may have the same name. */
export const sourceId = (id: string): string => `source:${id}`
export const kindId = (id: string): string => `kind:${id}`
export const recipientId = (id: string): string => `recipient:${id}`

export const groups = ['people', 'users', 'operator'] as const

/** Only what serves a purpose, with whom it comes from and goes to. Without one, everything. */
export function servingPurpose(map: DataMapView, purpose: string | undefined): DataMapView {
  return purpose === undefined
    ? map
    : withKinds(
        map,
        map.kinds.filter(({ purposes }) => purposes.includes(purpose)),
      )
}

/** The same with these kinds only, and whom they come from and go to. */
export function withKinds(map: DataMapView, kinds: DataMapView['kinds']): DataMapView {
  return {
    ...map,
    kinds,
    sources: map.sources.filter(({ id }) => kinds.some(({ source }) => source === id)),
    recipients: map.recipients.filter(({ id }) => kinds.some(({ recipients }) => recipients.includes(id))),
  }
}

/** Without a ground nothing is sent there, connected or not. */
export function mayReceive({ connected, ground }: MapRecipient): boolean {
  return connected && ground !== undefined
}

export function waysOfMap({ kinds, recipients }: DataMapView): Way[] {
  const open = new Set(recipients.filter(mayReceive).map(({ id }) => id))
  return kinds.flatMap((kind) => [
    { from: sourceId(kind.source), to: kindId(kind.id), live: kind.connected },
    ...kind.recipients.map((to) => ({
      from: kindId(kind.id),
      to: recipientId(to),
      live: kind.connected && open.has(to),
    })),
  ])
}

/** What of one person was sent, on record, is a live way; what may have been is not. */
export function waysOfHeld({ ways }: HeldView['map']): Way[] {
  return ways.flatMap(({ kind, source, received }) => [
    { from: sourceId(source), to: kindId(kind), live: true },
    ...received.map(({ recipient, recorded }) => ({
      from: kindId(kind),
      to: recipientId(recipient),
      live: recorded !== undefined,
    })),
  ])
}

/** Everything on the ways that lead through `id`: back to where data comes from, and on to who gets it. */
export function alongWays(ways: readonly Way[], id: string): Set<string> {
  const along = new Set([id])
  const follow = (at: string, next: (way: Way, at: string) => string | undefined): void => {
    for (const way of ways) {
      const to = next(way, at)
      if (to === undefined) continue
      along.add(to)
      follow(to, next)
    }
  }
  follow(id, (way, at) => (way.to === at ? way.from : undefined))
  follow(id, (way, at) => (way.from === at ? way.to : undefined))
  return along
}
