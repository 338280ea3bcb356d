import { createCipheriv, createDecipheriv, randomFillSync } from 'node:crypto'
import type { Personal } from '../../policy/index.ts'
import type { KeyChoice, Place } from './contract.ts'
import { generationIn, hourIn } from './hour-parts.ts'

/*
 * A sealed value, byte by byte:
 *
 *   2  magic 'RF'
 *   1  version of this layout
 *   1  class of the key
 *   4  number of the key, big-endian: the hour with its generation in the upper 12 bits, the serial of a mirror's bucket
 *      key, 0 for the organization's key
 *  12  nonce, random
 *   n  AES-256-GCM ciphertext of the UTF-8 text
 *  16  tag
 *
 * The tag also covers organization, table, column, row and the first eight bytes, so that a value copied to another
 * place, or told to be of another key, does not open.
 */
const magic = Buffer.from('RF', 'latin1')
const layoutVersion = 1
const nonceAt = 8
const nonceBytes = 12
const textAt = nonceAt + nonceBytes
const tagBytes = 16
/** Length in bytes of the sealed empty text. */
export const smallestSealedBytes = textAt + tagBytes

export type KeyClass = KeyChoice['by']
const numberOfClass: Record<KeyClass, number> = {
  organization: 1,
  'mirror bucket': 2,
  'arrival hour': 3,
  'call hour': 4,
}
const classOfNumber = new Map(
  Object.entries(numberOfClass).map(([name, number]) => [number, name as KeyClass]),
)

/** What a sealed value says about itself in clear. */
export interface SealedHeader {
  class: KeyClass
  /** hours since 1970 UTC, serial of a bucket key, or 0 */
  number: number
  /** which of an organization's keys of that hour; otherwise 0 */
  generation: number
  nonce: Buffer
}

/** The first bytes of a sealed value: they name the key that sealed it. */
export const keyNameBytes = nonceAt

export function keyName(by: { class: KeyClass; number: number }): Buffer {
  const name = Buffer.alloc(keyNameBytes)
  name.set(magic, 0)
  name[2] = layoutVersion
  name[3] = numberOfClass[by.class]
  name.writeUInt32BE(by.number, 4)
  return name
}

/** @returns the header at `offset`, or `undefined` where no sealed value of a known layout begins */
export function readHeader(bytes: Buffer, offset = 0): SealedHeader | undefined {
  if (bytes.length - offset < smallestSealedBytes) return undefined
  const key = readKeyName(bytes, offset)
  return key && { ...key, nonce: bytes.subarray(offset + nonceAt, offset + textAt) }
}

/** The same of the first `keyNameBytes` alone. */
export function readKeyName(bytes: Buffer, offset = 0): Omit<SealedHeader, 'nonce'> | undefined {
  if (bytes.length - offset < keyNameBytes) return undefined
  if (bytes[offset] !== magic[0] || bytes[offset + 1] !== magic[1]) return undefined
  if (bytes[offset + 2] !== layoutVersion) return undefined
  const name = classOfNumber.get(bytes[offset + 3] ?? 0)
  if (!name) return undefined
  const number = bytes.readUInt32BE(offset + 4)
  if (name === 'organization' || name === 'mirror bucket') return { class: name, number, generation: 0 }
  return { class: name, number: hourIn(number), generation: generationIn(number) }
}

/** Random nonces are drawn in bulk: one call into the generator costs as much as the whole encryption of a short text. */
const nonces = Buffer.alloc(nonceBytes * 1024)
let noncesUsed = nonces.length

function writeNonce(into: Buffer): void {
  if (noncesUsed === nonces.length) {
    randomFillSync(nonces)
    noncesUsed = 0
  }
  nonces.copy(into, nonceAt, noncesUsed, noncesUsed + nonceBytes)
  noncesUsed += nonceBytes
}

/** Length before each part, so that no two places are spelled alike ("a" + "bc" is not "ab" + "c"). */
function bindingOf(organization: string, place: Place, header: string): Buffer {
  const { table, column, row } = place
  const parts = `${organization.length}:${organization}${table.length}:${table}${column.length}:${column}${row.length}:${row}`
  return Buffer.from(parts + header, 'utf8')
}

export interface SealingKey {
  /** 32 bytes */
  key: Buffer
  class: KeyClass
  /** as it stands in the header */
  number: number
  organization: string
}

/** Seals a text for a place. A lone surrogate has no UTF-8 form and comes back as U+FFFD. */
export function sealValue(by: SealingKey, place: Place, plain: string): Buffer {
  const head = Buffer.allocUnsafe(textAt)
  head.set(keyName(by), 0)
  writeNonce(head)
  const cipher = createCipheriv('aes-256-gcm', by.key, head.subarray(nonceAt), { authTagLength: tagBytes })
  cipher.setAAD(bindingOf(by.organization, place, head.toString('latin1', 0, nonceAt)))
  const text = cipher.update(plain, 'utf8')
  cipher.final()
  return Buffer.concat([head, text, cipher.getAuthTag()])
}

/** @returns the text, or `undefined` when key, place or any bit is not the one it was sealed with */
export function openValue(by: SealingKey, place: Place, sealed: Buffer): Personal<string> | undefined {
  const nonce = sealed.subarray(nonceAt, textAt)
  const decipher = createDecipheriv('aes-256-gcm', by.key, nonce, { authTagLength: tagBytes })
  decipher.setAAD(bindingOf(by.organization, place, sealed.toString('latin1', 0, nonceAt)))
  decipher.setAuthTag(sealed.subarray(sealed.length - tagBytes))
  const text = decipher.update(sealed.subarray(textAt, sealed.length - tagBytes))
  try {
    decipher.final()
  } catch {
    return undefined // the tag does not fit; OpenSSL's message says no more than that
  }
  return text.toString('utf8') as Personal<string> // the only cast: what was sealed is of somebody
}
