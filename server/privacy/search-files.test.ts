import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { keyFolders, noon } from '../keys/folders.fixture.ts'
import { hourOf, knownNonce } from '../keys/index.ts'
import { WordFinder } from './find-words.ts'
import { readKeys } from './key-reading.ts'
import { searchFiles } from './search-files.ts'

const place = { table: 'recordings', column: 'address_sealed', row: '1' }

it('finds sealed values and words in clear in whatever file they stand, and opens what a key is left for', async () => {
  const folders = await keyFolders()
  const ring = await folders.open()
  const keys = await ring.makeOrganization('a')
  const sealed = keys.seal(place, 'Ada rang', { by: 'call hour', hour: hourOf(noon) })
  const nonce = knownNonce(sealed) ?? ''
  const data = await mkdtemp(join(tmpdir(), 'ringfence-search-'))
  onTestFinished(() => rm(data, { recursive: true, force: true }))
  const filler = Buffer.alloc(5_000, 0x20)
  const put = async (path: string, bytes: Buffer) => {
    await mkdir(join(data, path, '..'), { recursive: true })
    await writeFile(join(data, path), bytes)
  }
  await put('postgres/base/1/2', Buffer.concat([filler, sealed, filler]))
  await put('postgres/pg_wal/000000010000000000000001', Buffer.concat([filler, sealed.subarray(0, 40)]))
  await put('spool/1-2', sealed)
  await put('server-output.log', Buffer.from('{"event":"rang","who":"Ada Lovelace"}\n'))
  await put('empty', Buffer.alloc(0))

  const searched = await searchFiles({
    dataFolder: data,
    keysFolder: folders.folder,
    keysCopyFolder: folders.copyFolder,
    lengthOf: (known) => (known === nonce ? sealed.length : undefined),
    words: new WordFinder(['Ada Lovelace', 'Ada rang']),
  })

  expect(
    searched.sealed.map(({ where, nonce: found, bytes }) => [where, found, bytes?.length]).sort(),
  ).toEqual([
    ['spool', nonce, sealed.length],
    ['table files', nonce, sealed.length],
    ['write-ahead log', nonce, undefined], // cut off: only its beginning is there
  ])
  expect(searched.words).toEqual([
    { word: 'Ada Lovelace', spelling: 'UTF-8', where: 'logs', path: 'server-output.log' },
  ])
  const header = { class: 'call hour', number: hourOf(noon), generation: 0 } as const
  const before = await readKeys(folders.folder, folders.masterKey)
  expect(before.open('a', place, searched.sealed[0]?.bytes ?? Buffer.alloc(0))).toBe('Ada rang')
  expect(before.open('b', place, sealed)).toBeUndefined()

  await ring.tendHours(new Date(Number(noon) + 8 * 86_400_000))
  for (const folder of [folders.folder, folders.copyFolder]) {
    const after = await readKeys(folder, folders.masterKey)
    expect(after.open('a', place, sealed)).toBeUndefined()
    expect(after.has('a', header)).toBe(false)
  }
  // The reading is of its moment: what was read before still opens, so "unreadable" is the keys' doing.
  expect(before.open('a', place, sealed)).toBe('Ada rang')
})
