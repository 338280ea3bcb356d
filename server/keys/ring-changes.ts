import type { HourClass } from './hours.ts'
import type { RingState } from './read-ring.ts'
import {
  bucketsPerMirror,
  type FreshKeys,
  type HourKeys,
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
  return { kind: 'organization', draft: { id, key: fresh.make(), nextSerial: 1, mirrors: new Map() } }
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
  const { id, key, nextSerial } = organization
  const buckets = Array.from({ length: bucketsPerMirror }, (_, bucket) => ({
    serial: nextSerial + bucket,
    key: fresh.make(),
  }))
  const mirrors = new Map([...organization.mirrors, [mirror, { hashKey: fresh.make(), buckets }]])
  return { kind: 'organization', draft: { id, key, nextSerial: nextSerial + bucketsPerMirror, mirrors } }
}

export function destroyedMirror(
  organization: OrganizationContent | undefined,
  mirror: string,
): Change | undefined {
  if (!organization?.mirrors.has(mirror)) return undefined
  const { id, key, nextSerial } = organization
  const mirrors = new Map([...organization.mirrors].filter(([name]) => name !== mirror))
  return { kind: 'organization', draft: { id, key, nextSerial, mirrors } }
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
