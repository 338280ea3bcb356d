import { describe, expect, it } from 'vitest'
import { declarations } from '../../policy/index.ts'
import { elements, missingElements, wordsFor } from './missing-elements.ts'
import { chosenIn, noticeOf } from './notice-of.ts'
import { currentPolicy } from './policy-content.ts'
import { prose } from './policy-html.ts'
import { policyPage } from './policy-page.ts'
import { everyApp, wordsOf } from './policy-subject.fixture.ts'
import type { PolicyText } from './policy-text.ts'
import { documentLanguages } from './words/languages.ts'
import { elementIds, sectionIds } from './words/policy-words.ts'
import { missingWords, vocabularies } from './words/words.ts'

const content = currentPolicy(everyApp())
const apps = content.apps ?? []
const names = [undefined, 'pipedrive', 'bitrix24', ...apps.map(({ id }) => id)]
const textIn = (language: (typeof documentLanguages)[number]): PolicyText => {
  const text = content.texts[language]
  if (!text) throw new Error(`nothing in ${language}`)
  return text
}
const noticeIn = (language: (typeof documentLanguages)[number], name: string | undefined): PolicyText => {
  const choice = chosenIn(content, name)
  return choice ? noticeOf(textIn(language), choice) : textIn(language)
}
const kindsIn = ({ sections }: PolicyText) =>
  sections.flatMap(({ blocks }) => blocks).flatMap((block) => ('kind' in block ? [block.kind] : []))

/** Nothing of each section but its ids: what stands where. */
const shapeOf = ({ titles = {}, sections }: PolicyText): Record<string, string> =>
  Object.fromEntries([
    ['titles', Object.keys(titles).join()],
    ...sections.map(({ id, blocks }) => [
      id,
      JSON.stringify(blocks, (key, value: unknown) => (/^(text|name|url)$/.test(key) ? '' : value)),
    ]),
  ])

describe.each(documentLanguages)('every notice (%s)', (language) => {
  it('L-12.1 has every section, with words of this language', () => {
    expect(missingWords(declarations)).toEqual([])
    expect(textIn(language).sections.map(({ id }) => id)).toEqual([...sectionIds])
    for (const { id, heading, blocks } of textIn(language).sections) {
      expect(heading.trim()).not.toBe('')
      expect(blocks.length).toBeGreaterThan(0)
      expect(wordsOf(textIn(language), id)).not.toMatch(/undefined|^\s*$/)
    }
    const [shape, english] = [shapeOf(textIn(language)), shapeOf(textIn('en'))]
    for (const [id, standing] of Object.entries(english)) expect(shape[id] === standing, id).toBe(true)
  })

  it('L-12.1 leaves nothing in English, nor in another of its languages', () => {
    const sentencesIn = (text: PolicyText) =>
      text.sections.flatMap(({ heading, blocks }) => [
        heading,
        ...blocks.flatMap((block) =>
          'text' in block ? [block.text] : 'kind' in block ? [block.kind.name] : [],
        ),
      ])
    for (const other of documentLanguages.filter((one) => one !== language)) {
      for (const list of ['columns', 'grounds', 'purposes', 'subjects', 'ends', 'whiles', 'keys'] as const)
        for (const [key, word] of Object.entries<string>(vocabularies[language][list]))
          expect(word, `${other} ${key}`).not.toBe((vocabularies[other][list] as Record<string, string>)[key])
      const elsewhere = new Set(sentencesIn(textIn(other)))
      expect(sentencesIn(textIn(language)).filter((one) => elsewhere.has(one))).toEqual([])
    }
  })

  it.each(names)('L-13.1 says every element of Art. 13 and 14, or that it does not apply: %s', (name) => {
    const text = noticeIn(language, name)
    expect(missingElements(text)).toEqual([])
    const html = policyPage({
      language,
      shown: {
        ...content,
        version: 'v',
        state: 'in force',
        effectiveAt: new Date(0),
        announcedAt: undefined,
        verdict: undefined,
        approval: undefined,
        ...noLines,
      },
      versions: [],
      byVersion: false,
      choice: chosenIn(content, name),
    })
    for (const id of elementIds)
      for (const words of wordsFor(text, id).flat(2))
        for (const one of words.split('; ')) expect(html).toContain(prose(one))
  })

  it('L-21.3 tells of the right to object in a section of its own', () => {
    const said = wordsFor(textIn(language), 'objection').flat().join()
    expect(said).toMatch(/21/)
    for (const { id } of textIn(language).sections)
      if (id !== 'objection') expect(wordsOf(textIn(language), id)).not.toContain(said)
  })
})

const noLines = { changes: { en: [], cs: [] }, reasons: { en: [], cs: [] } }

