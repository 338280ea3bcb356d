import { describe, expect, it } from 'vitest'
import { againstOrder, lockedBy } from './lock-order.ts'

describe('the order of locks', () => {
  it.each([
    ['select id from calls where id = $1 for no key update', ['calls']],
    [
      'select 1 from call_deals d join calls c on c.id = d.call_id where d.id = $1 for update of d',
      ['call_deals'],
    ],
    [
      'insert into call_logs (call_id) values ($1) on conflict (call_id) do update set state = 1',
      ['call_logs'],
    ],
    [
      'with gone as (update recordings r set state = $1 returning id) update calls set version = 1',
      ['recordings', 'calls'],
    ],
    ['lock table calls, users in exclusive mode', ['calls', 'users']],
    [
      'delete from calls where ctid = any(array(select ctid from calls for update skip locked))',
      ['calls', 'calls'],
    ],
    [
      'with held as (select id from calls where id in (select id from call_logs) for update) select 1',
      ['calls'],
    ],
    ['select count(*) from call_logs', []],
  ])('is read from %s', (sql, tables) => {
    expect(lockedBy(sql)).toEqual(tables)
  })

  it('is kept by who locks a call before what hangs on it, or one table alone', () => {
    const call = 'select from calls where id = any($1) order by id for no key update'
    const recording = 'update recordings set tries = 1 where id = $1'
    const log = 'update call_logs set tries = 1 where call_id = $1'
    expect(againstOrder([call, recording, log, 'update calls set version = 2'])).toBeUndefined()
    expect(againstOrder([recording, recording])).toBeUndefined()
    expect(againstOrder([recording, 'update calls set version = 2'])).toBe('recordings before calls')
    expect(againstOrder([log, recording])).toBe('call_logs and recordings without calls')
  })
})
