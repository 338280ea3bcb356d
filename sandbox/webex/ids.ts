/** An id as Webex hands it out: URL-safe base64 of an inner address, without padding. */
export function webexId(kind: string, key: string): string {
  return Buffer.from(`ciscospark://us/${kind}/${key}`).toString('base64url')
}

/** `callSessionId` is the bare UUID in base64; CDR and recordings carry the UUID itself. */
export function sessionIdOf(uuid: string): string {
  return Buffer.from(uuid).toString('base64url')
}

/** ISO 8601, UTC, milliseconds. */
export function isoTime(ms: number): string {
  return new Date(ms).toISOString()
}
