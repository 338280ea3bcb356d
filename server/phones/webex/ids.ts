/**
 * Webex names people, calls and sessions by URL-safe base64 of `ciscospark://us/PEOPLE/<uuid>`, or of a bare UUID; its
 * recordings and detailed records have the bare UUID.
 * @returns the last part of what is encoded; the id itself where it is none of these
 */
export function bareId(id: string): string {
  if (/^[0-9a-f]{8}-[0-9a-f-]{27}$/i.test(id)) return id.toLowerCase()
  const text = Buffer.from(id, 'base64url').toString('utf8')
  const last = /^(?:ciscospark:\/\/[^/]+\/.*\/)?([0-9a-zA-Z:_.-]+)$/.exec(text)?.[1]
  return (last ?? id).toLowerCase()
}