describe('the search for what a notice has to say', () => {
  const text = textIn('en')

  it.each(elementIds)('L-13.1 misses it where it is left out: %s', (id) => {
    for (const place of elements[id].places) {
      const without = structuredClone(text)
      for (const section of without.sections) {
        if ('ofEveryKind' in place) {
          // of one kind only, and not of the first
          const [, kind] = section.blocks.flatMap((block) => ('kind' in block ? [block.kind] : []))
          if (kind) kind.facts = kind.facts.filter(({ field }) => !place.ofEveryKind.flat().includes(field))
        } else if ('operatorFact' in place) {
          for (const block of section.blocks)
            if ('facts' in block)
              block.facts = block.facts.filter(({ field }) => field !== place.operatorFact)
        } else if ('right' in place) {
          for (const block of section.blocks)
            if ('items' in block) block.items = block.items.filter((one) => one.id !== place.right)
        } else if (section.id === place.in)
          section.blocks = section.blocks.filter(
            (block) => !('elements' in block && block.elements?.includes(id)),
          )
      }
      expect(missingElements(without).join()).toContain(`${id} (`)
    }
  })

  it('L-13.1 does not take an empty sentence for one', () => {
    const empty = structuredClone(text)
    for (const { blocks } of empty.sections) for (const block of blocks) if ('text' in block) block.text = ' '
    expect(missingElements(empty).length).toBeGreaterThan(5)
  })
})

describe('the notice of one app', () => {
  const recipientsIn = (name: string) => wordsOf(noticeIn('en', name), 'recipients')

  it('PD-10 is there for each phone system with each CRM, and for each CRM', () => {
    const pairs = ['pipedrive', 'bitrix24'].flatMap((crm) =>
      ['optimcall', 'placetel', 'webex', 'generic'].map((phone) => `${phone}-${crm}`),
    )
    expect(apps.map(({ id }) => id).sort()).toEqual(pairs.sort())
    expect(noticeIn('en', 'optimcall-pipedrive').title).toBe(
      'Privacy policy of Ringfence for OptimCall with Pipedrive',
    )
    expect(noticeIn('en', 'bitrix24').title).toBe('Privacy policy of Ringfence for Bitrix24')
    expect(noticeIn('en', 'nobody').title).toBe(textIn('en').title)
  })

  it('PD-10 names those alone who receive something in it', () => {
    expect(recipientsIn('optimcall-pipedrive')).toMatch(/Pipedrive \(/)
    expect(recipientsIn('optimcall-pipedrive')).toMatch(/the connected phone system/)
    expect(recipientsIn('optimcall-pipedrive')).not.toMatch(/Placetel|Webex|Bitrix24/)
    expect(recipientsIn('webex-bitrix24')).toMatch(/Webex.*country not known/)
    expect(recipientsIn('webex-bitrix24')).toMatch(/Bitrix24 portal/)
    expect(recipientsIn('webex-bitrix24')).not.toMatch(/Placetel|Pipedrive|^the connected phone/m)
    expect(recipientsIn('bitrix24')).toMatch(/Placetel/)
    for (const { id } of apps) {
      const named = new Set(recipientsIn(id).split('\n'))
      for (const kind of kindsIn(noticeIn('en', id)))
        for (const { text } of kind.facts.find(({ field }) => field === 'recipients')?.items ?? [])
          if (text !== 'nobody') expect(named).toContain(text)
    }
  })

  it('PD-10 BX-11 tells of no kind of data that it does not process, and of each that it does', () => {
    const kinds = (name: string) => kindsIn(noticeIn('en', name)).map(({ kind }) => kind)
    expect(kinds('webex-bitrix24')).not.toContain('contact mirror')
    expect(kinds('webex-bitrix24')).not.toContain('open deals')
    expect(kinds('webex-bitrix24')).toEqual(expect.arrayContaining(['cards of calls', 'lines', 'portals']))
    expect(kinds('optimcall-pipedrive')).not.toContain('portals')
    expect(kinds('optimcall-pipedrive')).not.toContain('lines')
    expect(kinds('optimcall-pipedrive')).toContain('contact mirror')
    expect(kinds('generic-pipedrive')).not.toContain('recording addresses')
    // Between them they tell of everything, and what all have in common is in each.
    expect(new Set(apps.flatMap(({ id }) => kinds(id)))).toEqual(
      new Set(declarations.map(({ kind }) => kind)),
    )
    for (const { id } of apps)
      expect(kinds(id)).toEqual(expect.arrayContaining(['call journal', 'users', 'sessions']))
  })

  it('PD-10 names no purpose that nothing in it serves', () => {
    const purposes = (name: string) => wordsOf(noticeIn('en', name), 'purposes')
    expect(purposes('optimcall-pipedrive')).toMatch(/missed callers called back/)
    expect(purposes('webex-bitrix24')).not.toMatch(/missed callers called back/)
    expect(wordsOf(noticeIn('en', 'webex-bitrix24'), 'data')).not.toMatch(/missed callers called back/)
    expect(purposes('optimcall-bitrix24')).not.toMatch(/attach the recording/)
    for (const { id } of apps)
      for (const kind of kindsIn(noticeIn('en', id)))
        expect(kind.facts.find(({ field }) => field === 'purposes')?.items.length).toBeGreaterThan(0)
  })

  it('PD-10 says what becomes of recordings in it', () => {
    const recordings = (name: string) => wordsOf(noticeIn('en', name), 'recordings')
    expect(recordings('optimcall-pipedrive')).toMatch(/piece by piece/)
    expect(recordings('optimcall-pipedrive')).not.toMatch(/fetch a copy/)
    expect(recordings('placetel-bitrix24')).toMatch(/fetch a copy/)
    expect(recordings('placetel-bitrix24')).not.toMatch(/piece by piece/)
    expect(recordings('optimcall-bitrix24')).toMatch(/^Not applicable/)
  })
})
