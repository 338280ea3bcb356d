import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { failureOf } from '../failure.ts'
import { hourOf, type KeyChoice, type OrganizationKeys, type Place } from './contract.ts'
import { keyFolders, noon } from './folders.fixture.ts'
import { openKeyRing } from './open-key-ring.ts'

const text = fc.string({ unit: 'binary' })
const place: fc.Arbitrary<Place> = fc.record({ table: fc.string(), column: fc.string(), row: fc.string() })
const choice: fc.Arbitrary<KeyChoice> = fc.oneof(
  fc.constant<KeyChoice>({ by: 'organization' }),
  fc.nat(255).map((bucket): KeyChoice => ({ by: 'mirror bucket', mirror: 'pipedrive-1', bucket })),
  fc.nat(72).map((ahead): KeyChoice => ({ by: 'arrival hour', hour: hourOf(noon) + ahead })),
  fc
    .integer({ min: -25, max: 72 })
    .map((ahead): KeyChoice => ({ by: 'call hour', hour: hourOf(noon) + ahead })),
)

function refusal(work: () => unknown): string | undefined {
  try {
    work()
    return undefined
  } catch (error) {
    return failureOf(error)?.code
  }
}

describe('sealing', () => {
  let ours: OrganizationKeys
  let theirs: OrganizationKeys
  let installation: OrganizationKeys

  beforeAll(async () => {
    const folder = await mkdtemp(join(tmpdir(), 'ringfence-sealing-'))
    const ring = await openKeyRing({ folder, create: 'only when empty', now: noon })
    ours = await ring.makeOrganization('organization-1')
    theirs = await ring.makeOrganization('organization-2')
    installation = ring.installation
    for (const keys of [ours, theirs]) await keys.makeMirror('pipedrive-1')
    return async () => {
      await ring.close()
      await rm(folder, { recursive: true })
    }
  })

  it('opens what it sealed, whatever the text, the place and the key', () => {
    fc.assert(
      fc.property(text, place, choice, (plain, at, by) => {
        expect(ours.open(at, ours.seal(at, plain, by))).toBe(plain)
      }),
      { numRuns: 500 },
    )
  })

  it('never seals the same text into the same bytes', () => {
    const at = { table: 't', column: 'c', row: 'r' }
    const sealed = Array.from({ length: 5_000 }, () =>
      ours.seal(at, 'x', { by: 'organization' }).toString('hex'),
    )
    expect(new Set(sealed).size).toBe(sealed.length)
  })

  it('does not open a value in any other place', () => {
    fc.assert(
      fc.property(text, place, place, choice, (plain, from, to, by) => {
        const sealed = ours.seal(from, plain, by)
        fc.pre(JSON.stringify(from) !== JSON.stringify(to))
        expect(refusal(() => ours.open(to, sealed))).toBe('unreadable')
      }),
    )
  })

  it.each(['table', 'column', 'row'] as const)('does not open a value moved to another %s', (part) => {
    const at = { table: 'calls', column: 'remote_sealed', row: '1' }
    const sealed = ours.seal(at, '+442079460123', { by: 'organization' })
    expect(refusal(() => ours.open({ ...at, [part]: `${at[part]}2` }, sealed))).toBe('unreadable')
    expect(ours.open(at, sealed)).toBe('+442079460123')
  })

  it('does not take the end of one name for the beginning of the next', () => {
    const sealed = ours.seal({ table: 'ab', column: 'c', row: '1' }, 'x', { by: 'organization' })
    expect(refusal(() => ours.open({ table: 'a', column: 'bc', row: '1' }, sealed))).toBe('unreadable')
  })

  it('does not open a value of another organization', () => {
    fc.assert(
      fc.property(text, place, choice, (plain, at, by) => {
        const sealed = ours.seal(at, plain, by)
        expect(refusal(() => theirs.open(at, sealed))).toBe('unreadable')
        expect(refusal(() => installation.open(at, sealed))).toBe('unreadable')
      }),
    )
  })

  it('does not open a value with one bit changed, wherever it is', () => {
    fc.assert(
      fc.property(text, place, choice, fc.nat(), (plain, at, by, where) => {
        const sealed = ours.seal(at, plain, by)
        const bit = where % (sealed.length * 8)
        sealed.writeUInt8((sealed[bit >> 3] ?? 0) ^ (1 << (bit & 7)), bit >> 3)
        expect(refusal(() => ours.open(at, sealed))).toBe('unreadable')
      }),
      { numRuns: 1_000 },
    )
  })

  it('refuses anything that is no sealed value, and one cut off', () => {
    const at = { table: 't', column: 'c', row: 'r' }
    const sealed = ours.seal(at, 'text', { by: 'organization' })
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect(refusal(() => ours.open(at, bytes))).toBe('unreadable')
      }),
    )
    for (let length = 0; length < sealed.length; length++) {
      expect(refusal(() => ours.open(at, sealed.subarray(0, length)))).toBe('unreadable')
    }
  })

  it('refuses keys that do not exist', () => {
    const at = { table: 't', column: 'c', row: 'r' }
    const missing: KeyChoice[] = [
      { by: 'mirror bucket', mirror: 'never-made', bucket: 0 },
      { by: 'mirror bucket', mirror: 'pipedrive-1', bucket: 256 },
      { by: 'mirror bucket', mirror: 'pipedrive-1', bucket: -1 },
      { by: 'arrival hour', hour: hourOf(noon) - 2 },
      { by: 'arrival hour', hour: hourOf(noon) + 73 },
      { by: 'call hour', hour: hourOf(noon) - 26 },
    ]
    for (const by of missing) expect(refusal(() => ours.seal(at, 'x', by))).toBe('unreadable')
    expect(refusal(() => ours.hash('number', '+442079460123', 'never-made'))).toBe('unreadable')
  })

  it('hashes alike only within label, mirror and organization', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string(), (label, other, what) => {
        fc.pre(label !== other)
        const hash = ours.hash(label, what)
        expect(hash).toHaveLength(32)
        expect(ours.hash(label, what)).toEqual(hash)
        expect(ours.hash(other, what)).not.toEqual(hash)
        expect(ours.hash(label, what, 'pipedrive-1')).not.toEqual(hash)
        expect(theirs.hash(label, what)).not.toEqual(hash)
        expect(theirs.hash(label, what, 'pipedrive-1')).not.toEqual(ours.hash(label, what, 'pipedrive-1'))
      }),
    )
    expect(ours.hash('a', 'bc')).not.toEqual(ours.hash('ab', 'c'))
  })

  it('derives secrets of letters and digits, another for every label and organization', () => {
    const secrets = ['role app', 'role officer', ''].flatMap((label) => [
      ours.derive(label),
      theirs.derive(label),
    ])
    for (const secret of secrets) expect(secret).toMatch(/^[A-Za-z0-9]{43}$/)
    expect(new Set(secrets).size).toBe(6)
    expect(ours.derive('role app')).toBe(secrets[0])
  })
})

it('keeps one key away from another by more than its number: keys of two rings never fit', async () => {
  const at = { table: 't', column: 'c', row: 'r' }
  const [one, two] = [await keyFolders(), await keyFolders()]
  const sealed = (await (await one.open()).makeOrganization('same')).seal(at, 'x', { by: 'organization' })
  const stranger = await (await two.open()).makeOrganization('same')
  expect(refusal(() => stranger.open(at, sealed))).toBe('unreadable')
})
