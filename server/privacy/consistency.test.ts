import { describe, expect, it } from 'vitest'
import { type Declaration, declarations } from '../../policy/index.ts'
import { contradictions } from './consistency.ts'

const kind = (name: string): Declaration => {
  const found = declarations.find((declared) => declared.kind === name)
  if (!found) throw new Error(`no kind "${name}"`)
  return found
}
const withChanged = (name: string, change: Partial<Declaration>) =>
  declarations.map((declared) => (declared.kind === name ? { ...declared, ...change } : declared))

describe('the declarations together', () => {
  it('do not contradict each other', () => {
    expect(contradictions()).toEqual([])
  })

  it.each<[string, string, Partial<Declaration>]>([
    ['names no column', 'sessions', { columns: {} }],
    ['seals with no key', 'contact mirror', { sealedBy: 'nothing' }],
    ['has a key but seals nothing', 'sessions', { sealedBy: 'organization' }],
    [
      'does not end when the organization is deleted',
      'contact mirror',
      { ends: ['uninstall by the last user'] },
    ],
    [
      'but does not end at "uninstall by the user"',
      'users',
      { ends: ['uninstall by the last user', 'organization deleted'] },
    ],
    [
      'which go with the subscription, but does not end there',
      'users',
      { ends: ['uninstall by the user', 'organization deleted'] },
    ],
    [
      'which go with the subscription, but does not end there',
      'breach notices',
      { ends: ['organization deleted'] },
    ],
    ['but does not end at "uninstall by the last user"', 'agreements', { ends: ['organization deleted'] }],
    [
      'loses its key at the last uninstall',
      'contact mirror',
      { keep: { while: 'the organization exists' }, ends: ['organization deleted'] },
    ],
    ['is not kept for hours', 'call journal', { keep: { while: 'the organization exists' } }],
    [
      'is not kept for hours from the arrival',
      'calls under way',
      { keep: { hours: 48, from: 'end of the call' } },
    ],
    ['kept for 48 and for 72 hours', 'events waiting', { keep: { hours: 72, from: 'arrival' } }],
    ['declared in two forms', 'calls under way', { columns: { 'calls.facts_sealed': 'clear' } }],
    [
      'personal and not personal',
      'users',
      { columns: { ...kind('users').columns, 'calls.expires_at': 'clear' } },
    ],
    ['declared twice', 'users', { kind: 'own numbers' }],
  ])('are refused where one %s', (says, name, change) => {
    expect(contradictions(withChanged(name, change)).join('; ')).toContain(says)
  })
})
