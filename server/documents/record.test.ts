import { describe, expect, it } from 'vitest'
import { type Declaration, declarations, type Recipient } from '../../policy/index.ts'
import type { Placed } from '../places/places.ts'
import { operatorSections, organizationSections } from '../privacy/words/record-words.ts'
import { languages } from '../privacy/words/words.ts'
import { type RecordContent, recordChanges, recordVersion } from './record-content.ts'
import type { RecordFacts } from './record-facts.ts'
import { operatorRecord, organizationRecord } from './record-text.ts'

const acme = '11111111-1111-4111-8111-111111111111'
const inUse = new Set(['Pipedrive', 'the connected phone system'])

function facts(kinds: readonly Declaration[] = declarations, more: Partial<RecordFacts> = {}): RecordFacts {
  return {
    operator: { name: 'Spojka s.r.o.', contact: 'privacy@spojka.example' },
    hosting: { name: 'Hostitel a.s.', country: 'CZ' },
    region: 'EU',
    kinds,
    place: (recipient: Recipient): Placed => ({
      recipient,
      country: recipient.country,
      ground: 'in-region',
      transfer: undefined,
    }),
    own: [],
    ...more,
  }
}
const contentOf = (make: (language: 'en' | 'cs') => RecordContent['texts']['en']): RecordContent => ({
  texts: { en: make('en'), cs: make('cs') },
})
const operators = (of: RecordFacts, organizations = [{ id: acme, inUse }]) =>
  contentOf((language) =>
    operatorRecord(language, of, { inUse: new Set(['the mail server']), organizations }),
  )
const organizations = (of: RecordFacts, using: ReadonlySet<string> = inUse) =>
  contentOf((language) => organizationRecord(language, of, { id: acme, name: 'Acme', inUse: using }))

/** Everything a reader sees. */
const read = ({ texts }: RecordContent, language: 'en' | 'cs') => JSON.stringify(texts[language])
const changed = (name: string, change: (kind: Declaration) => Partial<Declaration>) =>
  declarations.map((kind) => (kind.kind === name ? { ...kind, ...change(kind) } : kind))

