import { randomBytes } from 'node:crypto'
import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { KeyRing } from './contract.ts'
import { type KeyRingOptions, openKeyRing } from './open-key-ring.ts'
import { openFile } from './sealed-file.ts'

export interface KeyFoldersOfTest {
  folder: string
  copyFolder: string
  dataFolder: string
  masterKey: string
  open(options?: Partial<KeyRingOptions>): Promise<KeyRing>
}

/** Three empty folders on a real disk; rings opened through it are closed, and all is removed, when the test ends. */
export async function keyFolders(): Promise<KeyFoldersOfTest> {
  const root = await mkdtemp(join(tmpdir(), 'ringfence-keys-'))
  const rings: KeyRing[] = []
  onTestFinished(async () => {
    for (const ring of rings) await ring.close()
    await rm(root, { recursive: true, force: true })
  })
  const folder = join(root, 'keys')
  const copyFolder = join(root, 'copy')
  const dataFolder = join(root, 'data')
  await mkdir(copyFolder)
  await mkdir(dataFolder)
  const masterKey = randomBytes(32).toString('hex')
  const open = async (options: Partial<KeyRingOptions> = {}) => {
    const usual = { folder, copyFolder, dataFolder, masterKey, create: 'only when empty', now: noon } as const
    const ring = await openKeyRing({ ...usual, ...options })
    rings.push(ring)
    return ring
  }
  return { folder, copyFolder, dataFolder, masterKey, open }
}

export const noon = new Date('2026-03-02T12:20:00Z')

/** Every file of a key folder, opened with the master key: what somebody who has both would find. */
export async function openedFiles(
  folder: string,
  masterKey: string,
): Promise<{ name: string; content: Buffer }[]> {
  const files = []
  for (const name of await readdir(folder)) {
    const opened = openFile(Buffer.from(masterKey, 'hex'), {
      name,
      bytes: await readFile(join(folder, name)),
    })
    if ('trouble' in opened) throw new Error(`${name}: ${opened.trouble}`)
    files.push({ name, content: opened.content })
  }
  return files
}

/** Names and bytes, for "the copy is equal". */
export async function filesIn(folder: string): Promise<Record<string, string>> {
  const names = (await readdir(folder)).sort()
  const files: Record<string, string> = {}
  for (const name of names) files[name] = await readFile(join(folder, name), 'latin1')
  return files
}
