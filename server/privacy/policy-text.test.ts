import { describe, expect, it } from 'vitest'
import { type Declaration, declarations } from '../../policy/index.ts'
import { failureOf } from '../failure.ts'
import { subject, wordsOf } from './policy-subject.fixture.ts'
import { policyIn } from './policy-text.ts'
import { expectWords, languages, missingWords } from './words/words.ts'

const [first] = declarations
if (!first) throw new Error('nothing is declared')
const everything = (text: ReturnType<typeof policyIn>) =>
  text.sections.map(({ id }) => wordsOf(text, id)).join('\n')

/** Art. 13 and 14 GDPR: in which section each element stands, and a word by which it is known there. */
const elements: [string, string, Record<(typeof languages)[number], RegExp>][] = [
  [
    '13(1)(a), 14(1)(a) controller, contact, representative',
    'roles',
    { en: /representative/, cs: /zástupce/ },
  ],
  ['13(1)(b), 14(1)(b) data protection officer', 'roles', { en: /protection officer/, cs: /pověřence/ }],
  ['13(1)(c), 14(1)(c) purposes and grounds', 'data', { en: /Art\. 6\(1\)\(b\)/, cs: /čl\. 6 odst\. 1/ }],
  ['13(1)(d), 14(2)(b) the legitimate interest', 'data', { en: /interest in knowing/, cs: /zájem: vědět/ }],
  ['14(1)(d) categories of data', 'data', { en: /telephone numbers/, cs: /telefonní čísla/ }],
  ['13(1)(e), 14(1)(e) recipients', 'recipients', { en: /Pipedrive \(/, cs: /Pipedrive \(/ }],
  ['13(1)(f), 14(1)(f) third countries', 'place', { en: /adequacy/, cs: /odpovídající ochraně/ }],
  ['13(2)(a), 14(2)(a) period', 'data', { en: /for 7 days after/, cs: /7 dní od/ }],
  ['13(2)(b), 14(2)(c) rights', 'rights', { en: /Art\. 15 .*Art\. 20/s, cs: /čl\. 15 .*čl\. 20/s }],
  ['21(4) the right to object, apart from the rest', 'objection', { en: /Art\. 21/, cs: /čl\. 21/ }],
  ['13(2)(c), 14(2)(d) withdrawal of consent', 'consent', { en: /withdraw/, cs: /odvolat/ }],
  ['13(2)(d), 14(2)(e) complaint', 'complaint', { en: /Art\. 77/, cs: /čl\. 77/ }],
  ['13(2)(e) must data be given', 'obligation', { en: /withheld/, cs: /skrytým/ }],
  ['14(2)(f) source', 'data', { en: /publicly accessible/, cs: /veřejně přístupných/ }],
  ['13(2)(f), 14(2)(g) automated decisions', 'decisions', { en: /Art\. 22/, cs: /čl\. 22/ }],
  ['13(3), 14(4) a new purpose', 'purposes', { en: /new purpose/, cs: /Nový účel/ }],
]

describe.each(languages)('the policy (%s)', (language) => {
  const text = policyIn(language, subject)

  it('PD-10 has words of its own for everything declared, and shows no name of a column', () => {
    expect(missingWords(declarations)).toEqual([])
    const shown = everything(text)
    for (const { kind, columns } of declarations) {
      expect(JSON.stringify(text)).toContain(`"kind":"${kind}"`)
      for (const column of Object.keys(columns)) expect(shown).not.toContain(column)
    }
    if (language === 'cs')
      for (const { purposes } of declarations)
        for (const purpose of purposes) expect(shown).not.toContain(purpose)
  })

  it.each(elements)('L-13.1 says %s', (_, section, known) => {
    expect(wordsOf(text, section)).toMatch(known[language])
  })

  it('PD-10 says what it covers, and links the policies of the phone system and the CRM', () => {
    expect(text.title).toMatch(/OptimCall.*Pipedrive/)
    expect(wordsOf(text, 'scope')).toMatch(/OptimCall.*Pipedrive/s)
    expect(wordsOf(text, 'policies')).toContain('https://www.optimcall.cz/integrace/')
    const linked = policyIn(language, {
      ...subject,
      crms: [{ title: 'Pipedrive', policyUrl: 'https://crm.example/privacy' }],
    })
    expect(wordsOf(linked, 'policies')).toContain('https://crm.example/privacy')
  })

  it('names the operator where it has named itself, and otherwise says that it has not', () => {
    const named = wordsOf(text, 'roles')
    expect(named).toContain('Spojka s.r.o.')
    expect(named).toContain('privacy@spojka.example')
    const nobody = policyIn(language, { ...subject, operator: { name: undefined, contact: undefined } })
    expect(wordsOf(nobody, 'roles')).not.toMatch(/undefined|Spojka/)
    expect(wordsOf(nobody, 'roles')).toMatch(language === 'en' ? /not named itself/ : /není uveden/)
  })

  it('PD-9 lists every purpose in use and no other, and denies what none of them is', () => {
    const said = wordsOf(text, 'purposes')
    expect(said).toMatch(/analyti.*marketing.*profil/)
    const used = new Set(declarations.flatMap(({ purposes }) => purposes))
    expect(said.split('\n').filter((line) => /^(to|k|abychom) /.test(line))).toHaveLength(used.size)
    const fewer = declarations.filter(({ purposes }) => !purposes.includes('run the installation'))
    expect(wordsOf(policyIn(language, subject, fewer), 'purposes').length).toBeLessThan(said.length)
  })

  it('writes periods as people say them', () => {
    const kept = (hours: number): string => {
      const changed: Declaration = { ...first, keep: { hours, from: 'arrival' } }
      return wordsOf(policyIn(language, subject, [changed]), 'data')
    }
    const spelled = {
      en: {
        1: '1 hour after',
        12: '12 hours',
        24: '1 day after',
        48: '2 days',
        168: '7 days',
        30: '30 hours',
      },
      cs: { 1: '1 hodinu od', 3: '3 hodiny od', 12: '12 hodin', 24: '1 den', 96: '4 dny', 120: '5 dní' },
    }[language]
    for (const [hours, words] of Object.entries(spelled)) expect(kept(Number(hours))).toContain(words)
    expect(everything(text)).not.toMatch(/\b\d+ h\b|168/)
  })
})

describe('the languages of the policy', () => {
  it('PD-10 say the same: the same sections, and of every kind the same facts', () => {
    const facts = (language: (typeof languages)[number]) =>
      policyIn(language, subject).sections.map(({ id, blocks }) => [
        id,
        blocks.map((block) =>
          'kind' in block
            ? block.kind.facts.map(({ field, items }) => [field, items.map((one) => one.id)])
            : Object.keys(block),
        ),
      ])
    expect(facts('cs')).toEqual(facts('en'))
  })
})

describe('what is declared without words', () => {
  it.each<[string, Partial<Declaration>, string]>([
    ['a kind', { kind: 'moods' }, 'kind moods'],
    ['a column', { columns: { 'calls.mood': 'clear' } }, 'column calls.mood'],
    ['a recipient', { recipients: [{ name: 'Somebody', hosts: ['a.example'] }] }, 'recipient Somebody'],
    ['a ground', { ground: { article: '6(1)(b)', contract: 'a whim' } }, 'ground a whim'],
  ])('PD-10 is refused at the start and never shown in English instead: %s', (_, change, missing) => {
    const without: Declaration = { ...first, ...change }
    expect(missingWords([without])).toEqual([`en: ${missing}`, `cs: ${missing}`])
    for (const language of languages) expect(() => policyIn(language, subject, [without])).toThrow('no words')
    try {
      expectWords([without])
      expect.unreachable()
    } catch (error) {
      expect(failureOf(error)).toMatchObject({ code: 'setting', sentence: expect.stringContaining(missing) })
    }
  })
})
