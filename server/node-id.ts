import { randomUUID } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

const uuid = /^[0-9a-f-]{36}$/

/** This node's name, kept in its data folder: after a crash it finds the jobs it had left locked by it. */
export async function nodeIdIn(dataFolder: string): Promise<string> {
  const path = join(dataFolder, 'node-id')
  const known = await readFile(path, 'utf8').catch(() => '') // not there yet on the first start
  if (uuid.test(known.trim())) return known.trim()
  const id = randomUUID()
  await mkdir(dataFolder, { recursive: true })
  await writeFile(path, `${id}\n`, { mode: 0o644 })
  return id
}
