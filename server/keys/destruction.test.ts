import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { failureOf } from '../failure.ts'
import { hourOf, type KeyChoice, type KeyRing } from './contract.ts'
import { DerivedKeys } from './derived-keys.ts'
import { filesIn, type KeyFoldersOfTest, keyFolders, noon, openedFiles } from './folders.fixture.ts'
import { hourClasses, hourKeyDiesAt, planHours } from './hours.ts'
import { readRing } from './read-ring.ts'

const hourMs = 3_600_000
const at = { table: 'calls', column: 'remote_sealed', row: '7' }
const hoursAfter = (hours: number, from = noon) => new Date(Number(from) + hours * hourMs)

function opens(ring: KeyRing, sealed: Buffer): boolean {
  try {
    ring.organization('organization-1').open(at, sealed)
    return true
  } catch (error) {
    if (failureOf(error)?.code === 'unreadable') return false
    throw error
  }
}

/** In this process, from the folder, from the copy. */
async function opensAnywhere(folders: KeyFoldersOfTest, ring: KeyRing, sealed: Buffer): Promise<boolean[]> {
  const main = await folders.open({ create: 'never', copyFolder: undefined })
  const copy = await folders.open({ create: 'never', folder: folders.copyFolder, copyFolder: undefined })
  return [ring, main, copy].map((one) => opens(one, sealed))
}

/** The bytes of keys as they are on disk now, to look for later. */
function keysOnDisk(folders: KeyFoldersOfTest) {
  return readRing({ folder: folders.folder, masterKey: Buffer.from(folders.masterKey, 'hex') })
}

async function isInAnyFile(folders: KeyFoldersOfTest, key: Buffer | undefined): Promise<boolean> {
  expect(key).toHaveLength(32)
  const files = [folders.folder, folders.copyFolder].map((folder) => openedFiles(folder, folders.masterKey))
  return (await Promise.all(files)).flat().some((file) => key && file.content.includes(key))
}

async function ringWithMirror(folders: KeyFoldersOfTest) {
  const ring = await folders.open()
  const keys = await ring.makeOrganization('organization-1')
  await keys.makeMirror('mirror-1')
  const sealed = (by: KeyChoice) => keys.seal(at, 'secret', by)
  return { ring, keys, sealed }
}

