import type { RenewableKey } from './contract.ts'
import { type HourPart, mostGenerations } from './hour-parts.ts'
import { type HourClass, hourClasses } from './hours.ts'
import type { RingState } from './read-ring.ts'
import {
  bucketsPerMirror,
  type FreshKeys,
  type HourKeys,
  type MirrorKeys,
  type OrganizationContent,
  type OrganizationDraft,
  organizationFileName,
  packOrganization,
  packRing,
  type RingContent,
  type RingDraft,
  ringFileName,
} from './ring-content.ts'
import { sealFile } from './sealed-file.ts'

/** One step of the ring from one version to the next. `undefined` instead of it: there is nothing to do. */
export type Change =
  | { kind: 'organization'; draft: OrganizationDraft } // id '' is the installation
  | { kind: 'organization gone'; id: string }
  | { kind: 'hours'; hours: HourKeys }

export function madeOrganization(state: RingState, id: string, fresh: FreshKeys): Change | undefined {
  if (state.organizations.has(id)) return undefined
  return { kind: 'organization', draft: freshOrganization(id, fresh) }
}

export function freshOrganization(id: string, fresh: FreshKeys): OrganizationDraft {
  return { id, key: fresh.make(), nextSerial: 1, hourBase: fresh.make(), hourParts: [], mirrors: new Map() }
}

export function destroyedOrganization(state: RingState, id: string): Change | undefined {
  return state.organizations.has(id) ? { kind: 'organization gone', id } : undefined
}

export function madeMirror(
  organization: OrganizationContent,
  mirror: string,
  fresh: FreshKeys,
): Change | undefined {
  if (organization.mirrors.has(mirror)) return undefined
  const { nextSerial } = organization
  const buckets = Array.from({ length: bucketsPerMirror }, (_, bucket) => ({
    serial: nextSerial + bucket,
    key: fresh.make(),
  }))
  const made = { hashKey: fresh.make(), buckets, retiring: [] }
  const mirrors = new Map([...organization.mirrors, [mirror, made]])
  return changed(organization, { nextSerial: nextSerial + bucketsPerMirror, mirrors })
}

export function destroyedMirror(
  organization: OrganizationContent | undefined,
  mirror: string,
): Change | undefined {
  if (!organization?.mirrors.has(mirror)) return undefined
  const mirrors = new Map([...organization.mirrors].filter(([name]) => name !== mirror))
  return changed(organization, { mirrors })
}

/** New keys in place of these; the old ones stay as retiring ones. Keys that do not exist (any more) are passed over. */
export function renewed(
  hours: HourKeys,
  organization: OrganizationContent,
  keys: readonly RenewableKey[],
  fresh: FreshKeys,
): Change | undefined {
  const buckets = keys.flatMap((key) => (key.by === 'mirror bucket' ? [key] : []))
  const wantedHours = keys.flatMap((key) =>
    key.by !== 'mirror bucket' && hours[key.by].has(key.hour) ? [key] : [],
  )
  let { nextSerial } = organization
  const mirrors = new Map(organization.mirrors)
  for (const { mirror, bucket } of buckets) {
    const keysOf = mirrors.get(mirror)
    const old = keysOf?.buckets[bucket]
    if (!keysOf || !old) continue
    const made = { serial: nextSerial++, key: fresh.make() }
    mirrors.set(mirror, {
      ...keysOf,
      buckets: keysOf.buckets.with(bucket, made),
      retiring: [...keysOf.retiring, { ...old, bucket }],
    })
  }
  if (nextSerial === organization.nextSerial && wantedHours.length === 0) return undefined
  if (wantedHours.length === 0) return changed(organization, { nextSerial, mirrors })
  return changed(organization, {
    nextSerial,
    mirrors,
    hourBase: fresh.make(),
    hourParts: renewedParts(hours, organization, wantedHours, fresh),
  })
}

