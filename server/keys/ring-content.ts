import { createHash, randomBytes } from 'node:crypto'
import { z } from 'zod'
import { type HourPart, HourParts } from './hour-parts.ts'
import { type HourClass, hourClasses } from './hours.ts'

/*
 * What the files of the ring hold, before the master key seals them: a description in JSON, then the keys themselves,
 * 32 bytes each, in the order in which the description names them. Keys never become JavaScript strings, because a
 * string cannot be overwritten; `block` is the memory behind all keys of one file, and filling it with zeros ends them.
 */
export const keyBytes = 32
export const bucketsPerMirror = 256

export interface MirrorKeys {
  hashKey: Buffer
  /** by bucket number, 0…255 */
  buckets: { serial: number; key: Buffer }[]
  /** replaced, and kept until everything they sealed is sealed anew */
  retiring: { serial: number; key: Buffer; bucket: number }[]
}

export interface OrganizationDraft {
  /** '' is the installation itself */
  id: string
  key: Buffer
  /** Serials of bucket keys count up and are never used twice within an organization. */
  nextSerial: number
  /** What an hour's key is mixed with, so that one organization's part of an hour can die alone: see hour-parts.ts. */
  hourBase: Buffer
  hourParts: readonly HourPart[]
  mirrors: ReadonlyMap<string, MirrorKeys>
}

export interface OrganizationContent extends OrganizationDraft {
  bySerial: ReadonlyMap<number, Buffer>
  parts: HourParts
  block: Buffer
}

export type HourKeys = Record<HourClass, ReadonlyMap<number, Buffer>>

export interface RingDraft {
  id: string
  version: number
  hours: HourKeys
  installation: OrganizationDraft
  /** Organization id → the ring's version when that organization's file was written; it is part of the file's name. */
  organizations: ReadonlyMap<string, number>
}

export interface RingContent extends RingDraft {
  installation: OrganizationContent
  block: Buffer
}

export const ringFileName = 'ring.json'

/** Hashed, because ids may hold anything a file system minds. */
export function organizationFileName(id: string, version: number): string {
  const name = createHash('sha256').update(id, 'utf8').digest('hex').slice(0, 32)
  return `organization-${name}.${version}.json`
}
export const isOrganizationFile = (name: string): boolean =>
  /^organization-[0-9a-f]{32}\.\d+\.json$/.test(name)

/** Makes random keys and can end its own references to them once they are sealed in a file. */
export class FreshKeys {
  readonly #made: Buffer[] = []

  make(): Buffer {
    const key = randomBytes(keyBytes)
    this.#made.push(key)
    return key
  }

