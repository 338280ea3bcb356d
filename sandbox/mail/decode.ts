/** A header's words as people read them (RFC 2047). */
export function decodedHeader(value: string): string {
  return value
    .replace(/\?=\s+=\?/g, '?==?') // blanks between two encoded words are none
    .replace(/=\?utf-8\?([bq])\?([^?]*)\?=/gi, (_, how: string, text: string) =>
      how.toLowerCase() === 'b'
        ? Buffer.from(text, 'base64').toString('utf8')
        : quoted(text.replaceAll('_', ' ')),
    )
}

/** A body as it was before it was made fit for the way (RFC 2045, 6). */
export function decodedText(body: string, encoding: string): string {
  switch (encoding.toLowerCase()) {
    case 'base64':
      return Buffer.from(body, 'base64').toString('utf8')
    case 'quoted-printable':
      return quoted(body.replace(/=\n/g, ''))
    default:
      return body
  }
}

function quoted(text: string): string {
  const bytes = text.replace(/=([0-9a-f]{2})/gi, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  )
  return Buffer.from(bytes, 'latin1').toString('utf8')
}
