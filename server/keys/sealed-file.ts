import { createCipheriv, createDecipheriv, type DecipherGCM, randomBytes } from 'node:crypto'
import { z } from 'zod'

/*
 * A file of the ring: JSON with the format's version, the ring's id, and the content sealed with AES-256-GCM under the
 * master key (12 bytes nonce, ciphertext, 16 bytes tag, in base64). The tag covers the format, the file's name and the
 * ring's id: a file renamed, or carried over from another ring or another version, does not open.
 */
export const fileFormat = 1
const nonceBytes = 12
const tagBytes = 16
const pieceBytes = 256

const envelopeShape = z.looseObject({ format: z.int(), ring: z.string(), sealed: z.string() })

/** `damaged`: no file of ours, cut off or half overwritten; `format`: of another release; `key`: tag does not fit. */
export type FileTrouble = 'damaged' | 'format' | 'key'

const bindingOf = (name: string, ring: string) =>
  Buffer.from(JSON.stringify([fileFormat, name, ring]), 'utf8')

export function sealFile(masterKey: Buffer, file: { name: string; ring: string; content: Buffer }): Buffer {
  const nonce = randomBytes(nonceBytes)
  const cipher = createCipheriv('aes-256-gcm', masterKey, nonce, { authTagLength: tagBytes })
  cipher.setAAD(bindingOf(file.name, file.ring))
  const text = cipher.update(file.content)
  cipher.final()
  const sealed = Buffer.concat([nonce, text, cipher.getAuthTag()]).toString('base64')
  return Buffer.from(`${JSON.stringify({ format: fileFormat, ring: file.ring, sealed })}\n`, 'utf8')
}

/** @returns ring id and content (keys in clear), or what is wrong with the file */
export function openFile(
  masterKey: Buffer,
  file: { name: string; bytes: Buffer },
): { ring: string; content: Buffer } | { trouble: FileTrouble } {
  const envelope = parseEnvelope(file.bytes)
  if (!envelope) return { trouble: 'damaged' }
  if (envelope.format !== fileFormat) return { trouble: 'format' }
  const sealed = Buffer.from(envelope.sealed, 'base64')
  if (sealed.length < nonceBytes + tagBytes) return { trouble: 'damaged' }
  const nonce = sealed.subarray(0, nonceBytes)
  const decipher = createDecipheriv('aes-256-gcm', masterKey, nonce, { authTagLength: tagBytes })
  decipher.setAAD(bindingOf(file.name, envelope.ring))
  decipher.setAuthTag(sealed.subarray(sealed.length - tagBytes))
  const content = decipherPiecewise(decipher, sealed.subarray(nonceBytes, sealed.length - tagBytes))
  try {
    decipher.final()
  } catch {
    content.fill(0)
    return { trouble: 'key' }
  }
  return { ring: envelope.ring, content }
}

/**
 * Node returns a copy of what it deciphers and frees the first one uncleared, so that keys would lie about in free
 * memory (found by memory.test.ts). Small pieces come from the same spot each time, so that each overwrites the one
 * before.
 */
function decipherPiecewise(decipher: DecipherGCM, sealed: Buffer): Buffer {
  const content = Buffer.alloc(sealed.length)
  for (let at = 0; at < sealed.length; at += pieceBytes) {
    const piece = decipher.update(sealed.subarray(at, at + pieceBytes))
    content.set(piece, at)
    piece.fill(0)
  }
  return content
}

function parseEnvelope(bytes: Buffer): z.infer<typeof envelopeShape> | undefined {
  try {
    return envelopeShape.safeParse(JSON.parse(bytes.toString('utf8'))).data
  } catch {
    return undefined // not JSON: the caller says which file is damaged
  }
}
