import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { writeAdapter } from './new.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const cli = join(root, 'server/cli.ts')
const run = promisify(execFile)
let into: string
beforeAll(async () => {
  into = await mkdtemp(join(tmpdir(), 'ringfence-adapter-'))
})
afterAll(() => rm(into, { recursive: true, force: true }))

/** Of the child's output only the count of tests; where one failed, all of it. */
async function testsOf(folder: string): Promise<string> {
  const { stdout } = await run(process.execPath, [cli, 'adapter', 'test', folder], {
    env: { ...process.env, NO_COLOR: '1' },
  }).catch((error: { stdout: string; stderr: string }) => {
    throw new Error(`${error.stdout}\n${error.stderr}`)
  })
  return stdout
}

describe('ringfence adapter new', () => {
  it.for(['phone', 'crm'] as const)(
    'writes a package for a %s that passes its tests as it is',
    async (kind) => {
      const folder = await writeAdapter({ name: `acme-${kind}`, kind, into })
      expect(await testsOf(folder)).toMatch(/Tests +\d+ passed/)
    },
  )

  it('says in one sentence why it writes none', async () => {
    const sentenceOf = (wish: { name: string; kind: string | undefined }) =>
      writeAdapter({ ...wish, into }).then(
        () => 'written',
        (error: { failure?: { sentence?: string } }) => error.failure?.sentence,
      )
    expect(await sentenceOf({ name: '../acme', kind: 'phone' })).toMatch(/^Name the adapter /)
    expect(await sentenceOf({ name: 'Acme', kind: 'phone' })).toMatch(/^Name the adapter /)
    expect(await sentenceOf({ name: 'acme', kind: undefined })).toMatch(/^Say what it connects/)
    expect(await sentenceOf({ name: 'acme-once', kind: 'phone' })).toBe('written')
    expect(await sentenceOf({ name: 'acme-once', kind: 'phone' })).toMatch(/is there already/)
  })

  it('leaves no example’s name behind', async () => {
    const folder = await writeAdapter({ name: 'acme-named', kind: 'phone', into })
    for (const file of ['index.ts', 'README.md', 'package.json', 'parse-event.ts'])
      expect(await readFile(join(folder, file), 'utf8')).not.toMatch(/Example Voice|example-voice/)
  })
})
