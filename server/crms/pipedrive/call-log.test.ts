import { describe, expect, it } from 'vitest'
import type { PhoneNumber } from '../../contacts/numbers.ts'
import { parseE164 } from '../../contacts/numbers.ts'
import { failureOf } from '../../failure.ts'
import type { CallToWrite } from '../contract.ts'
import { callLogBody, noteHtml } from './call-log.ts'

function e164(text: string): PhoneNumber {
  const number = parseE164(text)
  if (number === undefined) throw new Error(`${text} is not E.164`)
  return { kind: 'e164', e164: number, country: undefined }
}

const call: CallToWrite = {
  marker: 'RF-7K2Q',
  direction: 'inbound',
  from: e164('+442079460123'),
  to: e164('+420222333444'),
  startedAt: new Date('2026-11-23T06:01:00.900Z'),
  endedAt: new Date('2026-11-23T06:04:03.100Z'),
  talkSeconds: 172.4,
  outcome: 'answered',
  subject: 'Inbound call from +44 20 7946 0123',
  note: 'Answered by Anna',
  words: '',
  result: undefined,
  ownerExternalId: '101',
  personExternalId: '8',
}
const anna = { userRef: '101' }

describe('a call log', () => {
  it('says what Pipedrive asks for, in its own forms', () => {
    expect(callLogBody(call, anna)).toEqual({
      subject: 'Inbound call from +44 20 7946 0123',
      note: 'Answered by Anna<br>Ref. RF-7K2Q',
      outcome: 'connected',
      duration: '172',
      from_phone_number: '+442079460123',
      to_phone_number: '+420222333444',
      start_time: '2026-11-23 06:01:00',
      end_time: '2026-11-23 06:04:03',
      person_id: 8,
    })
  })

  it.each([
    ['answered', 'connected'],
    ['missed', 'no_answer'],
    ['rejected', 'no_answer'],
    ['failed', 'no_answer'],
    ['busy', 'busy'],
    ['voicemail', 'left_voicemail'],
  ] as const)('%s is written as %s', (outcome, written) => {
    expect(callLogBody({ ...call, outcome }, anna).outcome).toBe(written)
  })

  it.each([
    ['connected', 'connected'],
    ['no-answer', 'no_answer'],
    ['left-message', 'left_message'],
    ['left-voicemail', 'left_voicemail'],
    ['wrong-number', 'wrong_number'],
    ['busy', 'busy'],
  ] as const)('a user’s result %s outweighs what the phone system told, as %s', (result, written) => {
    expect(callLogBody({ ...call, outcome: 'answered', result }, anna).outcome).toBe(written)
  })

  it('names the owner only when it is somebody else', () => {
    expect(callLogBody(call, anna)).not.toHaveProperty('user_id')
    expect(callLogBody({ ...call, ownerExternalId: undefined }, anna)).not.toHaveProperty('user_id')
    expect(callLogBody({ ...call, ownerExternalId: '102' }, anna).user_id).toBe(102)
  })

  it('leaves a withheld or unreadable caller out', () => {
    for (const from of [{ kind: 'withheld' }, { kind: 'malformed' }, undefined] as const) {
      expect(callLogBody({ ...call, from }, anna)).not.toHaveProperty('from_phone_number')
    }
  })

  it('writes extensions and short numbers by their digits', () => {
    const body = callLogBody(
      { ...call, from: { kind: 'extension', digits: '21' }, to: { kind: 'short', digits: '116123' } },
      anna,
    )
    expect([body.from_phone_number, body.to_phone_number]).toEqual(['21', '116123'])
  })

  it('always says what was dialled, because Pipedrive refuses a call log without it', () => {
    expect(callLogBody({ ...call, to: undefined }, anna).to_phone_number).toBe('unknown')
  })

  it('never ends before it starts', () => {
    const body = callLogBody({ ...call, endedAt: new Date('2026-11-23T05:00:00Z'), talkSeconds: -3 }, anna)
    expect([body.start_time, body.end_time, body.duration]).toEqual([
      '2026-11-23 06:01:00',
      '2026-11-23 06:01:00',
      '0',
    ])
  })

  it('refuses an id that cannot be one of Pipedrive', () => {
    let failure: unknown
    try {
      callLogBody({ ...call, personExternalId: '8; drop' }, anna)
    } catch (error) {
      failure = failureOf(error)
    }
    expect(failure).toEqual({ code: 'invalid-input', field: 'personExternalId', rule: 'integer' })
  })
})

describe('the note', () => {
  it('is text, whatever it contains', () => {
    expect(noteHtml('<img src=x onerror="alert(1)"> & \'co\'', 'RF-1')).toBe(
      '&lt;img src=x onerror=&quot;alert(1)&quot;&gt; &amp; &#39;co&#39;<br>Ref. RF-1',
    )
  })

  it('keeps its lines and ends in one short reference', () => {
    expect(noteHtml('First\r\n\r\nSecond\n', 'RF-1')).toBe('First<br>Second<br>Ref. RF-1')
    expect(noteHtml('', 'RF-1')).toBe('Ref. RF-1')
  })
})
