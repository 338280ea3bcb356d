import { describe, expect, it } from 'vitest'
import { answering } from '../../policy/calls.ts'
import { isAsTold } from './as-told.ts'
import type { DeclaredKind } from './declared.ts'
import { currentPolicy } from './policy-content.ts'
import { subject } from './policy-subject.fixture.ts'

const content = currentPolicy(subject)
const withKind = (name: string, change: Partial<DeclaredKind>) => ({
  ...content,
  declared: content.declared && {
    ...content.declared,
    kinds: content.declared.kinds.map((kind) => (kind.kind === name ? { ...kind, ...change } : kind)),
  },
})

describe('what a version of the policy declares', () => {
  it('OC-9 is what its text says', () => {
    expect(isAsTold(content)).toBe(true)
  })

  it.each<[string, string, Partial<DeclaredKind>]>([
    ['a longer time', 'call journal', { keep: { hours: 336, from: 'end of the call' } }],
    ['a purpose', 'own numbers', { purposes: ['identify the caller', 'sign in'] }],
    ['a recipient', 'own numbers', { recipients: [{ name: 'Pipedrive', hosts: ['api.pipedrive.com'] }] }],
    ['a host', 'contact mirror', { recipients: [{ name: 'Pipedrive', hosts: ['*.example'] }] }],
    ['an end that is gone', 'users', { ends: ['organization deleted'] }],
    ['a column', 'sessions', { columns: { 'sessions.token_hash': 'hashed', 'sessions.user_id': 'sealed' } }],
    ['whom it is of', 'users', { subjects: ['user', 'caller'] }],
    ['another ground', 'users', { ground: answering }],
    ['another role', 'users', { role: 'controller' }],
    ['another database', 'users', { database: 'control' }],
    ['another key', 'contact mirror', { sealedBy: 'organization' }],
  ])('OC-9 is noticed where it is not: %s', (_, name, change) => {
    expect(isAsTold(withKind(name, change))).toBe(false)
  })

  it('OC-9 is noticed where a kind or a term is not told', () => {
    const { declared } = content
    if (!declared) throw new Error('unreachable: this program declares')
    const [first] = declared.kinds
    const more = [...declared.kinds, { ...first, kind: 'moods' } as DeclaredKind]
    expect(isAsTold({ ...content, declared: { ...declared, kinds: more } })).toBe(false)
    expect(isAsTold({ ...content, declared: { ...declared, kinds: declared.kinds.slice(1) } })).toBe(false)
    expect(
      isAsTold({ ...content, declared: { ...declared, terms: { ...declared.terms, noticeDays: 1 } } }),
    ).toBe(false)
  })
})
