import { randomBytes } from 'node:crypto'

/** A recording as the one part of a form. */
export interface FilePart {
  /** as the recipient calls the field */
  name: string
  fileName: string
  contentType: string
  /** undefined: nobody knows how long it is */
  bytes?: number | undefined
}

/** Nothing but what it is: a name that somebody gave it could be somebody's. */
const plainFileName = /^recording(?:\.[a-z0-9]{1,5})?$/
const audio = /^audio\/[\w.+-]{1,60}$/

export const isPlain = ({ fileName, contentType }: FilePart): boolean =>
  plainFileName.test(fileName) && audio.test(contentType)

/** Written here and not by who sends it, so that there is no part but the declared one. The boundary is in no recording. */
export function multipart(
  { name, fileName, contentType, bytes }: FilePart,
  pieces: AsyncIterable<Buffer>,
): { headers: Record<string, string>; pieces: AsyncIterable<Buffer> } {
  const boundary = `ringfence-${randomBytes(24).toString('hex')}`
  const head = Buffer.from(
    `--${boundary}\r\ncontent-disposition: form-data; name="${name}"; filename="${fileName}"\r\ncontent-type: ${contentType}\r\n\r\n`,
  )
  const tail = Buffer.from(`\r\n--${boundary}--\r\n`)
  async function* whole(): AsyncGenerator<Buffer> {
    yield head
    yield* pieces
    yield tail
  }
  return {
    headers: {
      'content-type': `multipart/form-data; boundary=${boundary}`,
      ...(bytes === undefined ? {} : { 'content-length': String(head.length + bytes + tail.length) }),
    },
    pieces: whole(),
  }
}
