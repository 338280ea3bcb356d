import { inForce } from '../../policy/index.ts'

/**
 * What the rest of the house may ask of the key ring. Keys stand outside every database: a key stored in one would
 * survive in its write-ahead log and backups after it was destroyed.
 */

/** Where a sealed value stands. A value moved to another table, column or row does not open. */
export interface Place {
  table: string
  column: string
  row: string
}

/** Which key seals. Hours count from 1970 UTC. */
export type KeyChoice =
  | { by: 'organization' }
  | { by: 'mirror bucket'; mirror: string; bucket: number } // bucket 0…255
  | { by: 'arrival hour'; hour: number } // dies 48 h after the hour
  | { by: 'call hour'; hour: number } // hour of the call's end; dies 7 × 24 h after the hour

export interface OrganizationKeys {
  /** @throws RingfenceError `unreadable` when that key does not exist (any more) */
  seal(place: Place, plain: string, key: KeyChoice): Buffer
  /** The header of the sealed value says which key; @throws RingfenceError `unreadable` when gone, moved or changed */
  open(place: Place, sealed: Uint8Array): string
  /** Keyed hash (HMAC-SHA-256, 32 bytes) under a key of this organization, or of one mirror that dies with it. */
  hash(label: string, text: string, mirror?: string): Buffer
  /** A 62-character-alphabet secret derived from the organization's key, e.g. a database role's password. */
  derive(label: string): string
  /** Makes the 256 bucket keys and the hash key of a mirror; nothing happens when they exist. */
  makeMirror(mirror: string): Promise<void>
  /** Destroys them all: the mirror is unreadable from here on, write-ahead log and backups included. */
  destroyMirror(mirror: string): Promise<void>
}

export interface KeyRing {
  /** Random, made with the ring. The control database remembers it: another ring does not fit. */
  readonly id: string
  readonly version: number
  organization(id: string): OrganizationKeys
  makeOrganization(id: string): Promise<OrganizationKeys>
  destroyOrganization(id: string): Promise<void>
  /** Makes the hour keys for the coming `hoursAhead` hours (default 72) and destroys those whose time is over. */
  tendHours(now: Date, hoursAhead?: number): Promise<{ made: number; destroyed: number }>
  /** For things of the installation itself (the spool): sealed under the hour of arrival without an organization. */
  readonly installation: OrganizationKeys
  close(): Promise<void>
}

/** A key of an hour lives as long as policy/ lets that be kept which it seals. */
function livesHours(hour: 'arrival hour' | 'call hour'): number {
  const kept = inForce().kinds.flatMap(({ sealedBy, keep }) =>
    sealedBy === hour && 'hours' in keep ? [keep.hours] : [],
  )
  // Without one the key would live for ever.
  if (kept.length === 0) throw new Error(`policy: nothing says how long a key of an ${hour} lives`)
  return Math.min(...kept)
}

// Whoever imports these sees the new figure too (ECMAScript, live bindings).
export let arrivalHourLivesHours = livesHours('arrival hour')
export let callHourLivesHours = livesHours('call hour')

/** Another policy is in force. */
export function readLives(): void {
  arrivalHourLivesHours = livesHours('arrival hour')
  callHourLivesHours = livesHours('call hour')
}

export const hourOf = (at: Date | number): number => Math.floor(Number(at) / 3_600_000)