describe('the record of processing activities', () => {
  it.each(languages)('L-30.1 has every element of Art. 30(1) for the operator and 30(2) (%s)', (language) => {
    const text = operators(facts()).texts[language]
    expect(text.sections.map(({ id }) => id)).toEqual(operatorSections)
    const section = (id: string) => text.sections.find((one) => one.id === id)
    const kinds = (id: string) =>
      section(id)?.blocks.flatMap((block) => ('kind' in block ? [block.kind] : [])) ?? []
    expect(JSON.stringify(section('who'))).toMatch(/Spojka s\.r\.o\..*privacy@spojka\.example/)
    const mine = declarations.filter(({ role }) => role === 'controller').map(({ kind }) => kind)
    expect(
      kinds('as-controller')
        .map(({ kind }) => kind)
        .toSorted(),
    ).toEqual(mine.toSorted())
    for (const { kind, facts: told } of kinds('as-controller')) {
      const fields = told.map(({ field }) => field)
      // purposes, whose and what data, recipients, third countries, until when
      for (const field of ['purposes', 'subjects', 'recipients', 'transfers', 'keep'])
        expect(fields, kind).toContain(field)
      expect(fields.some((field) => ['sealed', 'hashed', 'clear'].includes(field))).toBe(true)
    }
    const [forAcme, ...more] = kinds('as-processor')
    expect(more).toEqual([])
    expect(forAcme?.facts.map(({ field }) => field)).toEqual([
      'categories',
      'data',
      'recipients',
      'transfers',
    ])
    expect(section('measures')).toBeDefined()
  })

  it.each(languages)(
    'L-30.1 is made for an organization of what it is the controller of (%s)',
    (language) => {
      const content = organizations(facts())
      const text = content.texts[language]
      expect(text.sections.map(({ id }) => id)).toEqual(organizationSections)
      const kinds = text.sections.flatMap(({ blocks }) =>
        blocks.flatMap((block) => ('kind' in block ? [block.kind.kind] : [])),
      )
      expect(kinds.toSorted()).toEqual(
        declarations.flatMap(({ role, kind }) => (role === 'processor' ? [kind] : [])).toSorted(),
      )
      expect(read(content, language)).toContain('Acme')
      // Only what is connected receives anything.
      expect(read(content, language)).not.toContain('Webex')
      expect(read(organizations(facts(), new Set([...inUse, 'Webex'])), language)).toContain('Webex')
    },
  )

  it.each([
    [
      'a column',
      changed('dial counts', () => ({ columns: { 'dial_counts.count': 'clear' } })),
      'Counts of calls asked for',
    ],
    [
      'a period',
      changed('sessions', () => ({ keep: { hours: 24, from: 'creation' } })),
      'now “for 1 day after it was created”',
    ],
    [
      'a purpose',
      changed('own numbers', ({ purposes }) => ({ purposes: [...purposes, 'sign in'] })),
      'to sign in',
    ],
    [
      'a kind',
      declarations.filter(({ kind }) => kind !== 'breach record'),
      'No longer in the record: Record of breaches of the protection of personal data',
    ],
    [
      'a recipient',
      changed('sessions', () => ({ recipients: [{ name: 'the mail server', hosts: 'mail server' }] })),
      'the operator’s mail server',
    ],
  ] as const)(
    'L-30.1 GD-4 changes with %s without anybody editing it, and says how',
    (_what, kinds, says) => {
      const before = [operators(facts()), organizations(facts())] as const
      const after = [operators(facts(kinds)), organizations(facts(kinds))] as const
      const told = before.map((one, at) => recordChanges(one, after[at] as RecordContent))
      expect(told.flatMap(({ en }) => en).join('\n')).toContain(says)
      for (const [at, { en, cs }] of told.entries()) {
        const isOther =
          recordVersion(before[at] as RecordContent) !== recordVersion(after[at] as RecordContent)
        expect([en.length > 0, cs.length > 0]).toEqual([isOther, isOther])
      }
    },
  )

  it('L-30.1 changes with an organization, with what it connects, and with a ground for a transfer', () => {
    const now = operators(facts())
    const two = operators(facts(), [
      { id: acme, inUse },
      { id: '22222222-2222-4222-8222-222222222222', inUse },
    ])
    expect(recordChanges(now, two).en).toContain('New in the record: Organization 22222222.')
    expect(recordChanges(two, now).cs).toContain('V záznamech už není: Organizace 22222222.')
    const connected = operators(facts(), [{ id: acme, inUse: new Set([...inUse, 'Webex']) }])
    expect(recordChanges(now, connected).en.join()).toMatch(/Organization 11111111 – recipients: new “Webex/)

    const abroad = facts(declarations, {
      place: (recipient) => ({
        recipient,
        country: 'CH',
        ground: 'adequacy',
        transfer: { id: 'x', document: 'Decision 2000/518/EC', dated: '2026-01-05' } as Placed['transfer'],
      }),
    })
    const said = read(operators(abroad), 'en')
    expect(said).toContain(
      'Switzerland, on an adequacy decision (Art. 45 GDPR): Decision 2000/518/EC, 2026-01-05',
    )
    expect(recordChanges(now, operators(abroad)).cs.join()).toContain('třetí země')
  })

  it('is the same, whatever the order of the declarations', () => {
    expect(recordVersion(operators(facts(declarations.toReversed())))).toBe(recordVersion(operators(facts())))
  })

  it('GD-1 has own paragraphs as they were written, and marks those in another language', () => {
    const own = [{ document: 'record' as const, place: 'who', texts: { cs: 'Pověřenec: Karel Čapek.' } }]
    const content = operators(facts(declarations, { own }))
    const added = (language: 'en' | 'cs') =>
      content.texts[language].sections[0]?.blocks.filter((block) => 'own' in block)
    expect(added('cs')).toEqual([{ own: { by: 'Spojka s.r.o.', text: 'Pověřenec: Karel Čapek.' } }])
    expect(added('en')).toEqual([
      { own: { by: 'Spojka s.r.o.', text: 'Pověřenec: Karel Čapek.', language: 'cs' } },
    ])
    expect(recordChanges(operators(facts()), content).en).toEqual([
      'Worded differently: “Whose record this is”.',
    ])
  })
})
