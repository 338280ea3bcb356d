import { describe, expect, it } from 'vitest'
import { type Declaration, declarations, type Recipient } from '../../policy/index.ts'
import type { Placed } from '../places/places.ts'
import { changesIn } from '../privacy/policy-changes.ts'
import { linesOf } from '../privacy/policy-lines.ts'
import type { PolicyText } from '../privacy/policy-text.ts'
import { type DocumentLanguage, documentLanguages } from '../privacy/words/languages.ts'
import { operatorSections, organizationSections, recordWords } from '../privacy/words/record-words.ts'
import { comparePage } from './compare-page.ts'
import { type RecordContent, recordChanges, recordContent, recordVersion } from './record-content.ts'
import type { RecordFacts } from './record-facts.ts'
import { operatorRecord, organizationRecord } from './record-text.ts'

const acme = '11111111-1111-4111-8111-111111111111'
const inUse = new Set(['Pipedrive', 'the connected phone system'])

function facts(kinds: readonly Declaration[] = declarations, more: Partial<RecordFacts> = {}): RecordFacts {
  return {
    operator: { name: 'Spojka s.r.o.', contact: 'privacy@spojka.example' },
    hosting: { name: 'Hostitel a.s.', country: 'CZ' },
    region: 'EU',
    backupDays: 30,
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
const contentOf = (make: (language: DocumentLanguage) => PolicyText) => {
  const made = documentLanguages.map((language) => [language, make(language)] as const)
  return { texts: Object.fromEntries(made) as Record<DocumentLanguage, PolicyText> }
}
const operators = (of: RecordFacts, organizations = [{ id: acme, inUse }]) =>
  contentOf((language) =>
    operatorRecord(language, of, { inUse: new Set(['the mail server']), organizations }),
  )
const organizations = (of: RecordFacts, using: ReadonlySet<string> = inUse) =>
  contentOf((language) => organizationRecord(language, of, { id: acme, name: 'Acme', inUse: using }))

/** Everything a reader sees. */
const read = ({ texts }: RecordContent, language: DocumentLanguage) => JSON.stringify(texts[language])
const changed = (name: string, change: (kind: Declaration) => Partial<Declaration>) =>
  declarations.map((kind) => (kind.kind === name ? { ...kind, ...change(kind) } : kind))

describe('the record of processing activities', () => {
  it.each(documentLanguages)(
    'L-30.1 has every element of Art. 30(1) for the operator and 30(2) (%s)',
    (language) => {
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
      // A contract, Art. 45 or 46, and never the second subparagraph of Art. 49(1); erased data is in backups a while.
      expect(JSON.stringify(section('transfers'))).toMatch(/45.*46.*49/)
      expect(JSON.stringify(section('as-controller'))).toMatch(/\b30 \p{L}+/u)
    },
  )

  it.each(documentLanguages)(
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
      for (const [at, changes] of told.entries()) {
        const isOther =
          recordVersion(before[at] as RecordContent) !== recordVersion(after[at] as RecordContent)
        for (const language of documentLanguages)
          expect((changes[language]?.length ?? 0) > 0, language).toBe(isOther)
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
    expect(recordChanges(now, connected).en.join()).toMatch(
      /Organization 11111111 – recipients: new “Webex –/,
    )

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
      'Switzerland, on an adequacy decision (Art. 45 GDPR): Decision 2000/518/EC, 5 January 2026',
    )
    expect(recordChanges(now, operators(abroad)).cs.join()).toContain('třetí země')
  })

  it('is the same, whatever the order of the declarations', () => {
    expect(recordVersion(operators(facts(declarations.toReversed())))).toBe(recordVersion(operators(facts())))
  })

  it('GD-1 has own paragraphs as they were written, and marks those in another language', () => {
    const own = [{ document: 'record' as const, place: 'who', texts: { cs: 'Pověřenec: Karel Čapek.' } }]
    const content = operators(facts(declarations, { own }))
    const added = (language: DocumentLanguage) =>
      content.texts[language].sections[0]?.blocks.filter((block) => 'own' in block)
    expect(added('cs')).toEqual([{ own: { by: 'Spojka s.r.o.', text: 'Pověřenec: Karel Čapek.' } }])
    expect(added('en')).toEqual([
      { own: { by: 'Spojka s.r.o.', text: 'Pověřenec: Karel Čapek.', language: 'cs' } },
    ])
    expect(recordChanges(operators(facts()), content).en).toEqual([
      'Worded differently: “Whose record this is”.',
    ])
  })

  it('L-30.1 says of each element that is not there that it is not, in every language', () => {
    const said = { name: 'Spojka s.r.o.', contact: 'privacy@spojka.example' }
    const who = (operator: RecordFacts['operator'], language: DocumentLanguage) =>
      operators(facts(declarations, { operator })).texts[language].sections[0]?.blocks
    for (const language of documentLanguages) {
      const [plain, within, named] = [
        who(said, language),
        who({ ...said, country: 'CZ' }, language),
        who({ ...said, country: 'US', representative: 'Zástup a.s.', officer: 'Petr Svoboda' }, language),
      ]
      // operator, representative, officer, joint controller: each has its sentence, whatever there is
      for (const blocks of [plain, within, named]) expect(blocks).toHaveLength(4)
      expect(new Set([plain, within, named].map((blocks) => JSON.stringify(blocks?.[1]))).size).toBe(3)
      expect(JSON.stringify(named)).toMatch(/Zástup a\.s\..*Petr Svoboda/)
      expect(read(operators(facts(declarations, { backupDays: 0 })), language)).not.toContain('30 d')
    }
  })

  it('L-30.1 reads what was approved in fewer languages, and tells which are new', () => {
    const now = operators(facts())
    const { en, cs } = now.texts
    const older = recordContent.parse({ texts: { en, cs } })
    expect(recordVersion(recordContent.parse(JSON.parse(JSON.stringify(older))))).toBe(recordVersion(older))
    const told = recordChanges(older, now)
    expect(told.en).toEqual(['New languages: Deutsch, Slovenščina, Norsk bokmål and Română.'])
    expect(told.ro).toHaveLength(1)
    expect(recordChanges(now, older)).not.toHaveProperty('de')
  })

  it('L-30.1 has no words in it that nobody but the program uses', () => {
    for (const language of documentLanguages) {
      const text = [operators(facts()), organizations(facts())]
        .flatMap(({ texts }) => texts[language].sections)
        .flatMap(({ heading, blocks }) => [heading, ...blocks.flatMap((block) => linesOf(block, language))])
        .join('\n')
      // tables and columns, names of settings, objects that were turned into text
      expect(text).not.toMatch(/\b[a-z]+_[a-z_]+\b|RINGFENCE_|undefined|\[object|\bnull\b/)
    }
  })
})

describe('the differences between two versions of a record', () => {
  const page = (before: RecordContent, after: RecordContent, language: DocumentLanguage) =>
    comparePage({
      language,
      languages: documentLanguages,
      title: 'Record',
      path: '/compare',
      versions: [
        { id: 'b', facts: ['Version b'] },
        { id: 'a', facts: ['Version a', 'approved by <Jana>'] },
      ],
      compared: {
        from: { id: 'a', facts: ['Version a', 'approved by <Jana>'] },
        to: { id: 'b', facts: ['Version b'] },
        parts: [{ changes: changesIn(language, before, after, (one) => recordWords[one].changes) }],
      },
    })

  it('L-P.4 stand on a page by what was added, removed and changed, with the words that were and are', () => {
    const was = operators(
      facts(changed('own numbers', ({ purposes }) => ({ purposes: [...purposes, 'sign in'] }))),
    )
    const is = operators(
      facts(
        changed('sessions', () => ({ keep: { hours: 24, from: 'creation' } })),
        { hosting: { name: 'Jiný hostitel', country: 'CZ' } },
      ),
      [],
    )
    const html = page(was, is, 'en')
    const order = ['>Removed (', '>Changed (', 'until now “']
    expect(order.map((one) => html.indexOf(one)).every((at, n, all) => at > (all[n - 1] ?? 0))).toBe(true)
    expect(html).toContain('<del>The servers are provided by Hostitel a.s. (Czechia).</del>')
    expect(html).toContain('<ins>The servers are provided by Jiný hostitel (Czechia).</ins>')
    expect(html).toContain('<option value="a" selected>Version a, approved by &#60;Jana&#62;</option>')
    expect(page(is, is, 'de')).toContain('Beide Fassungen sagen dasselbe.')
    for (const language of documentLanguages)
      expect(page(was, is, language)).toContain(`lang=${language}&#38;`)
  })
})