describe('a destroyed key', () => {
  it('PD-8 of a mirror: nothing of it opens any more, anywhere, and its hashes cannot be made again', async () => {
    const folders = await keyFolders()
    const { ring, keys, sealed } = await ringWithMirror(folders)
    await keys.makeMirror('mirror-2')
    const gone = [0, 128, 255].map((bucket) => sealed({ by: 'mirror bucket', mirror: 'mirror-1', bucket }))
    const kept = sealed({ by: 'mirror bucket', mirror: 'mirror-2', bucket: 0 })
    const hash = keys.hash('number', '+442079460123', 'mirror-1')
    const mirror = keysOnDisk(folders).organizations.get('organization-1')?.mirrors.get('mirror-1')
    const lost = [mirror?.hashKey, mirror?.buckets[0]?.key, mirror?.buckets[255]?.key]
    for (const key of lost) expect(await isInAnyFile(folders, key)).toBe(true)

    await keys.destroyMirror('mirror-1')
    for (const key of lost) expect(await isInAnyFile(folders, key)).toBe(false)
    for (const value of gone) expect(await opensAnywhere(folders, ring, value)).toEqual([false, false, false])
    expect(await opensAnywhere(folders, ring, kept)).toEqual([true, true, true])
    expect(() => keys.hash('number', '+442079460123', 'mirror-1')).toThrow('unreadable')

    await keys.makeMirror('mirror-1')
    for (const value of gone) expect(await opensAnywhere(folders, ring, value)).toEqual([false, false, false])
    expect(keys.hash('number', '+442079460123', 'mirror-1')).not.toEqual(hash)
  })

  it('of an organization: nothing of it opens any more, its hours and mirrors included', async () => {
    const folders = await keyFolders()
    const { ring, keys, sealed } = await ringWithMirror(folders)
    const other = await ring.makeOrganization('organization-2')
    const gone = [
      sealed({ by: 'organization' }),
      sealed({ by: 'mirror bucket', mirror: 'mirror-1', bucket: 3 }),
      sealed({ by: 'arrival hour', hour: hourOf(noon) }),
      sealed({ by: 'call hour', hour: hourOf(noon) }),
    ]
    const kept = other.seal(at, 'other', { by: 'arrival hour', hour: hourOf(noon) })
    const lost = keysOnDisk(folders).organizations.get('organization-1')?.key
    await ring.destroyOrganization('organization-1')
    expect(await isInAnyFile(folders, lost)).toBe(false) // first: opening the copy would tidy it up
    for (const value of gone) expect(await opensAnywhere(folders, ring, value)).toEqual([false, false, false])
    expect(other.open(at, kept)).toBe('other')
    expect(() => keys.derive('role app')).toThrow('unreadable')
    await expect(keys.makeMirror('mirror-1')).rejects.toThrow('unreadable')
    await ring.destroyOrganization('organization-1')

    const again = await ring.makeOrganization('organization-1')
    for (const value of gone) expect(await opensAnywhere(folders, ring, value)).toEqual([false, false, false])
    expect(again.open(at, again.seal(at, 'new', { by: 'organization' }))).toBe('new')
  })

  it('of an hour: nothing of any organization opens any more, its neighbours do', async () => {
    const folders = await keyFolders()
    const { ring, sealed } = await ringWithMirror(folders)
    const hour = hourOf(noon)
    const values = {
      arrival: sealed({ by: 'arrival hour', hour }),
      nextArrival: sealed({ by: 'arrival hour', hour: hour + 1 }),
      call: sealed({ by: 'call hour', hour }),
      nextCall: sealed({ by: 'call hour', hour: hour + 1 }),
    }
    const spooled = ring.installation.seal(at, 'spool', { by: 'arrival hour', hour })
    const before = keysOnDisk(folders).content.hours
    const [arrivalKey, callKey] = [before['arrival hour'].get(hour), before['call hour'].get(hour)]

    await ring.tendHours(new Date((hour + 49) * hourMs))
    expect(await opensAnywhere(folders, ring, values.arrival)).toEqual([false, false, false])
    expect(await opensAnywhere(folders, ring, values.nextArrival)).toEqual([true, true, true])
    expect(await opensAnywhere(folders, ring, values.call)).toEqual([true, true, true])
    expect(() => ring.installation.open(at, spooled)).toThrow('unreadable')
    expect(await isInAnyFile(folders, arrivalKey)).toBe(false)

    await ring.tendHours(new Date((hour + 169) * hourMs))
    expect(await opensAnywhere(folders, ring, values.call)).toEqual([false, false, false])
    expect(await opensAnywhere(folders, ring, values.nextCall)).toEqual([true, true, true])
    expect(await isInAnyFile(folders, callKey)).toBe(false)
  })

  it('leaves no file behind that holds it', async () => {
    const folders = await keyFolders()
    const { ring, keys } = await ringWithMirror(folders)
    await keys.destroyMirror('mirror-1')
    await ring.tendHours(hoursAfter(400))
    expect(Object.keys(await filesIn(folders.folder))).toHaveLength(2)
    await ring.destroyOrganization('organization-1')
    expect(Object.keys(await filesIn(folders.folder))).toEqual(['ring.json'])
    expect(Object.keys(await filesIn(folders.copyFolder))).toEqual(['ring.json'])
  })

  it('is overwritten where it was derived, also when it only makes room', () => {
    const derived = new DerivedKeys(2)
    const take = (organization: string, purpose: string, number: number) =>
      derived.take(organization, purpose, number, () => Buffer.alloc(32, 0xaa))
    const isWiped = (key: Buffer) => key.every((byte) => byte === 0)
    const [first, second, third] = [
      take('a', 'call hour', 1),
      take('b', 'call hour', 2),
      take('b', 'organization', 0),
    ]
    expect([first, second, third].map(isWiped)).toEqual([true, false, false])
    derived.dropHour('call hour', 2)
    expect([second, third].map(isWiped)).toEqual([true, false])
    expect(take('b', 'organization', 0)).toBe(third)
    derived.dropOrganization('b')
    expect(isWiped(third)).toBe(true)
  })

  it('is gone from a second process’s ring within a moment, without that ring being used', async () => {
    const folders = await keyFolders()
    const { ring, keys, sealed } = await ringWithMirror(folders)
    const value = sealed({ by: 'mirror bucket', mirror: 'mirror-1', bucket: 1 })
    const second = await folders.open({ create: 'never' })
    expect(opens(second, value)).toBe(true)
    await keys.destroyMirror('mirror-1')
    await expect.poll(() => second.version, { timeout: 20_000 }).toBe(ring.version)
    expect(opens(second, value)).toBe(false)
  })

  it('cannot be used through a ring that was closed', async () => {
    const folders = await keyFolders()
    const { ring, keys, sealed } = await ringWithMirror(folders)
    const value = sealed({ by: 'organization' })
    await ring.close()
    expect(() => keys.open(at, value)).toThrow('unreadable')
    expect(() => keys.seal(at, 'x', { by: 'arrival hour', hour: hourOf(noon) })).toThrow('unreadable')
    await expect(ring.makeOrganization('organization-2')).rejects.toThrow('unreadable')
  })
})

