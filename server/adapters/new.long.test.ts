import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { it, onTestFinished } from 'vitest'
import { writeAdapter } from './new.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const run = promisify(execFile)

it.for(['phone', 'crm'] as const)(
  'the package that is written for a %s has types that are right',
  async (kind) => {
    const into = await mkdtemp(join(tmpdir(), 'ringfence-adapter-'))
    onTestFinished(() => rm(into, { recursive: true, force: true }))
    const folder = await writeAdapter({ name: `acme-${kind}`, kind, into })
    // For whoever has Ringfence beside it.
    await mkdir(join(folder, 'node_modules'), { recursive: true })
    await symlink(root, join(folder, 'node_modules/ringfence'))
    await symlink(join(root, 'node_modules/@types'), join(folder, 'node_modules/@types'))
    await run(join(root, 'node_modules/.bin/tsc'), ['--noEmit', '-p', folder])
  },
)