/** Every hour there is gets its line, because the base they followed from goes; hours that are past lose theirs. */
function renewedParts(
  hours: HourKeys,
  { parts, hourParts }: OrganizationContent,
  wanted: readonly { by: HourClass; hour: number }[],
  fresh: FreshKeys,
): HourPart[] {
  const listed: HourPart[] = hourParts.filter(({ of, hour, retiring }) => retiring && hours[of].has(hour))
  const renew = new Set(wanted.map(({ by, hour }) => `${by}:${hour}`))
  for (const of of hourClasses) {
    for (const hour of hours[of].keys()) {
      const generation = parts.generation(of, hour)
      const key = parts.part(of, hour, generation)
      const isRenewed = renew.has(`${of}:${hour}`)
      listed.push({ of, hour, generation, key, retiring: isRenewed })
      if (!isRenewed) continue
      if (generation + 1 >= mostGenerations) throw new RangeError('an hour has had all its generations')
      listed.push({ of, hour, generation: generation + 1, key: fresh.make(), retiring: false })
    }
  }
  return listed
}

export function destroyedRetiring(organization: OrganizationContent | undefined): Change | undefined {
  if (!organization) return undefined
  const hourParts = organization.hourParts.filter(({ retiring }) => !retiring)
  const isRetiring = [...organization.mirrors.values()].some(({ retiring }) => retiring.length > 0)
  if (!isRetiring && hourParts.length === organization.hourParts.length) return undefined
  const mirrors = new Map(
    [...organization.mirrors].map(([id, mirror]): [string, MirrorKeys] => [id, { ...mirror, retiring: [] }]),
  )
  return changed(organization, { hourParts, mirrors })
}

function changed(organization: OrganizationContent, into: Partial<OrganizationDraft>): Change {
  const { id, key, nextSerial, hourBase, hourParts, mirrors } = organization
  return { kind: 'organization', draft: { id, key, nextSerial, hourBase, hourParts, mirrors, ...into } }
}

export function tendedHours(
  state: RingState,
  plans: { of: HourClass; make: number[]; destroy: number[] }[],
  fresh: FreshKeys,
): Change {
  const hours = { ...state.content.hours }
  for (const { of, make, destroy } of plans) {
    const kept = [...hours[of]].filter(([hour]) => !destroy.includes(hour))
    const made = make.map((hour) => [hour, fresh.make()] as const)
    hours[of] = new Map([...kept, ...made])
  }
  return { kind: 'hours', hours }
}

/** The files that carry the step: an organization's new file, if it has one, is to be written before ring.json. */
export function sealChange(
  masterKey: Buffer,
  state: RingState,
  change: Change,
): { ring: Buffer; organization?: { name: string; bytes: Buffer } } {
  const next = nextRing(state.content, change)
  const ring = sealAndWipe(masterKey, next.id, { name: ringFileName, content: packRing(next) })
  if (change.kind !== 'organization' || change.draft.id === '') return { ring }
  const name = organizationFileName(change.draft.id, next.version)
  const bytes = sealAndWipe(masterKey, next.id, { name, content: packOrganization(change.draft) })
  return { ring, organization: { name, bytes } }
}

function nextRing(ring: RingContent, change: Change): RingDraft {
  const next = { ...ring, version: ring.version + 1 }
  switch (change.kind) {
    case 'hours':
      return { ...next, hours: change.hours }
    case 'organization':
      if (change.draft.id === '') return { ...next, installation: change.draft }
      return { ...next, organizations: new Map([...ring.organizations, [change.draft.id, next.version]]) }
    case 'organization gone':
      return { ...next, organizations: new Map([...ring.organizations].filter(([id]) => id !== change.id)) }
  }
}

/** Seals what a file is to hold; the keys in clear are wiped. */
export function sealAndWipe(
  masterKey: Buffer,
  ring: string,
  file: { name: string; content: Buffer },
): Buffer {
  const bytes = sealFile(masterKey, { ...file, ring })
  file.content.fill(0)
  return bytes
}
