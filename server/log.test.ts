import { describe, expect, it } from 'vitest'
import { parseE164 } from './contacts/numbers.ts'
import type { OrganizationKeys } from './keys/index.ts'
import { createLog, type Log } from './log.ts'

function lines(say: (log: Log) => void): Record<string, unknown>[] {
  const said: string[] = []
  say(createLog('debug', (line) => said.push(line)))
  return said.map((line) => JSON.parse(line) as Record<string, unknown>)
}
const callId = '0198f3c2-7d1e-7000-8000-00000000ac3e'
const loose = (fields: object) => fields as { callId: string }

describe('a line of the log', () => {
  it('carries the declared fields', () => {
    expect(
      lines((log) => log.info('call-seen', { callId, calls: 2, what: ['keys'], code: 'busy' })),
    ).toMatchObject([{ level: 'info', event: 'call-seen', callId, calls: 2, what: ['keys'], code: 'busy' }])
  })

  it.each<[string, object]>([
    ['nobody declared', { callerName: 'Ada' }],
    ['that holds a name in place of an id', { callId: 'Ada Lovelace' }],
    ['that holds a number in place of a code', { code: '+442079460123' }],
    ['that holds digits in place of a count', { calls: '442079460123' }],
    ['that holds more than its form', { url: 'https://ada:secret@pbx.example/?number=442079460123' }],
    ['that holds an object', { callId: { toString: () => callId } }],
    ['that holds a sentence among codes', { what: ['keys', 'Ada Lovelace called'] }],
    ['that says of itself that something was left out', { refused: 'Ada' }],
  ])('GD-9 goes without a field %s, and says that there was one', (_, fields) => {
    const [line] = lines((log) => log.warn('call-seen', loose({ ...fields, connectionId: callId })))
    expect(line).toEqual({
      time: expect.any(String),
      level: 'warn',
      event: 'call-seen',
      connectionId: callId,
      refused: 1,
    })
  })

  it('GD-9 is called by words of the program only', () => {
    const [line] = lines((log) => log.info('Ada Lovelace called' as 'call-seen'))
    expect(line).toMatchObject({ event: 'event-refused' })
  })

  it('keeps no frame that is the end of a message', () => {
    const error = new Error('no\n    at +442079460123 (Ada:1:2)\n    at Ada Lovelace')
    const [line] = lines((log) => log.failure('defect', error))
    expect(line?.['frames']).not.toEqual([])
    expect(JSON.stringify(line)).not.toMatch(/Ada|4420/)
  })
})

describe('the types of the log', () => {
  it('GD-9 take nothing that is personal, undeclared or put together: each of these lines does not compile', () => {
    const refused = (log: Log, keys: OrganizationKeys, text: string) => {
      const number = parseE164('+442079460123')
      if (!number) return
      const opened = keys.open({ table: 'persons', column: 'name_sealed', row: callId }, Buffer.of())
      log.info('call-seen', { callId: text, calls: 1 })
      // @ts-expect-error a number is personal
      log.info('call-seen', { callId: number })
      // @ts-expect-error and so is what was sealed
      log.info('call-seen', { code: opened })
      // @ts-expect-error also among others
      log.info('call-seen', { what: [opened] })
      // @ts-expect-error a field that is not declared
      log.info('call-seen', { name: text })
      // @ts-expect-error a count is no text
      log.info('call-seen', { calls: text })
      // @ts-expect-error an event is a word of the program
      log.info(text)
      // @ts-expect-error and not a sentence
      log.info('call was seen')
    }
    expect(refused).toBeTypeOf('function') // the compiler has done the work
  })
})
