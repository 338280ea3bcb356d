import { describe, expect, it } from 'vitest'
import { changesOf, draftFrom, type PhoneDraft, strandedBy } from './phone-draft.ts'

const view = (values: Record<string, unknown> = {}, secretsSet: string[] = []) => ({
  values,
  secretsSet,
  ownNumbers: [],
})
const typed = (draft: PhoneDraft, changed: Partial<PhoneDraft>): PhoneDraft => ({ ...draft, ...changed })

describe('the form of a phone system', () => {
  it('PD-5 presets nothing, and saving it untouched changes nothing', () => {
    const fresh = draftFrom(view())
    expect(fresh.recordings).toBeUndefined()
    for (const loaded of [fresh, draftFrom(view({ baseUrl: 'https://a.example' }, ['recordingAccess']))])
      expect(changesOf(loaded, loaded)).toEqual({})
  })

  it('sends what was changed, and null for what was taken out', () => {
    const loaded = draftFrom(view({ baseUrl: 'https://a.example', recordings: 'leave' }))
    expect(changesOf(typed(loaded, { recordings: 'attach' }), loaded)).toEqual({ recordings: 'attach' })
    expect(changesOf(typed(loaded, { address: ' ' }), loaded)).toEqual({ baseUrl: null })
  })

  it('changes who connects to whom, and keeps a token that is set until another is typed or none is asked for', () => {
    const fresh = draftFrom(view())
    expect(
      changesOf(
        typed(fresh, { delivery: 'websocket', socketUrl: ' wss://a.example/ens ', socketToken: ' t ' }),
        fresh,
      ),
    ).toEqual({ delivery: 'websocket', socketUrl: 'wss://a.example/ens', socketToken: 't' })
    const loaded = draftFrom(
      view({ delivery: 'websocket', socketUrl: 'wss://a.example/ens' }, ['socketToken']),
    )
    expect(changesOf(typed(loaded, { delivery: 'webhook' }), loaded)).toEqual({ delivery: 'webhook' })
    expect(changesOf(typed(loaded, { socketToken: null }), loaded)).toEqual({ socketToken: null })
    expect(changesOf(typed(loaded, { socketToken: 'other' }), loaded)).toEqual({ socketToken: 'other' })
  })

  it('PD-6 sends the command as it was typed, below the address, and forgets it when calls are to be links', () => {
    const fresh = draftFrom(view({ baseUrl: 'https://a.example' }))
    const dial = (changed: Partial<PhoneDraft['dial']>, loaded = fresh) =>
      changesOf(typed(loaded, { dial: { ...loaded.dial, ...changed } }), loaded)
    expect(fresh.dial.kind).toBe('off')
    expect(
      dial({
        kind: 'command',
        path: ' https://a.example/api?to={{number}}',
        headers: 'Authorization: Bearer a:b\n\n X-Phone :{{extension}} ',
        body: '{"n":"{{number}}"}',
        field: 'name',
        equals: 'ok',
      }),
    ).toEqual({
      dial: {
        method: 'POST',
        path: '/api?to={{number}}',
        headers: [
          { name: 'Authorization', value: 'Bearer a:b' },
          { name: 'X-Phone', value: '{{extension}}' },
        ],
        body: '{"n":"{{number}}"}',
        success: { field: 'name', equals: 'ok' },
      },
    })
    expect(dial({ kind: 'command', method: 'GET', path: '/a', body: '{}' })).toEqual({
      dial: { method: 'GET', path: '/a', headers: [] },
    })
    const set = draftFrom(view({}, ['dial']))
    expect(dial({}, set)).toEqual({})
    expect(dial({ kind: 'off' }, set)).toEqual({ dial: null })
  })

  it('PD-11 asks anew for what is set, where its address leads to another host', () => {
    const secrets = ['recordingAccess', 'socketToken', 'dial']
    const set = draftFrom(view({ baseUrl: 'https://a.example', socketUrl: 'wss://a.example/ens' }, secrets))
    const asks = (changed: Partial<PhoneDraft>, loaded = set) => [
      ...strandedBy(typed(loaded, changed), loaded),
    ]
    expect(asks({})).toEqual([])
    expect(asks({ address: 'https://A.example/', socketUrl: 'wss://a.example/v2' })).toEqual([])
    expect(asks({ address: '', socketUrl: '' })).toEqual([])
    expect(asks({ address: 'https://a.example:444' })).toEqual(['recordingAccess', 'dial'])
    expect(asks({ socketUrl: 'wss://b.example/ens' })).toEqual(['socketToken'])
    expect(asks({ address: 'https://b.example' }, draftFrom(view({})))).toEqual([])
  })

  it('keeps credentials that are set until others are typed or they are taken out', () => {
    const loaded = draftFrom(view({}, ['recordingAccess']))
    const access = (changed: Partial<PhoneDraft['access']>) =>
      changesOf(typed(loaded, { access: { ...loaded.access, ...changed } }), loaded)
    expect(access({})).toEqual({})
    expect(access({ kind: 'none' })).toEqual({ recordingAccess: null })
    expect(access({ kind: 'bearer', token: ' t ' })).toEqual({
      recordingAccess: { kind: 'bearer', token: 't' },
    })
    expect(access({ kind: 'basic', user: 'u', password: ' p' })).toEqual({
      recordingAccess: { kind: 'basic', user: 'u', password: ' p' },
    })
    expect(access({ kind: 'header', name: 'X-Key', value: 'v' })).toEqual({
      recordingAccess: { kind: 'header', name: 'X-Key', value: 'v' },
    })
  })
})
