import { randomBytes } from 'node:crypto'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { failed } from '../failure.ts'
import { writeDurably } from './durable-files.ts'
import { readIfThere } from './read-ring.ts'

export const masterKeyFileName = 'master.key'
const masterKeyBytes = 32

/** @throws RingfenceError `setting` when the text is not 32 bytes in hexadecimal or base64 */
export function parseMasterKey(text: string): Buffer {
  const trimmed = text.trim()
  const key = /^[0-9a-fA-F]{64}$/.test(trimmed) ? Buffer.from(trimmed, 'hex') : fromBase64(trimmed)
  if (key?.length !== masterKeyBytes) {
    return refuse('The master key must be 32 random bytes, written as 64 hexadecimal digits or in base64.')
  }
  return key
}

function fromBase64(text: string): Buffer | undefined {
  return /^[A-Za-z0-9+/_-]+={0,2}$/.test(text) ? Buffer.from(text, 'base64') : undefined
}

/** @throws RingfenceError `setting` when others than the owner may read the file, or its content is no key */
export async function readMasterKeyFile(folder: string): Promise<Buffer | undefined> {
  const path = join(folder, masterKeyFileName)
  const bytes = readIfThere(path)
  if (!bytes) return undefined
  const { mode } = await stat(path)
  if (process.platform !== 'win32' && (mode & 0o077) !== 0) {
    refuse('The file master.key may be read by others than its owner: set its mode to 0600.')
  }
  return parseMasterKey(bytes.toString('latin1'))
}

export async function makeMasterKeyFile(folder: string): Promise<Buffer> {
  const key = randomBytes(masterKeyBytes)
  await writeDurably(folder, masterKeyFileName, Buffer.from(`${key.toString('base64')}\n`, 'latin1'))
  return key
}

const refuse = (sentence: string): never =>
  failed({ code: 'setting', name: 'RINGFENCE_MASTER_KEY', sentence })
