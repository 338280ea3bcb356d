import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { failureOf } from '../failure.ts'
import { readKeys } from '../privacy/key-reading.ts'
import { hourOf, type KeyRing, type RenewableKey } from './contract.ts'
import { erasureLedger } from './erasure-ledger.ts'
import { keyFolders, noon } from './folders.fixture.ts'

const at = (row: string) => ({ table: 'recordings', column: 'address_sealed', row })
const hour = hourOf(noon)
const choices: RenewableKey[] = [
  { by: 'call hour', hour },
  { by: 'call hour', hour: hour + 1 },
  { by: 'arrival hour', hour },
  { by: 'mirror bucket', mirror: 'm', bucket: 0 },
  { by: 'mirror bucket', mirror: 'm', bucket: 255 },
]

function opened(ring: KeyRing, organization: string, row: string, sealed: Buffer): string | undefined {
  try {
    return ring.organization(organization).open(at(row), sealed)
  } catch (error) {
    if (failureOf(error)?.code === 'unreadable') return undefined
    throw error
  }
}

it('L-E.2 whatever is renewed and destroyed, old values open nowhere and everything else still does', async () => {
  const folders = await keyFolders()
  const ring = await folders.open()
  const other = await folders.open()
  for (const id of ['a', 'b']) await (await ring.makeOrganization(id)).makeMirror('m')
  const keys = ring.organization('a')
  const kept = new Map<string, Buffer>()
  const gone: { row: string; sealed: Buffer }[] = []
  let rows = 0
  const seal = (index: number) => {
    const choice = choices[index]
    if (choice) kept.set(`${index}.${rows}`, keys.seal(at(`${index}.${rows}`), 'kept', choice))
    rows += 1
  }
  const neighbours = choices.map((choice, index) => ({
    row: `n${index}`,
    sealed: ring.organization('b').seal(at(`n${index}`), 'neighbour', choice),
  }))
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.nat(choices.length - 1), { minLength: 1, maxLength: 8 }),
      fc.uniqueArray(fc.nat(choices.length - 1), { minLength: 1 }),
      async (sealings, renewals) => {
        for (const index of sealings) seal(index)
        const renew = renewals.flatMap((index) => choices[index] ?? [])
        await keys.renew(renew)
        for (const index of sealings) seal(index)
        // one of each renewed key is erased: it is not carried over
        for (const index of renewals) {
          const erased = [...kept].find(([row]) => Number(row.split('.')[0]) === index)
          if (!erased) continue
          kept.delete(erased[0])
          gone.push({ row: erased[0], sealed: erased[1] })
        }
        const names = keys.retiring().map((name) => name.toString('hex'))
        for (const [row, sealed] of kept) {
          expect(opened(ring, 'a', row, sealed)).toBe('kept')
          if (names.includes(sealed.toString('hex', 0, 8))) {
            gone.push({ row, sealed })
            kept.set(row, keys.resealed(at(row), sealed))
          }
        }
        await keys.destroyRetiring()
        expect(keys.retiring()).toEqual([])
        for (const [row, sealed] of kept) expect(opened(other, 'a', row, sealed)).toBe('kept')
      },
    ),
    { numRuns: 6 },
  )
  // what was erased under a key that is still in use was never renewed afterwards: take those out by renewing once more
  await keys.renew(choices)
  for (const [row, sealed] of kept) kept.set(row, keys.resealed(at(row), sealed))
  await keys.destroyRetiring()
  for (const folder of [folders.folder, folders.copyFolder]) {
    const reading = await readKeys(folder, folders.masterKey)
    expect(gone.filter(({ row, sealed }) => reading.open('a', at(row), sealed) !== undefined)).toEqual([])
    expect([...kept].every(([row, sealed]) => reading.open('a', at(row), sealed) === 'kept')).toBe(true)
    expect(neighbours.every(({ row, sealed }) => reading.open('b', at(row), sealed) === 'neighbour')).toBe(
      true,
    )
  }
  expect(gone.map(({ row, sealed }) => opened(ring, 'a', row, sealed)).filter(Boolean)).toEqual([])
})

it('L-E.3 the ledger of erasures holds hashes only, in both folders, and either one brings it back', async () => {
  const folders = await keyFolders()
  const ring = await folders.open()
  const entry = (id: string, day: string) => ({
    id: `00000000-0000-4000-8000-00000000000${id}`,
    organization: '00000000-0000-4000-8000-0000000000aa',
    at: `2026-03-${day}T12:00:00.000Z`,
    numbers: ['ab'.repeat(32)],
    persons: [],
  })
  await ring.recordErasure(entry('1', '02'))
  const older = await readFile(join(folders.folder, erasureLedger.file))
  await Promise.all([ring.recordErasure(entry('2', '04')), ring.recordErasure(entry('3', '03'))])
  await ring.recordErasure(entry('2', '04'))
  const all = [entry('1', '02'), entry('3', '03'), entry('2', '04')]
  expect(ring.erasures()).toEqual(all)
  await ring.close()
  for (const folder of [folders.folder, folders.copyFolder]) {
    await writeFile(join(folder, erasureLedger.file), older)
    const again = await folders.open()
    expect(again.erasures()).toEqual(all)
    await again.close()
    expect(await readFile(join(folder, erasureLedger.file))).not.toEqual(older)
  }
  await writeFile(join(folders.folder, erasureLedger.file), 'no ledger')
  await expect(folders.open()).rejects.toMatchObject({ failure: { code: 'setting' } })
})
