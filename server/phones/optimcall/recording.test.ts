import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseEvent } from './parse-event.ts'
import { recordingAddress, recordings } from './recording.ts'

const good = '/recording/download?id=6a5f1b09fea66f42e3a991fb&type=mp3'
const foreign = [
  'https://elsewhere.example/recording/download?id=1',
  'http://127.0.0.1/',
  '//elsewhere.example/recording',
  '/\\elsewhere.example/recording',
  '\\\\elsewhere.example\\recording',
  'recording/download?id=1',
  '@elsewhere.example/',
  '.elsewhere.example/',
  ':8443/recording',
  '/recording/../../etc/passwd',
  '/recording/%2e%2e/secret',
  '/recording/%252e%252e/secret',
  '/recording/%5c..%5csecret',
  '/%2f/elsewhere.example/',
  '/recording?next=..',
  '/recording download',
  '/recording\r\nhost: elsewhere.example',
  '/recording\u0000',
  '/recording#part',
  '/recording/%zz',
  '/nahrávka',
  ' /recording',
  `/${'a'.repeat(3_000)}`,
  17,
  { toString: () => good },
]

describe('where a recording lies', () => {
  it('is told as mp3 where there is one, else as wav', () => {
    const wav = good.replace('mp3', 'wav')
    expect(recordingAddress({ recordingUriMp3: good, recordingUriWav: wav })).toBe(good)
    expect(recordingAddress({ recordingUriWav: wav })).toBe(wav)
    expect(recordingAddress({ recordingUriMp3: null, recordingUriWav: '' })).toBeUndefined()
  })

  it.for(foreign)('PD-5 PD-11 is refused when it may lead elsewhere: %j', (address) => {
    expect(recordingAddress({ recordingUriMp3: address, recordingUriWav: good })).toBe('refused')
    const settings = { baseUrl: 'https://acme.optimcall.example', recordings: 'attach' }
    expect(recordings.request(settings, String(address))?.url ?? '').not.toContain('elsewhere')
  })

  it('PD-11 never leads away from the connection’s own address, whatever is told', () => {
    const settings = { baseUrl: 'https://acme.optimcall.example:8443', recordings: 'attach' }
    const pieces = fc.constantFrom(
      '/',
      '\\',
      '.',
      '..',
      '@',
      ':',
      '?',
      '#',
      '%2f',
      '%2e',
      'a',
      'x.example',
      ' ',
    )
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 8 }), (parts) => {
        const address = recordingAddress({ recordingUriMp3: parts.join('') })
        if (address === undefined || address === 'refused') return
        const request = recordings.request(settings, address)
        expect(request && new URL(request.url).origin).toBe('https://acme.optimcall.example:8443')
        expect(request?.host).toBe('acme.optimcall.example:8443')
      }),
      { numRuns: 2_000 },
    )
  })

  it('costs the call nothing when it is refused, and stands in no event', () => {
    const told = (recordingUriMp3: unknown) =>
      parseEvent(
        Buffer.from(
          JSON.stringify({
            name: 'callRecordingReady',
            eventTime: '2026-11-23T09:20:00Z',
            callId: '6a5f1b09fea66f42e3a991fb',
            callType: 'externalInbound',
            startTime: '2026-11-23T09:15:00Z',
            callerNumber: '+442079460123',
            totalLength: 167,
            callOutcome: 'answered',
            recordingUriMp3,
          }),
        ),
        { country: 'CZ' },
      )
    const ready = told(good)
    const refused = told('https://elsewhere.example/')
    expect(ready).toMatchObject({ recordings: [{ call: '6a5f1b09fea66f42e3a991fb', address: good }] })
    expect(refused).toMatchObject({ refusedAddresses: 1 })
    expect(refused).not.toHaveProperty('recordings')
    const events = (received: object) => JSON.stringify('events' in received ? received.events : undefined)
    expect(events(refused)).toBe(events(ready))
    expect(events(ready)).not.toContain('recording/download')
    // The recording is ready some time after the end: the end follows from what the call lasted.
    expect(ready).toMatchObject({ events: [{ at: Date.parse('2026-11-23T09:17:47Z') }] })
  })

  it('is asked for with what the administrator said proves who asks', () => {
    const settings = { baseUrl: 'https://acme.optimcall.example', recordings: 'attach' }
    const headers = (recordingAccess: object) =>
      recordings.request({ ...settings, recordingAccess }, good)?.headers
    expect(headers({ kind: 'none' })).toEqual({})
    expect(headers({ kind: 'bearer', token: 't' })).toEqual({ authorization: 'Bearer t' })
    expect(headers({ kind: 'basic', user: 'u', password: 'heslo' })).toEqual({
      authorization: `Basic ${Buffer.from('u:heslo').toString('base64')}`,
    })
    expect(headers({ kind: 'header', name: 'X-Key', value: 'v' })).toEqual({ 'x-key': 'v' })
    expect(recordings.request({ recordings: 'attach' }, good)).toBeUndefined()
    for (const name of ['Host', 'content-length', 'Transfer-Encoding'])
      expect(() => headers({ kind: 'header', name, value: 'v' })).toThrow()
  })

  it('PD-5 is of use to nobody while nobody has chosen', () => {
    expect(recordings.attaches({})).toBe(false)
    expect(recordings.attaches({ recordings: 'leave' })).toBe(false)
    expect(recordings.attaches({ recordings: 'attach' })).toBe(true)
  })
})
