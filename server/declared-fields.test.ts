import { describe, expect, it } from 'vitest'
import { forms, insideFields, type JobPayload, type Notice, type Personal } from '../policy/index.ts'
import { undeclaredInJob, undeclaredInNotice } from './declared-fields.ts'
import { tellsOfSomebody } from './privacy/diff-fields.ts'

const id = '0198f3c2-7d1e-7000-8000-00000000ac3e'

describe('GD-9 what a job or a notice may carry', () => {
  it('is what is declared for it', () => {
    expect(undeclaredInJob('write-call', { organizationId: id, callId: id })).toEqual([])
    expect(undeclaredInJob('rewrite', {})).toEqual([])
    expect(
      undeclaredInNotice({ about: 'call', organizationId: id, callId: id, version: 2 } as Notice),
    ).toEqual([])
    expect(undeclaredInNotice({ about: 'hooks' })).toEqual([])
  })

  it.each<[string, object, string[]]>([
    ['write-call', { organizationId: id, callId: '+442079460123' }, ['callId']],
    ['write-call', { organizationId: id, callId: id, number: id }, ['number']],
    ['write-call', { organizationId: id }, ['callId']],
    ['write-call', { organizationId: id, callId: [id] }, ['callId']],
    ['call-ada', {}, ['call-ada']],
    ['rewrite', { organizationId: undefined }, ['organizationId']],
  ])('and nothing else: %s with %j', (task, payload, wrong) => {
    expect(undeclaredInJob(task, payload)).toEqual(wrong)
  })

  it.each<[string, object, string[]]>([
    ['call', { organizationId: id, callId: id, version: '2' }, ['version']],
    ['person', { organizationId: id, connectionId: id, externalId: 'Ada Lovelace' }, ['externalId']],
    ['person', { organizationId: id, connectionId: id, externalId: '+442079460123' }, ['externalId']],
    ['hooks', { organizationId: id }, ['organizationId']],
    ['Ada', {}, ['Ada']],
  ])('nor in a notice: %s with %j', (about, told, wrong) => {
    expect(undeclaredInNotice({ about, ...told })).toEqual(wrong)
  })
})

describe('a form', () => {
  it.each([
    '+442079460123',
    'Ada Lovelace',
    'ada@acme.example',
    'He said: "later"',
    '020 7946 0123',
    'Žofie',
  ])('has no room for %s', (value) => {
    expect(Object.entries(forms).filter(([, fits]) => fits(value) || fits([value]))).toEqual([])
  })
})

describe('digits that somebody could be called at', () => {
  it('fit where a hash or a CRM’s id may be of digits alone, and nowhere else', () => {
    const fitting = Object.entries(forms).filter(([, fits]) => fits('442079460123') || fits(['442079460123']))
    expect(fitting.map(([name]) => name)).toEqual(['version', 'reference'])
  })
})

describe('a declared field', () => {
  it('stands in the list once, and is told of where it may tell of somebody', () => {
    expect(new Set(insideFields).size).toBe(insideFields.length)
    expect(insideFields.filter(tellsOfSomebody)).toEqual([
      ...['organizationId', 'connectionId', 'callId', 'installationId', 'accessId', 'followUpId', 'id'].map(
        (name) => `log ${name}: id`,
      ),
      'notice person.externalId: reference',
      ...insideFields.filter((field) => field.startsWith('mail ')),
    ])
    expect(insideFields).toContain('mail breach notice.text: text')
  })
})

describe('the types of jobs and notices', () => {
  it('GD-9 take nothing that is personal or undeclared: each of these lines does not compile', () => {
    const refused = (text: string, personal: Personal<string>) => {
      const job: JobPayload<'write-call'> = { organizationId: text, callId: text }
      // @ts-expect-error personal
      const name: JobPayload<'write-call'> = { organizationId: text, callId: personal }
      // @ts-expect-error not declared
      const more: JobPayload<'write-call'> = { organizationId: text, callId: text, number: text }
      // @ts-expect-error left out
      const less: JobPayload<'write-call'> = { organizationId: text }
      // @ts-expect-error personal
      const told: Notice = { about: 'person', organizationId: text, connectionId: text, externalId: personal }
      // @ts-expect-error not declared
      const unknown: Notice = { about: 'hooks', organizationId: text }
      return [job, name, more, less, told, unknown]
    }
    expect(refused).toBeTypeOf('function') // the compiler has done the work
  })
})