describe('hour keys in time', () => {
  const instant = fc.date({ min: new Date('2026-01-01'), max: new Date('2031-01-01'), noInvalidDate: true })

  it('die exactly 48 h and 7 × 24 h after their hour: planned at no earlier instant and at every later one', () => {
    fc.assert(
      fc.property(
        instant,
        fc.constantFrom(...hourClasses),
        fc.integer({ min: -400, max: 400 }),
        (now, of, ago) => {
          const hour = hourOf(now) - ago
          const lives = of === 'arrival hour' ? 48 : 168
          const { destroy } = planHours(of, new Map([[hour, 'a key']]), { now, hoursAhead: 72 })
          expect(destroy.includes(hour)).toBe(Number(now) >= (hour + 1) * hourMs + lives * hourMs)
        },
      ),
      { numRuns: 2_000 },
    )
  })

  it('exist for whatever may arrive: the hour before, 25 hours of call ends before, 72 hours ahead', () => {
    fc.assert(
      fc.property(instant, fc.nat(200), (now, hoursAhead) => {
        const made = hourClasses.map((of) => planHours(of, new Map(), { now, hoursAhead }).make)
        const range = (from: number) =>
          Array.from({ length: hoursAhead - from + 1 }, (_, n) => hourOf(now) + from + n)
        expect(made).toEqual([range(-1), range(-25)])
      }),
    )
  })

  it('are never planned to be made and destroyed at once, so none comes back', () => {
    fc.assert(
      fc.property(instant, fc.constantFrom(...hourClasses), (now, of) => {
        const { make } = planHours(of, new Map(), { now, hoursAhead: 72 })
        for (const hour of make) expect(hourKeyDiesAt(of, hour)).toBeGreaterThan(Number(now))
      }),
    )
  })

  it('a call opens until its time is over and never later than an hour after, whenever else the hours are tended', async () => {
    const moment = fc.record({
      seconds: fc.integer({ min: 0, max: 71 * 3600 }), // when it arrives, after the first start
      lateBySeconds: fc.integer({ min: 0, max: 24 * 3600 }), // how long before its arrival the call ended
      tendedAt: fc.array(fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }), { maxLength: 3 }), // of its life
    })
    await fc.assert(
      fc.asyncProperty(moment, async ({ seconds, lateBySeconds, tendedAt }) => {
        const folders = await keyFolders()
        const arrivedAt = new Date(Number(noon) + seconds * 1000)
        const endedAt = new Date(Number(arrivedAt) - lateBySeconds * 1000)
        const ring = await folders.open({ copyFolder: undefined })
        await ring.tendHours(arrivedAt)
        const keys = await ring.makeOrganization('organization-1')
        const values = [
          {
            sealed: keys.seal(at, 'event', { by: 'arrival hour', hour: hourOf(arrivedAt) }),
            from: arrivedAt,
            lives: 48,
          },
          {
            sealed: keys.seal(at, 'call', { by: 'call hour', hour: hourOf(endedAt) }),
            from: endedAt,
            lives: 168,
          },
        ]
        const firstOver = Math.min(...values.map(({ from, lives }) => Number(hoursAfter(lives, from))))
        for (const part of tendedAt.toSorted((a, b) => a - b)) {
          await ring.tendHours(new Date(Number(arrivedAt) + part * (firstOver - Number(arrivedAt))))
          expect(values.map(({ sealed }) => opens(ring, sealed))).toEqual([true, true])
        }
        for (const { sealed, from, lives } of values.toSorted(
          (a, b) => Number(hoursAfter(a.lives, a.from)) - Number(hoursAfter(b.lives, b.from)),
        )) {
          const over = hoursAfter(lives, from)
          await ring.tendHours(new Date(Number(over) - 1))
          expect(opens(ring, sealed)).toBe(true)
          await ring.tendHours(new Date((hourOf(over) + 1) * hourMs))
          expect(opens(ring, sealed)).toBe(false)
        }
        await ring.close()
      }),
      { numRuns: 40 },
    )
  })

  it('keeps later hours when the clock is set back', async () => {
    const folders = await keyFolders()
    const { ring, sealed } = await ringWithMirror(folders)
    const value = sealed({ by: 'arrival hour', hour: hourOf(noon) + 70 })
    expect((await ring.tendHours(hoursAfter(-5))).destroyed).toBe(0)
    expect(opens(ring, value)).toBe(true)
  })

  it('refuses a horizon that makes no sense', async () => {
    const ring = await (await keyFolders()).open()
    for (const hours of [-1, 1.5, Number.NaN, 1e9]) {
      await expect(ring.tendHours(noon, hours)).rejects.toThrow('invalid-input')
    }
  })
})

it('keeps nothing in the key folder but files only their owner may read', async () => {
  const folders = await keyFolders()
  await ringWithMirror(folders)
  for (const folder of [folders.folder, folders.copyFolder]) {
    for (const name of Object.keys(await filesIn(folder))) {
      expect((await stat(join(folder, name))).mode & 0o777).toBe(0o600)
    }
  }
})
