import { describe, expect, it } from 'vitest'
import { type Declaration, declarations } from '../../policy/index.ts'
import { failureOf } from '../failure.ts'
import { subject, wordsOf } from './policy-subject.fixture.ts'
import { policyIn } from './policy-text.ts'
import { documentLanguages } from './words/languages.ts'
import { expectWords, type Language, languages, missingWords, vocabularies } from './words/words.ts'

const [first] = declarations
if (!first) throw new Error('nothing is declared')
const everything = (text: ReturnType<typeof policyIn>) =>
  text.sections.map(({ id }) => wordsOf(text, id)).join('\n')

/** Words by which a few elements are known; that each is there at all is `missing-elements.test.ts`'s to say. */
const known: [string, string, Record<Language, RegExp>][] = [
  ['grounds', 'data', { en: /Art\. 6\(1\)\(b\)/, cs: /čl\. 6 odst\. 1/ }],
  ['the legitimate interest', 'data', { en: /interest in knowing/, cs: /zájem: vědět/ }],
  ['periods', 'data', { en: /for 7 days after/, cs: /7 dní od/ }],
  ['recipients', 'recipients', { en: /Pipedrive \(.*Estonia/, cs: /Pipedrive \(.*Estonsko/ }],
  ['rights', 'rights', { en: /Art\. 15 .*Art\. 20/s, cs: /čl\. 15 .*čl\. 20/s }],
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

  it.each(known)('says %s', (_, section, said) => {
    expect(wordsOf(text, section)).toMatch(said[language])
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

  it('GD-13 names seat, representative, officer and authority of the operator, or says that there is none', () => {
    const roles = (operator: object) =>
      wordsOf(policyIn(language, { ...subject, operator: { ...subject.operator, ...operator } }), 'roles')
    const prague = { seat: 'Dlouhá 1, 110 00 Praha', country: 'CZ' }
    expect(roles(prague)).toMatch(language === 'en' ? /Praha, Czechia/ : /Praha, Česko/)
    expect(roles(prague)).toMatch(language === 'en' ? /not applicable.*Art\. 27/ : /neuplatní se.*čl\. 27/)
    const abroad = { country: 'CH', representative: 'Zástup s.r.o., Brno', officer: 'dpo@spojka.example' }
    expect(roles(abroad)).toMatch(/Zástup s\.r\.o\., Brno.*dpo@spojka\.example/s)
    expect(roles({ country: 'CH' })).not.toMatch(/27 GDPR|not applicable|neuplatní/)

    const complaint = (operator: object) =>
      wordsOf(policyIn(language, { ...subject, operator: { ...subject.operator, ...operator } }), 'complaint')
    expect(complaint(prague)).toContain('Úřad pro ochranu osobních údajů, https://uoou.gov.cz')
    // There it is the federal state's, which the country does not tell.
    expect(complaint({ country: 'DE' })).not.toContain('DE')
    expect(complaint({ authority: { name: 'LfD', url: 'https://lfd.example' } })).toContain(
      'LfD, https://lfd.example',
    )
    for (const operator of [prague, { country: 'DE' }, {}])
      expect(complaint(operator)).toContain('https://www.edpb.europa.eu/')
  })

  it('names how old backups get, where there are any', () => {
    const ending = (backupDays?: number) => wordsOf(policyIn(language, { ...subject, backupDays }), 'ending')
    expect(ending(30)).toContain(language === 'en' ? 'after 30 days at the latest' : 'nejpozději za 30 dní')
    expect(ending()).toMatch(language === 'en' ? /makes no backups/ : /nevytváří zálohy/)
  })

  it('PD-9 lists every purpose in use and no other, and denies what none of them is', () => {
    const said = wordsOf(text, 'purposes')
    expect(said).toMatch(/analyti.*marketing.*profil/)
    const used = new Set(declarations.flatMap(({ purposes }) => purposes))
    const { purposes } = vocabularies[language]
    const listed = said.split('\n').filter((line) => Object.values<string>(purposes).includes(line))
    expect(listed).toHaveLength(used.size)
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

describe('what is declared without words', () => {
  it.each<[string, Partial<Declaration>, string]>([
    ['a kind', { kind: 'moods' }, 'kind moods'],
    ['a column', { columns: { 'calls.mood': 'clear' } }, 'column calls.mood'],
    ['a recipient', { recipients: [{ name: 'Somebody', hosts: ['a.example'] }] }, 'recipient Somebody'],
    ['a ground', { ground: { article: '6(1)(b)', contract: 'a whim' } }, 'ground a whim'],
  ])('PD-10 is refused at the start and never shown in English instead: %s', (_, change, missing) => {
    const without: Declaration = { ...first, ...change }
    expect(missingWords([without])).toEqual(documentLanguages.map((language) => `${language}: ${missing}`))
    for (const language of documentLanguages)
      expect(() => policyIn(language, subject, [without])).toThrow('no words')
    try {
      expectWords([without])
      expect.unreachable()
    } catch (error) {
      expect(failureOf(error)).toMatchObject({ code: 'setting', sentence: expect.stringContaining(missing) })
    }
  })
})
