import type { ConnectionSettingsView } from '../../server/http/shapes.ts'
import { type RecordingWays, recordingWays } from './recording-ways.ts'

/** What is typed into the form of a phone system that has an API, before it is saved. */
export interface AskedDraft {
  /** empty: where one is set, it stays */
  apiKey: string
  delivery: 'subscription' | 'portal'
  /** undefined: nobody has chosen, and nothing is preset */
  recordings: RecordingWays | undefined
}

export function askedDraft({ values, secretsSet }: ConnectionSettingsView): AskedDraft {
  const { delivery, recordings } = values
  // Where there is no key yet, one is about to be given, and with it we can do the rest.
  const byHand = delivery === 'portal' || (delivery === undefined && secretsSet.includes('apiKey'))
  return {
    apiKey: '',
    delivery: byHand ? 'portal' : 'subscription',
    recordings: recordingWays.find((known) => known === recordings),
  }
}

/** Only what differs from what was loaded; a phone system without a key has neither a key nor a delivery. */
export function askedChanges(draft: AskedDraft, loaded: AskedDraft): Record<string, unknown> {
  const apiKey = draft.apiKey.trim()
  return {
    ...(apiKey === '' ? {} : { apiKey, delivery: draft.delivery }),
    ...(draft.delivery === loaded.delivery ? {} : { delivery: draft.delivery }),
    ...(draft.recordings === loaded.recordings ? {} : { recordings: draft.recordings ?? null }),
  }
}
