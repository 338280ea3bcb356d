import { describe, expect, it } from 'vitest'
import type { WireLog } from './find-written.ts'
import { carriesMarker, isSameCall } from './find-written.ts'
import { aCall } from './stand-in.ts'

const log: WireLog = {
  id: 'CA1',
  activity_id: '7',
  user_id: '101',
  subject: 'Inbound call',
  note: 'Answered by Anna<br>Ref. RF-7K2Q',
  from_phone_number: '+442079460123',
  to_phone_number: '+420222333444',
  start_time: '2026-11-23T06:01:00.000Z',
}
const anna = { userRef: '101' }
const edited = { ...log, note: 'People wrote over it' }

describe('a marker', () => {
  it.each([
    ['Ref. RF-7K2Q', true],
    ['<p>Ref. RF-7K2Q</p>', true],
    ['Ref.&nbsp;RF-7K2Q.', true],
    ['Ref. RF-7K2QX', false],
    ['Ref. XRF-7K2Q', false],
    ['Ref. RF-7K2Q-1', false],
    ['', false],
  ])('in "%s": %s', (note, there) => {
    expect(carriesMarker({ note }, 'RF-7K2Q')).toBe(there)
  })

  it('counts in the subject too', () => {
    expect(carriesMarker({ subject: 'Call (RF-7K2Q)', note: null }, 'RF-7K2Q')).toBe(true)
  })
})

describe('the same call', () => {
  it('is known by its marker, whatever else was changed', () => {
    const changed = { ...log, start_time: '2020-01-01 00:00:00', to_phone_number: 'x', user_id: '9' }
    expect(isSameCall(changed, aCall(), anna)).toBe(true)
  })

  it('is known by time, numbers and user where people edited the note', () => {
    expect(isSameCall(edited, aCall(), anna)).toBe(true)
    expect(isSameCall({ ...edited, note: null, start_time: '2026-11-23 06:01:00' }, aCall(), anna)).toBe(true)
  })

  it.each([
    ['another second', { start_time: '2026-11-23T06:01:01.000Z' }],
    ['another caller', { from_phone_number: '+442079460124' }],
    ['no caller', { from_phone_number: undefined }],
    ['another line', { to_phone_number: '+420222333445' }],
    ['another user', { user_id: '102' }],
    ['no time', { start_time: null }],
    ['a reference to another call', { note: 'Ref. RF-OTHER' }],
  ])('is not one with %s', (_, change) => {
    expect(isSameCall({ ...edited, ...change }, aCall(), anna)).toBe(false)
  })
})
