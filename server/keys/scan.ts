import { readHeader, type SealedHeader } from './sealed-value.ts'

/** Hours between 2020 and 2089: anything else in an hour's place is chance, not a sealed value. */
const earliestHour = Date.UTC(2020, 0) / 3_600_000
const latestHour = Date.UTC(2089, 0) / 3_600_000

function plausible(header: SealedHeader): boolean {
  switch (header.class) {
    case 'organization':
      return header.number === 0
    case 'mirror bucket':
      return header.number > 0
    case 'arrival hour':
    case 'call hour':
      return header.number >= earliestHour && header.number < latestHour
  }
}

/**
 * Finds where sealed values begin in the raw bytes of any file: table, write-ahead log, backup.
 *
 * A value's length is not in its header; who searches takes it from SQL by the nonce. A value cut by a page border of
 * the log, sliced by TOAST (above 2 kB), compressed, or written as hexadecimal text is not recognised whole: scan
 * plain dumps after decoding them.
 */
export function* findSealed(bytes: Buffer): Iterable<{ offset: number; header: SealedHeader }> {
  for (let offset = bytes.indexOf('RF'); offset !== -1; offset = bytes.indexOf('RF', offset + 1)) {
    const header = readHeader(bytes, offset)
    if (header && plausible(header)) yield { offset, header }
  }
}

/**
 * The nonce of a sealed value in hexadecimal: random, hence a name for this one value wherever its bytes turn up.
 * @returns `undefined` when the bytes do not begin with a sealed value
 */
export function knownNonce(sealed: Uint8Array): string | undefined {
  const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength)
  return readHeader(bytes)?.nonce.toString('hex')
}
