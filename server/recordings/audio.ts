/** Kinds of audio that a browser can play, by the names that servers give them. */
const kinds: Record<string, { contentType: string; ending: string }> = Object.fromEntries(
  (
    [
      ['mp3', 'audio/mpeg', ['audio/mpeg', 'audio/mp3', 'audio/x-mp3', 'audio/mpeg3', 'audio/x-mpeg']],
      ['wav', 'audio/wav', ['audio/wav', 'audio/x-wav', 'audio/wave', 'audio/vnd.wave', 'audio/x-pn-wav']],
      ['ogg', 'audio/ogg', ['audio/ogg', 'audio/opus', 'application/ogg']],
      ['m4a', 'audio/mp4', ['audio/mp4', 'audio/m4a', 'audio/x-m4a']],
      ['aac', 'audio/aac', ['audio/aac', 'audio/x-aac']],
      ['webm', 'audio/webm', ['audio/webm']],
    ] as const
  ).flatMap(([ending, contentType, names]) => names.map((name) => [name, { contentType, ending }])),
)

/** Servers that do not know what they send. */
const unknown = ['', 'application/octet-stream', 'binary/octet-stream', 'application/force-download']

/**
 * What the recording is called in the CRM; undefined: that is no recording.
 * @param told the content type of the answer
 * @param address where it came from, which says the kind where the server does not; mp3 is what is asked for first
 */
export function audioOf(
  told: string | undefined,
  address: string,
): { contentType: string; fileName: string } | undefined {
  const name = (told ?? '').split(';')[0]?.trim().toLowerCase() ?? ''
  const kind = unknown.includes(name) ? kinds[/wav/i.test(address) ? 'audio/wav' : 'audio/mpeg'] : kinds[name]
  if (kind) return { contentType: kind.contentType, fileName: `recording.${kind.ending}` }
  return name.startsWith('audio/') ? { contentType: name, fileName: 'recording' } : undefined
}