  wipe(): void {
    for (const key of this.#made) key.fill(0)
  }
}

const serial = z.int().positive()
const organizationShape = z.strictObject({
  id: z.string(),
  nextSerial: serial,
  // absent in files of the first release: there the organization's key was the base of every hour
  hourBase: z.literal(true).optional(),
  hourParts: z
    .array(z.tuple([z.enum(hourClasses), z.int().nonnegative(), z.int().nonnegative(), z.boolean()]))
    .default([]),
  mirrors: z.array(
    z.strictObject({
      id: z.string(),
      serials: z.array(serial).length(bucketsPerMirror),
      retiring: z.array(z.tuple([serial, z.int().min(0).max(255)])).default([]),
    }),
  ),
})
const hourList = z.array(z.int().nonnegative())
const ringShape = z.strictObject({
  id: z.string(),
  version: z.int().positive(),
  arrivalHours: hourList,
  callHours: hourList,
  organizations: z.array(z.tuple([z.string(), z.int().positive()])),
  installation: organizationShape,
})
type OrganizationShape = z.infer<typeof organizationShape>

function describe(draft: OrganizationDraft, keys: Buffer[]): OrganizationShape {
  keys.push(draft.key, draft.hourBase, ...draft.hourParts.map((part) => part.key))
  const mirrors = [...draft.mirrors].map(([id, mirror]) => {
    keys.push(mirror.hashKey, ...mirror.buckets.map((bucket) => bucket.key))
    keys.push(...mirror.retiring.map((bucket) => bucket.key))
    return {
      id,
      serials: mirror.buckets.map((bucket) => bucket.serial),
      retiring: mirror.retiring.map(({ serial, bucket }): [number, number] => [serial, bucket]),
    }
  })
  const hourParts = draft.hourParts.map(
    ({ of, hour, generation, retiring }): OrganizationShape['hourParts'][number] => [
      of,
      hour,
      generation,
      retiring,
    ],
  )
  return { id: draft.id, nextSerial: draft.nextSerial, hourBase: true, hourParts, mirrors }
}

function rebuild(shape: OrganizationShape, unpacked: Unpacked): OrganizationContent {
  const key = unpacked.nextKey()
  const hourBase = shape.hourBase ? unpacked.nextKey() : key
  const hourParts = shape.hourParts.map(([of, hour, generation, retiring]) => ({
    of,
    hour,
    generation,
    retiring,
    key: unpacked.nextKey(),
  }))
  const mirrors = new Map<string, MirrorKeys>()
  const bySerial = new Map<number, Buffer>()
  for (const mirror of shape.mirrors) {
    const hashKey = unpacked.nextKey()
    const buckets = mirror.serials.map((serial) => ({ serial, key: unpacked.nextKey() }))
    const retiring = mirror.retiring.map(([serial, bucket]) => ({ serial, bucket, key: unpacked.nextKey() }))
    for (const bucket of [...buckets, ...retiring]) bySerial.set(bucket.serial, bucket.key)
    mirrors.set(mirror.id, { hashKey, buckets, retiring })
  }
  const { id, nextSerial } = shape
  const parts = new HourParts(key, hourBase, hourParts)
  return { id, key, nextSerial, hourBase, hourParts, parts, mirrors, bySerial, block: unpacked.block }
}

/** Both results hold keys in clear: wipe them when they are sealed. */
export function packOrganization(draft: OrganizationDraft): Buffer {
  const keys: Buffer[] = []
  return pack(describe(draft, keys), keys)
}

export function packRing(draft: RingDraft): Buffer {
  const hours = draft.hours
  const keys = [...hours['arrival hour'].values(), ...hours['call hour'].values()]
  const description: z.infer<typeof ringShape> = {
    id: draft.id,
    version: draft.version,
    arrivalHours: [...hours['arrival hour'].keys()],
    callHours: [...hours['call hour'].keys()],
    organizations: [...draft.organizations],
    installation: describe(draft.installation, keys),
  }
  return pack(description, keys)
}

/** The result's keys are views into `packed`, which must not be changed but to end them. */
export function unpackOrganization(packed: Buffer): OrganizationContent {
  const unpacked = unpack(packed)
  return rebuild(organizationShape.parse(unpacked.description), unpacked)
}

export function unpackRing(packed: Buffer): RingContent {
  const unpacked = unpack(packed)
  const shape = ringShape.parse(unpacked.description)
  const keysOf = (hours: number[]) => new Map(hours.map((hour) => [hour, unpacked.nextKey()]))
  const hours = { 'arrival hour': keysOf(shape.arrivalHours), 'call hour': keysOf(shape.callHours) }
  const installation = rebuild(shape.installation, unpacked)
  const { id, version } = shape
  return { id, version, hours, organizations: new Map(shape.organizations), installation, block: packed }
}

interface Unpacked {
  description: unknown
  block: Buffer
  nextKey(): Buffer
}

function pack(description: unknown, keys: Buffer[]): Buffer {
  const text = Buffer.from(JSON.stringify(description), 'utf8')
  // not from the shared pool: this memory is wiped after use, and nothing else may live beside it
  const packed = Buffer.allocUnsafeSlow(4 + text.length + keys.length * keyBytes)
  packed.writeUInt32BE(text.length, 0)
  packed.set(text, 4)
  let at = 4 + text.length
  for (const key of keys) {
    packed.set(key, at)
    at += keyBytes
  }
  return packed
}

function unpack(packed: Buffer): Unpacked {
  let at = 4 + packed.readUInt32BE(0)
  const description: unknown = JSON.parse(packed.toString('utf8', 4, at))
  const nextKey = () => {
    const key = packed.subarray(at, at + keyBytes)
    if (key.length !== keyBytes) throw new RangeError('fewer keys than described')
    at += keyBytes
    return key
  }
  return { description, block: packed, nextKey }
}
