import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Declaration, declarations } from '../../policy/index.ts'
import { howOften } from '../../testing/how-often.ts'
import { bothAllow, effectiveKinds } from './both-allow.ts'
import { type DeclaredKind, declared, declaredHere } from './declared.ts'
import { pairs } from './policies.fixture.ts'
import { allowed, allowsMore, everythingAllowed } from './processings.fixture.ts'

const here = declaredHere()
const terms = { noticeDays: 30, backupDays: 30 }
const changed = (name: string, change: Partial<Declaration>) =>
  declarations.map((kind) => (kind.kind === name ? { ...kind, ...change } : kind))
const one = (name: string) => declarations.find(({ kind }) => kind === name) as Declaration
const runs = (files: readonly Declaration[], name: string) =>
  bothAllow(here, files).rules.kinds.find(({ kind }) => kind === name)

describe('a program whose files allow more than the version in force', () => {
  it('OC-9 L-P.2 does what both allow, nothing else and nothing less, or does not run', () => {
    const numRuns = howOften(500, 5_000)
    let narrowed = 0
    fc.assert(
      fc.property(pairs, ([before, after]) => {
        const files = after as unknown as Declaration[]
        const { rules, beyond } = bothAllow({ kinds: before, terms, notPersonal: [] }, files, {
          notPersonal: [],
        })
        const old = { kinds: before }
        const does = { kinds: effectiveKinds(rules) as DeclaredKind[] }
        expect(allowsMore({ kinds: after }, does)).toBe(false)
        if (beyond.length > 0) return
        expect(allowsMore(old, does)).toBe(false)
        if (allowsMore(old, { kinds: after })) narrowed += 1
        for (const each of everythingAllowed({ kinds: after }))
          if (allowed(old, each)) expect(allowed(does, each)).toBe(true)
      }),
      { numRuns },
    )
    expect(narrowed).toBeGreaterThan(numRuns / 20)
  })

  it('OC-9 goes by its own files where they allow no more', () => {
    expect(bothAllow(here, declarations)).toEqual({
      rules: {
        kinds: declarations,
        inert: { organization: [], control: [] },
        withheld: new Set(),
        backupDays: 30,
      },
      beyond: [],
    })
    const shorter = changed('call journal', { keep: { hours: 24, from: 'end of the call' } })
    expect(bothAllow(here, shorter).rules.kinds).toEqual(shorter)
  })

  it('OC-9 L-P.2 keeps backups no longer than is in force, and makes none where it says nothing of them', () => {
    const days = (backupDays: number) =>
      bothAllow({ ...here, terms: { ...terms, backupDays } }, declarations).rules.backupDays
    expect([days(7), days(90), days(0)]).toEqual([7, 30, 0])
    const { backupDays: _, ...earlier } = terms
    expect(declared.parse({ ...here, terms: earlier }).terms.backupDays).toBe(0)
  })

  it('OC-9 L-P.2 keeps nothing longer, for no further purpose, and tells nobody new', () => {
    const { keep, purposes, recipients, ends } = one('call journal')
    const files = changed('call journal', {
      keep: { hours: 400, from: 'end of the call' },
      purposes: [...purposes, 'sign in'],
      recipients: [...recipients, { name: 'Another', hosts: ['another.example'] }],
      ends: ['organization deleted'],
    })
    expect(runs(files, 'call journal')).toMatchObject({ keep, purposes, recipients })
    expect(runs(files, 'call journal')?.ends.toSorted()).toEqual(ends.toSorted())
  })

  it('OC-9 L-P.2 keeps columns empty that were not declared, whole tables too', () => {
    const moods: Declaration = {
      ...one('own numbers'),
      kind: 'moods',
      columns: { 'moods.of': 'clear', 'calls.mood_sealed': 'sealed' },
    }
    const { rules, beyond } = bothAllow(here, [...declarations, moods])
    expect(beyond).toEqual([])
    expect(rules.inert).toEqual({ organization: ['calls.mood_sealed', 'moods.of'], control: [] })
    expect(effectiveKinds(rules).map(({ kind }) => kind)).not.toContain('moods')
  })

  it.each<[string, readonly Declaration[]]>([
    [
      'what was sealed stands readable',
      changed('own numbers', { columns: { 'connections.own_numbers_sealed': 'clear' } }),
    ],
    ['it rests on another ground', changed('call journal', { ground: one('users').ground })],
    ['it is about other people too', changed('users', { subjects: ['user', 'caller'] })],
    ['a key lives longer', changed('contact mirror', { sealedBy: 'organization' })],
    [
      'files outside a database hold a new kind',
      [...declarations, { ...one('events waiting'), kind: 'more', columns: { 'more.x': 'sealed' } }],
    ],
    ['a column is used for another kind', [...declarations, { ...one('users'), kind: 'more' }]],
  ])('OC-9 must not run yet where %s', (_, files) => {
    expect(bothAllow(here, files).beyond).not.toEqual([])
  })
})
