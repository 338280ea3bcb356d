import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { declarations, declareSent, insideFields, runUnder, spelledSent } from '../../policy/index.ts'
import { sentToCrms } from '../crms/crms.ts'
import { mayBeLogged } from '../declared-fields.ts'
import { sentToPhones } from '../phones/phone-systems.ts'
import { bothAllow } from './both-allow.ts'
import { declaredHere } from './declared.ts'
import { fieldsDiff, notYet } from './diff-fields.ts'
import { fieldsHere } from './field-lists.ts'
import { policyDiff, verdictOf } from './policy-diff.ts'

const verdict = (was: readonly string[] | undefined, now: readonly string[] | undefined) =>
  verdictOf(fieldsDiff(was, now))
const lists = fc.option(
  fc.subarray([
    ...insideFields.slice(0, 20),
    ...fieldsHere().filter((one) => one.startsWith('sent to Webex')),
  ]),
  { nil: undefined },
)

describe('GD-9 two lists of fields', () => {
  it('are ordered: more fields allow more, in a log, in a notice and on the way out', () => {
    const more = spelledSent(declareSent('Pipedrive', { 'POST /api/v2/persons': ['birthday'] }))
    expect(verdict(fieldsHere(), [...fieldsHere(), ...more])).toBe('less restrictive')
    expect(verdict([...fieldsHere(), ...more], fieldsHere())).toBe('stricter')
    expect(verdict(fieldsHere(), [...fieldsHere(), 'log userId: id'])).toBe('less restrictive')
    expect(verdict(fieldsHere(), [...fieldsHere(), 'notice person.name: reference'])).toBe('less restrictive')
    // another form is another field
    expect(verdict(['log callId: id'], ['log callId: reference'])).toBe('less restrictive')
  })

  it('allow the same where only counts, words of ours or ids of jobs differ', () => {
    expect(
      verdict(fieldsHere(), [...fieldsHere(), 'log misses: count', 'job tidy', 'job tidy.callId: id']),
    ).toBe('neutral')
  })

  it('and one that is not there allowed every field', () => {
    expect(verdict(undefined, fieldsHere())).toBe('stricter')
    expect(verdict(fieldsHere(), undefined)).toBe('less restrictive')
    expect(verdict(undefined, undefined)).toBe('neutral')
  })

  it('are compared the same way whatever stands in them', () => {
    fc.assert(
      fc.property(lists, lists, lists, (a, b, c) => {
        const allows = (was: typeof a, now: typeof a) => verdict(was, now) !== 'less restrictive'
        expect(verdict(a, a)).toBe('neutral')
        if (allows(a, b) && allows(b, c)) expect(allows(a, c)).toBe(true)
        if (verdict(a, b) === 'stricter') expect(verdict(b, a)).toBe('less restrictive')
      }),
    )
  })

  it('are part of what a version declares', () => {
    const here = { declared: declaredHere(), sections: [] }
    const [left, ...rest] = fieldsHere().filter((one) => one.startsWith('sent to Webex'))
    const fewer = { ...here, declared: declaredHere(undefined, rest) }
    expect(policyDiff(fewer, here).differences).toContainEqual({
      kind: '',
      way: 'less restrictive',
      reason: 'new field',
      what: left,
    })
  })
})

describe('GD-9 what is sent', () => {
  it('goes to recipients that policy/ declares, and is declared for each that we ask', () => {
    const lists = [...sentToCrms, ...sentToPhones]
    const known = new Set(declarations.flatMap(({ recipients }) => recipients.map(({ name }) => name)))
    expect(lists.map(({ recipient }) => recipient).filter((one) => !known.has(one))).toEqual([])
    const asked = declarations.flatMap(({ recipients }) =>
      recipients.flatMap(({ name, hosts }) => (typeof hosts === 'string' ? [] : [name])),
    )
    expect(lists.map(({ recipient }) => recipient)).toEqual(expect.arrayContaining([...new Set(asked)]))
  })
})

describe('OC-9 a program whose files name more fields than the policy in force', () => {
  it('does without them until its date', () => {
    const was = declaredHere(
      undefined,
      fieldsHere().filter((field) => field !== 'log callId: id'),
    )
    const { rules, beyond } = bothAllow(was, [])
    expect([beyond, [...rules.withheld]]).toEqual([[], ['log callId: id']])
    const id = '0198f3c2-7d1e-7000-8000-00000000ac3e'
    expect(mayBeLogged('callId', id)).toBe(true)
    const before = bothAllow(declaredHere(), declaredHere().kinds as never).rules
    try {
      runUnder(rules)
      expect([mayBeLogged('callId', id), mayBeLogged('connectionId', id)]).toEqual([false, true])
    } finally {
      runUnder(before)
    }
    expect(notYet(undefined, fieldsHere())).toEqual([])
  })
})
