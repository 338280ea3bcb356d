import type { ConnectionSettingsView } from '../../server/http/shapes.ts'
import { type DialDraft, dialChange, dialDraft } from './dial-draft.ts'
import { type RecordingWays, recordingWays } from './recording-ways.ts'

/**
 * What is typed into the form of a phone system, before it is saved. A part of the form has its own field here and its
 * own lines in `draftFrom` and `changesOf`.
 */
export interface PhoneDraft {
  delivery: 'webhook' | 'websocket'
  socketUrl: string
  /** null: none is asked for; empty where one is set: it stays */
  socketToken: string | null
  address: string
  /** undefined: nobody has chosen, and nothing is preset */
  recordings: RecordingWays | undefined
  access: AccessDraft
  dial: DialDraft
}

/** `as set`: there is something, which is never shown again, and it stays. */
export interface AccessDraft {
  kind: 'as set' | 'none' | 'bearer' | 'basic' | 'header'
  token: string
  user: string
  password: string
  name: string
  value: string
}

export function draftFrom({ values, secretsSet }: ConnectionSettingsView): PhoneDraft {
  const { baseUrl, recordings, delivery, socketUrl } = values
  return {
    delivery: delivery === 'websocket' ? 'websocket' : 'webhook',
    socketUrl: typeof socketUrl === 'string' ? socketUrl : '',
    socketToken: secretsSet.includes('socketToken') ? '' : null,
    address: typeof baseUrl === 'string' ? baseUrl : '',
    recordings: recordingWays.find((known) => known === recordings),
    access: {
      kind: secretsSet.includes('recordingAccess') ? 'as set' : 'none',
      token: '',
      user: '',
      password: '',
      name: '',
      value: '',
    },
    dial: dialDraft(secretsSet.includes('dial')),
  }
}

/** Only what differs from what was loaded; null forgets a value. */
export function changesOf(draft: PhoneDraft, loaded: PhoneDraft): Record<string, unknown> {
  const address = draft.address.trim()
  const access = accessValue(draft.access)
  const dial = dialChange(draft.dial, loaded.dial, address)
  return {
    ...deliveryChanges(draft, loaded),
    ...(address === loaded.address ? {} : { baseUrl: address === '' ? null : address }),
    ...(draft.recordings === loaded.recordings ? {} : { recordings: draft.recordings ?? null }),
    ...(draft.access.kind === 'as set' || (access === null && loaded.access.kind === 'none')
      ? {}
      : { recordingAccess: access }),
    ...(dial === undefined ? {} : { dial }),
  }
}

/** What proves who asks; the server keeps each for the host it was given for. */
type Proof = 'recordingAccess' | 'dial' | 'socketToken'

/** What is set, and has to be given anew because its address leads to another host now. */
export function strandedBy(draft: PhoneDraft, loaded: PhoneDraft): ReadonlySet<Proof> {
  const moved = movedFrom(loaded.address, draft.address)
  return new Set<Proof>([
    ...(moved && loaded.access.kind === 'as set' ? (['recordingAccess'] as const) : []),
    ...(moved && loaded.dial.kind === 'as set' ? (['dial'] as const) : []),
    ...(loaded.socketToken !== null && movedFrom(loaded.socketUrl, draft.socketUrl)
      ? (['socketToken'] as const)
      : []),
  ])
}

/** Does an address lead to another host now? */
export function movedFrom(before: string, now: string): boolean {
  const host = (text: string) => (URL.canParse(text.trim()) ? new URL(text.trim()).origin : text.trim())
  return now.trim() !== '' && host(now) !== host(before)
}

function deliveryChanges(draft: PhoneDraft, loaded: PhoneDraft): Record<string, unknown> {
  const socketUrl = draft.socketUrl.trim()
  const token = draft.socketToken?.trim() ?? null
  return {
    ...(draft.delivery === loaded.delivery ? {} : { delivery: draft.delivery }),
    ...(socketUrl === loaded.socketUrl ? {} : { socketUrl: socketUrl === '' ? null : socketUrl }),
    ...(token === loaded.socketToken || token === '' ? {} : { socketToken: token }),
  }
}

function accessValue({ kind, token, user, password, name, value }: AccessDraft): object | null {
  switch (kind) {
    case 'as set':
    case 'none':
      return null
    case 'bearer':
      return { kind, token: token.trim() }
    case 'basic':
      return { kind, user: user.trim(), password }
    case 'header':
      return { kind, name: name.trim(), value: value.trim() }
  }
}
