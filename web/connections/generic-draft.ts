import type { ConnectionSettingsView } from '../../server/http/shapes.ts'
import { type DialDraft, dialChange, dialDraft } from './dial-draft.ts'

export const proofs = ['address', 'header', 'hmac', 'basic'] as const
export const formats = ['json', 'form', 'query'] as const
export const algorithms = ['sha256', 'sha1', 'sha512'] as const
export const encodings = ['hex', 'base64'] as const
export const timeKinds = ['none', 'date', 'seconds', 'milliseconds'] as const
export const durationKinds = ['seconds', 'milliseconds', 'clock'] as const
export const places = [
  'event',
  'call',
  'from',
  'to',
  'extension',
  'direction',
  'outcome',
  'duration',
  'time',
] as const
export const meanings = {
  events: ['started', 'ringing', 'answered', 'left', 'ended', 'ignored'],
  directions: ['inbound', 'outbound', 'internal'],
  outcomes: ['answered', 'missed', 'busy', 'rejected', 'failed', 'voicemail', 'blocked', 'not-set-up'],
} as const
export type Meanings = keyof typeof meanings

/** What is typed into the form of a phone system that its administrator describes, before it is saved. */
export interface GenericDraft {
  proof: (typeof proofs)[number]
  /** of the header, and what stands there before the secret or the digest */
  name: string
  prefix: string
  algorithm: (typeof algorithms)[number]
  encoding: (typeof encodings)[number]
  user: string
  /** null: ours is used; empty where one is set: it stays */
  ownSecret: string | null
  format: (typeof formats)[number]
  fields: Record<(typeof places)[number], string>
  /** by our word, theirs, with commas between several */
  words: Record<Meanings, Record<string, string>>
  times: (typeof timeKinds)[number]
  zone: string
  durations: (typeof durationKinds)[number]
  address: string
  dial: DialDraft
}

export function genericDraft({ values, secretsSet }: ConnectionSettingsView): GenericDraft {
  const proof = objectIn(values['proof'])
  const times = objectIn(values['times'])
  const fields = objectIn(values['fields'])
  const wordsOf = (list: Meanings) =>
    Object.fromEntries(meanings[list].map((means) => [means, saidFor(values[list], means)]))
  return {
    proof: oneOf(proofs, proof['kind']) ?? 'header',
    name: textIn(proof['name']),
    prefix: textIn(proof['prefix']),
    algorithm: oneOf(algorithms, proof['algorithm']) ?? 'sha256',
    encoding: oneOf(encodings, proof['encoding']) ?? 'hex',
    user: textIn(proof['user']),
    ownSecret: secretsSet.includes('ownSecret') ? '' : null,
    format: oneOf(formats, values['format']) ?? 'json',
    fields: Object.fromEntries(
      places.map((place) => [place, textIn(fields[place])]),
    ) as GenericDraft['fields'],
    words: { events: wordsOf('events'), directions: wordsOf('directions'), outcomes: wordsOf('outcomes') },
    times: oneOf(timeKinds, times['kind']) ?? 'none',
    zone: textIn(times['zone']),
    durations: oneOf(durationKinds, values['durations']) ?? 'seconds',
    address: textIn(values['baseUrl']),
    dial: dialDraft(secretsSet.includes('dial')),
  }
}

/** Everything that can be shown is sent whole; secrets only where they were typed. null forgets. */
export function genericChanges(draft: GenericDraft, loaded: GenericDraft): Record<string, unknown> {
  const address = draft.address.trim()
  const dial = dialChange(draft.dial, loaded.dial, address)
  const secret = draft.ownSecret?.trim() ?? null
  const withTime = draft.times !== 'none'
  const shown = places.filter((place) => place !== 'time' || withTime)
  const filled = shown.flatMap((place) => {
    const text = draft.fields[place].trim()
    return text === '' ? [] : [[place, text]]
  })
  return {
    proof: proofOf(draft),
    ...(secret === loaded.ownSecret || secret === '' ? {} : { ownSecret: secret }),
    format: draft.format,
    fields: Object.fromEntries(filled),
    events: listOf(draft, 'events'),
    directions: listOf(draft, 'directions'),
    outcomes: listOf(draft, 'outcomes'),
    times: withTime ? timesOf(draft) : null,
    durations: draft.durations,
    baseUrl: address === '' ? null : address,
    ...(dial === undefined ? {} : { dial }),
  }
}

function proofOf({ proof, name, prefix, algorithm, encoding, user }: GenericDraft): object {
  const header = { name: name.trim(), ...(prefix === '' ? {} : { prefix }) }
  switch (proof) {
    case 'address':
      return { kind: proof }
    case 'header':
      return { kind: proof, ...header }
    case 'hmac':
      return { kind: proof, ...header, algorithm, encoding }
    case 'basic':
      return { kind: proof, user: user.trim() }
  }
}

const timesOf = ({ times, zone }: GenericDraft): object => ({
  kind: times,
  ...(times === 'date' && zone.trim() !== '' ? { zone: zone.trim() } : {}),
})

function listOf({ words }: GenericDraft, list: Meanings): { says: string; means: string }[] {
  return meanings[list].flatMap((means) =>
    (words[list][means] ?? '')
      .split(',')
      .map((says) => says.trim())
      .filter((says) => says !== '')
      .map((says) => ({ says, means })),
  )
}

function saidFor(list: unknown, means: string): string {
  if (!Array.isArray(list)) return ''
  return list
    .map(objectIn)
    .filter((one) => one['means'] === means)
    .map((one) => textIn(one['says']))
    .join(', ')
}

const textIn = (value: unknown): string => (typeof value === 'string' ? value : '')
const objectIn = (value: unknown): Record<string, unknown> =>
  value !== null && typeof value === 'object' ? (value as Record<string, unknown>) : {}
const oneOf = <Word extends string>(words: readonly Word[], value: unknown): Word | undefined =>
  words.find((word) => word === value)
