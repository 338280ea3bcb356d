import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { hourOf, type KeyChoice } from './contract.ts'
import { keyFolders, noon } from './folders.fixture.ts'
import { findSealed, knownNonce } from './scan.ts'

const at = { table: 'calls', column: 'remote_sealed', row: '7' }
const choices: KeyChoice[] = [
  { by: 'organization' },
  { by: 'mirror bucket', mirror: 'm', bucket: 0 },
  { by: 'arrival hour', hour: hourOf(noon) },
  { by: 'call hour', hour: hourOf(noon) },
]

it('L-E.2 finds every sealed value in the bytes of a file and knows it by its nonce', async () => {
  const folders = await keyFolders()
  const keys = await (await folders.open()).makeOrganization('organization-1')
  await keys.makeMirror('m')
  const chunk = fc.oneof(
    fc.uint8Array({ maxLength: 40 }).map((bytes) => ({ bytes: Buffer.from(bytes), sealed: false })),
    fc.constantFrom('RF', 'R', 'RFRF').map((text) => ({ bytes: Buffer.from(text), sealed: false })),
    fc
      .tuple(fc.string(), fc.constantFrom(...choices))
      .map(([text, by]) => ({ bytes: keys.seal(at, text, by), sealed: true })),
  )
  fc.assert(
    fc.property(fc.array(chunk), (chunks) => {
      const file = Buffer.concat(chunks.map((part) => part.bytes))
      const found = new Set(
        [...findSealed(file)].map(({ offset, header }) => `${offset} ${header.nonce.toString('hex')}`),
      )
      let offset = 0
      for (const { bytes, sealed } of chunks) {
        if (sealed) expect(found).toContain(`${offset} ${knownNonce(bytes)}`)
        offset += bytes.length
      }
    }),
  )
})

it('finds where a value stands and opens it there, by the length SQL gives', async () => {
  const folders = await keyFolders()
  const keys = await (await folders.open()).makeOrganization('organization-1')
  const sealed = keys.seal(at, '+442079460123', { by: 'arrival hour', hour: hourOf(noon) })
  const file = Buffer.concat([randomBytes(5_000), sealed, randomBytes(5_000)])
  const [found] = [...findSealed(file)].filter(
    ({ header }) => header.nonce.toString('hex') === knownNonce(sealed),
  )
  expect(found).toMatchObject({ offset: 5_000, header: { class: 'arrival hour', number: hourOf(noon) } })
  expect(keys.open(at, file.subarray(5_000, 5_000 + sealed.length))).toBe('+442079460123')
})

it('takes almost nothing else for a sealed value', () => {
  const noise = randomBytes(8_000_000)
  expect([...findSealed(noise)].length).toBeLessThan(5)
  expect([...findSealed(Buffer.from('RF'.repeat(10_000)))]).toEqual([])
  expect(knownNonce(Buffer.from('RF'))).toBeUndefined()
})
