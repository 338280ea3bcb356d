import { describe, expect, it } from 'vitest'
import { settings } from '../../server/phones/generic/settings.ts'
import { describedSettings } from '../look/fixtures.ts'
import { type GenericDraft, genericChanges, genericDraft } from './generic-draft.ts'

const untouched = genericDraft({ values: {}, secretsSet: [], ownNumbers: [] })
const described: GenericDraft = {
  ...untouched,
  name: ' X-Key ',
  fields: { ...untouched.fields, event: ' event ', call: '/call/id', outcome: 'why' },
  words: {
    ...untouched.words,
    events: { ringing: 'Ring, ALERTING ,', ended: 'Hangup' },
    outcomes: { missed: 'no answer' },
  },
}

describe('the form of a phone system that its administrator describes', () => {
  it('sends what the server takes', () => {
    const sent = genericChanges(described, untouched)
    expect(sent).toEqual({
      proof: { kind: 'header', name: 'X-Key' },
      format: 'json',
      fields: { event: 'event', call: '/call/id', outcome: 'why' },
      events: [
        { says: 'Ring', means: 'ringing' },
        { says: 'ALERTING', means: 'ringing' },
        { says: 'Hangup', means: 'ended' },
      ],
      directions: [],
      outcomes: [{ says: 'no answer', means: 'missed' }],
      times: null,
      durations: 'seconds',
      baseUrl: null,
    })
    const known = Object.entries(sent).filter(([, value]) => value !== null)
    expect(settings.schema.safeParse(Object.fromEntries(known)).error).toBeUndefined()
  })

  it('shows again what was set, and keeps a secret until another is typed or none is wanted', () => {
    const loaded = genericDraft(describedSettings)
    const { values } = describedSettings
    expect(genericChanges(loaded, loaded)).toMatchObject(values)
    expect(genericChanges(loaded, loaded)).not.toHaveProperty('ownSecret')
    const secret = (ownSecret: string | null) => genericChanges({ ...loaded, ownSecret }, loaded)['ownSecret']
    expect([secret('another secret'), secret(null), secret('')]).toEqual(['another secret', null, undefined])
  })
})
