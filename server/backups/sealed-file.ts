import { open } from 'node:fs/promises'
import { ReadableStream as NodeStream } from 'node:stream/web'
import { Decrypter, Encrypter, generateX25519Identity, identityToRecipient } from 'age-encryption'
import type { BackupKey } from '../keys/index.ts'

/** A new key for one backup, in the format of age (age-encryption.org/v1). */
export function makeIdentity(): Promise<string> {
  return generateX25519Identity()
}

/**
 * Writes a file of mode 0600 that only the identity opens, and flushes it. What is written comes piece by piece and leaves
 * 64 KiB at a time.
 * @returns its size in bytes
 */
export async function writeSealed(
  path: string,
  identity: string,
  pieces: AsyncIterable<Buffer>,
): Promise<number> {
  const encrypter = new Encrypter()
  encrypter.addRecipient(await identityToRecipient(identity))
  const file = await open(path, 'wx', 0o600)
  try {
    let bytes = 0
    for await (const piece of await encrypter.encrypt(streamOf(pieces))) {
      await file.writeFile(piece) // a write may be short; this writes all of it
      bytes += piece.length
    }
    await file.sync()
    return bytes
  } finally {
    await file.close()
  }
}

/** Why a file cannot be read: none of our keys opens it, or it is not whole. */
export class UnreadableFile extends Error {
  override readonly name = 'UnreadableFile'
  readonly why: 'no key' | 'damaged' | 'not a backup'

  constructor(why: UnreadableFile['why'], cause: unknown) {
    super(why, { cause })
    this.why = why
  }
}

/** What is in it, as it is read. Each piece was checked before it comes, and the last one says that it is the last. */
export async function* readSealed(path: string, keys: readonly BackupKey[]): AsyncGenerator<Uint8Array> {
  const file = await open(path, 'r')
  try {
    const decrypter = new Decrypter()
    for (const { identity } of keys) decrypter.addIdentity(identity)
    const pieces = await decrypter
      .decrypt(streamOf(file.createReadStream({ highWaterMark: 64 * 1024, autoClose: false })))
      .catch((error: unknown) => {
        throw new UnreadableFile(whyNotOpened(error), error)
      })
    const reader = pieces.getReader()
    try {
      for (;;) {
        const read = await reader.read().catch((error: unknown) => {
          throw new UnreadableFile('damaged', error)
        })
        if (read.done) return
        yield read.value
      }
    } finally {
      // Whoever stops early wants no more of it; what the rest would have been is nobody's concern.
      await reader.cancel().catch(() => undefined)
    }
  } finally {
    await file.close()
  }
}

/** age says it in words only. */
function whyNotOpened(error: unknown): UnreadableFile['why'] {
  const said = error instanceof Error ? error.message : ''
  if (said.includes('no identity matched')) return 'no key'
  return said.includes('version line') ? 'not a backup' : 'damaged'
}

/** The types of Node's streams and of the web's are two, and the object is one. */
const streamOf = (pieces: AsyncIterable<Uint8Array>): ReadableStream<Uint8Array> =>
  NodeStream.from(pieces) as unknown as ReadableStream<Uint8Array>
