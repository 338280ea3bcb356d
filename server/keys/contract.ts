import { inForce, type Personal } from '../../policy/index.ts'
import type { BackupKey } from './backup-keys.ts'
import type { EndEntry } from './ends-ledger.ts'
import type { ErasureEntry } from './erasure-ledger.ts'

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

export type RenewableKey = Exclude<KeyChoice, { by: 'organization' }>

export interface OrganizationKeys {
  /**
   * @throws RingfenceError `unreadable` when that key does not exist (any more), `undeclared` where `policy/sealed.ts` does
   *   not name a value inside of it
   * @param content a text, or what is sealed as JSON; JSON that is a text already is read once more
   */
  seal(place: Place, content: string | object, key: KeyChoice): Buffer
  /** The header of the sealed value says which key; @throws RingfenceError `unreadable` when gone, moved or changed */
  open(place: Place, sealed: Uint8Array): Personal<string>
  /** Keyed hash (HMAC-SHA-256, 32 bytes) under a key of this organization, or of one mirror that dies with it. */
  hash(label: string, text: string, mirror?: string): Buffer
  /**
   * Makes new keys in place of these, where they exist: from here on everything is sealed by the new ones, and the old
   * ones still open what they sealed. `resealed` carries values over; `destroyRetiring` then ends the old keys.
   */
  renew(keys: readonly RenewableKey[]): Promise<void>
  /** The names (`keyNameBytes` long) of keys that were replaced and are not destroyed yet. */
  retiring(): Buffer[]
  /** The key that a sealed value, or the name of its key, belongs to, as it is asked for today; undefined: gone. */
  keyOf(sealed: Uint8Array): KeyChoice | undefined
  /** Is there still the key that this value, or the name of its key, needs? */
  has(sealed: Uint8Array): boolean
  /** The same text for the same place under the present key of its hour or bucket. @throws `unreadable` */
  resealed(place: Place, sealed: Uint8Array): Buffer
  /** What they sealed is unreadable from here on, write-ahead log and backups included; nobody else's is. */
  destroyRetiring(): Promise<void>
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
  /** Are there keys of it? Without them nothing of it can be read, wherever it lies. */
  hasOrganization(id: string): boolean
  makeOrganization(id: string): Promise<OrganizationKeys>
  destroyOrganization(id: string): Promise<void>
  /**
   * Makes the hour keys for the coming `hoursAhead` hours (default 72) and destroys those whose time is over.
   * @param options.everyLiving also of past hours: for what was sealed in them elsewhere, and comes here
   */
  tendHours(
    now: Date,
    hoursAhead?: number,
    options?: { everyLiving?: boolean },
  ): Promise<{ made: number; destroyed: number }>
  /** Everybody who was erased, oldest first: keyed hashes only. @throws RingfenceError `setting` */
  erasures(): ErasureEntry[]
  /** Beside the ring and in its second copy when it returns; to be called before anything is deleted. */
  recordErasure(entry: ErasureEntry): Promise<void>
  /** What has ended early, oldest first, for as long as a backup may be from before it. @throws RingfenceError `setting` */
  ends(): EndEntry[]
  /** As for erasures; entries of before `forgetBefore` are dropped. */
  recordEnd(entry: EndEntry, options: { forgetBefore: Date }): Promise<void>
  /** What opens the backups, oldest first. @throws RingfenceError `setting` */
  backupKeys(): BackupKey[]
  addBackupKey(key: BackupKey): Promise<void>
  /** What they opened is unreadable from here on, wherever a copy lies. @returns how many */
  destroyBackupKeys(options: { madeBefore: Date }): Promise<number>
  /** Looks whether another process has changed the ring. */
  refresh(): boolean
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
