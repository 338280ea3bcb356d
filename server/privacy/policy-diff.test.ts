import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Declaration, declarations } from '../../policy/index.ts'
import { howOften } from '../../testing/how-often.ts'
import { type Declared, type DeclaredKind, declaredHere } from './declared.ts'
import { nearby, pairs } from './policies.fixture.ts'
import { type Comparable, policyDiff } from './policy-diff.ts'
import { allowsMore } from './processings.fixture.ts'

const here = { declared: declaredHere(), sections: ['rights', 'versions'] }
const comparable = (
  kinds: readonly DeclaredKind[],
  terms = { noticeDays: 30, backupDays: 30 },
): Comparable => ({
  declared: { kinds, terms, notPersonal: [] },
  sections: [],
})
const declaring = (from: readonly Declaration[], more: Partial<Declared> = {}): Comparable => ({
  ...here,
  declared: { ...declaredHere(from), ...more },
})
const changed = (name: string, change: Partial<Declaration>) =>
  declaring(declarations.map((kind) => (kind.kind === name ? { ...kind, ...change } : kind)))

const verdict = (a: readonly DeclaredKind[], b: readonly DeclaredKind[]) =>
  policyDiff(comparable(a), comparable(b)).verdict

describe('whether a version is less restrictive', () => {
  it('OC-9 L-P.4 agrees with trying everything that either version allows', () => {
    const numRuns = howOften(2_000, 20_000)
    const seen = { 'less restrictive': 0, stricter: 0, neutral: 0 }
    fc.assert(
      fc.property(pairs, ([before, after]) => {
        const more = allowsMore({ kinds: before }, { kinds: after })
        const less = !more && allowsMore({ kinds: after }, { kinds: before })
        const expected = more ? 'less restrictive' : less ? 'stricter' : 'neutral'
        seen[expected] += 1
        expect(verdict(before, after)).toBe(expected)
      }),
      { numRuns },
    )
    // Otherwise agreement would say nothing.
    for (const times of Object.values(seen)) expect(times).toBeGreaterThan(numRuns / 20)
  })

  it('OC-9 L-P.4 is an order: reflexive, transitive, and neutral where it holds both ways', () => {
    const atMost = (a: readonly DeclaredKind[], b: readonly DeclaredKind[]) =>
      verdict(a, b) !== 'less restrictive'
    const numRuns = howOften(1_000, 10_000)
    let chains = 0
    fc.assert(
      fc.property(
        pairs.chain(([a, b]) => fc.tuple(fc.constant(a), fc.constant(b), nearby(b))),
        ([a, b, c]) => {
          expect(verdict(a, a)).toBe('neutral')
          expect(verdict(a, b) === 'neutral').toBe(atMost(a, b) && atMost(b, a))
          if (!(atMost(a, b) && atMost(b, c))) return
          chains += 1
          expect(atMost(a, c)).toBe(true)
        },
      ),
      { numRuns },
    )
    expect(chains).toBeGreaterThan(numRuns / 25)
  })

  it.each<[string, Comparable, string]>([
    [
      'a kind that was not there',
      declaring([...declarations, { ...declarations[0], kind: 'moods' } as Declaration]),
      'new kind',
    ],
    ['a purpose', changed('own numbers', { purposes: ['identify the caller', 'sign in'] }), 'new purpose'],
    [
      'a longer time',
      changed('call journal', { keep: { hours: 169, from: 'end of the call' } }),
      'kept longer',
    ],
    ['an end that is gone', changed('users', { ends: ['organization deleted'] }), 'gone end'],
    [
      'the end of the subscription that is gone',
      changed('users', {
        ends: ['uninstall by the user', 'uninstall by the last user', 'organization deleted'],
      }),
      'gone end',
    ],
    ['whom it is of', changed('users', { subjects: ['user', 'caller'] }), 'new subject'],
    [
      'a recipient',
      changed('own numbers', { recipients: [{ name: 'Pipedrive', hosts: ['api.pipedrive.com'] }] }),
      'new recipient',
    ],
    [
      'what is readable now',
      changed('own numbers', { columns: { 'connections.own_numbers_sealed': 'clear' } }),
      'protection lower',
    ],
    ['a database shared with others', changed('users', { database: 'control' }), 'stored with others'],
    ['a key that lives longer', changed('contact mirror', { sealedBy: 'organization' }), 'key lives longer'],
    [
      'another ground',
      changed('call journal', { ground: { article: '6(1)(b)', contract: 'it' } }),
      'other ground',
    ],
    [
      'a shorter notice',
      declaring(declarations, { terms: { noticeDays: 29, backupDays: 30 } }),
      'notice shorter',
    ],
    [
      'backups that are kept longer',
      declaring(declarations, { terms: { noticeDays: 30, backupDays: 31 } }),
      'backups longer',
    ],
    ['a section that is gone', { ...here, sections: ['versions'] }, 'gone section'],
    [
      'what is called personal no more',
      declaring(
        declarations.filter(({ kind }) => kind !== 'own numbers'),
        { notPersonal: ['organization connections.own_numbers_sealed'] },
      ),
      'called not personal',
    ],
    [
      'a field that this program does not know',
      declaring(declarations, { kinds: declarations.map((kind) => ({ ...kind, mood: 'any' })) }),
      'other field',
    ],
  ])('OC-9 it is by %s', (_, after, reason) => {
    const { verdict: said, differences } = policyDiff(here, after)
    expect(said).toBe('less restrictive')
    expect(differences.map((one) => one.reason)).toContain(reason)
    expect(policyDiff(after, here).verdict).not.toBe('neutral')
  })
})
