import { expect, it } from 'vitest'
import { keyFolders, noon } from '../server/keys/folders.fixture.ts'
import { hourOf, knownNonce } from '../server/keys/index.ts'
import { readKeys } from '../server/privacy/key-reading.ts'
import { headerOf } from '../server/privacy/seals.ts'
import type { Searched } from '../server/privacy/search-files.ts'
import { Evidence } from './evidence.ts'

const place = { table: 'recordings', column: 'address_sealed', row: '1' }
const hour = hourOf(noon)

it('takes a header for chance only where its hour was leapt over and the databases never held it', async () => {
  const folders = await keyFolders()
  const keys = await (await folders.open()).makeOrganization('a')
  const seal = (at: number) => keys.seal(place, 'Ada rang', { by: 'call hour', hour: at })
  const held = [seal(hour + 9)]
  const found = [seal(hour), seal(hour + 9), seal(hour + 20), ...held]
  const evidence = new Evidence(
    held.map((sealed) => ({ organizationId: 'a', place, nonce: knownNonce(sealed) ?? '', sealed })),
    await readKeys(folders.folder, folders.masterKey),
    'needle',
  )
  const searched: Searched = { files: 1, bytes: 0, words: [], sealed: found.map(asFound) }
  const keyed = () => evidence.count(searched, { by: ['call hour'] }).withKey

  expect(keyed()).toBe(4)
  evidence.leapt({ after: hour, before: hour + 20 })
  expect(keyed()).toBe(3)
})

function asFound(sealed: Buffer): Searched['sealed'][number] {
  const header = headerOf(sealed)
  if (!header) throw new Error('not sealed')
  return {
    where: 'table files',
    path: 'base/1/2',
    header,
    nonce: header.nonce.toString('hex'),
    bytes: sealed,
  }
}
