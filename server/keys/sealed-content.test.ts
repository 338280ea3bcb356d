import { describe, expect, it } from 'vitest'
import { inForce, runUnder, sealedField } from '../../policy/index.ts'
import { declaredContent } from './sealed-content.ts'

const at = (table: string, column: string) => ({ table, column })
const note = at('call_notes', 'note_sealed')
const facts = at('calls', 'facts_sealed')
const spool = at('spool', 'request')
const number = { kind: 'e164', e164: '+442079460123', country: 'GB' }
const call = {
  firstArrival: 1,
  knowledge: {
    firstAt: 1,
    facts: { from: { value: number, stage: 1, at: 1 } },
    legs: {
      'a.b': {
        who: { value: { party: { kind: 'extension', digits: '21' }, role: 'callee' }, stage: 1, at: 1 },
      },
    },
  },
}
const sealing = (place: Parameters<typeof declaredContent>[0], value: unknown) =>
  declaredContent(place, JSON.stringify(value))

describe('GD-9 what is sealed', () => {
  it.each<[{ table: string; column: string }, unknown]>([
    [note, { text: 'called back' }],
    [note, { text: '', result: { id: 'r', label: 'Sold', outcome: 'connected' } }],
    [facts, call],
    [at('rules', 'numbers_sealed'), [{ typed: '020 7946 0123', e164: '+442079460123' }]],
    [at('connections', 'own_numbers_sealed'), []],
    [at('live_calls', 'live_sealed'), { cards: { '7': 'open' }, ref: 'x' }],
    [spool, { organizationId: 'o', side: 'phone', events: [{ kind: 'started', facts: { from: number } }] }],
    [at('connections', 'settings_sealed'), { whatever: 'its schema names' }],
  ])('holds what is declared: %j', (place, value) => {
    expect(sealing(place, value)).toBe(JSON.stringify(value))
    expect(declaredContent(place, value as object)).toBe(JSON.stringify(value))
  })

  it.each<[string, { table: string; column: string }, unknown]>([
    ['a name', note, { text: '', mood: 'angry' }],
    ['a name inside another', note, { text: '', result: { id: 'r', by: 'Ada' } }],
    ['an object in place of a text', note, { text: { said: 'Ada' } }],
    ['a text in place of an object', note, { text: '', result: 'Ada' }],
    ['a list', note, { text: ['Ada'] }],
    ['a text that is no JSON', note, 'Ada'],
    ['a fact of a call', facts, { ...call, knowledge: { ...call.knowledge, mood: 1 } }],
    ['a fact of a leg', facts, { ...call, knowledge: { ...call.knowledge, legs: { a: { voice: 'low' } } } }],
    [
      'the e-mail of a user',
      spool,
      { events: [{ kind: 'user-changed', user: { email: 'ada@acme.example' } }] },
    ],
  ])('holds no more: not %s', (_, place, value) => {
    expect(() => sealing(place, value)).toThrow(
      expect.objectContaining({
        failure: { code: 'undeclared', what: `${place.table}.${place.column}` },
      }),
    )
  })

  it('holds one text where one is declared, and no object in its place', () => {
    const name = at('persons', 'name_sealed')
    expect(declaredContent(name, 'Ada Lovelace')).toBe('Ada Lovelace')
    expect(() => declaredContent(name, { name: 'Ada Lovelace', born: '1815-12-10' })).toThrow(
      expect.objectContaining({ failure: { code: 'undeclared', what: 'persons.name_sealed' } }),
    )
  })

  it('OC-9 is without a value that the policy in force does not name yet', () => {
    const rules = inForce()
    try {
      runUnder({ ...rules, withheld: new Set([sealedField('call_notes.note_sealed', 'result.label')]) })
      expect(sealing(note, { text: 'x', result: { id: 'r', label: 'Sold' } })).toBe(
        JSON.stringify({ text: 'x', result: { id: 'r' } }),
      )
    } finally {
      runUnder(rules)
    }
  })
})
