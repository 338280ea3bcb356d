import { expect, it } from 'vitest'
import { documentLanguages } from './languages.ts'
import { dayIn, momentIn, pageWords } from './page-words.ts'

const at = new Date('2026-11-05T13:30:00Z')

it('writes a day as it stands in a sentence of the language', () => {
  expect(Object.fromEntries(documentLanguages.map((language) => [language, dayIn(language, at)]))).toEqual({
    en: '5 November 2026',
    de: '5. November 2026',
    cs: '5. listopadu 2026',
    sl: '5. novembra 2026',
    nb: '5. november 2026',
    ro: '5 noiembrie 2026',
  })
  expect(momentIn('sl', at)).toMatch(/^5\. novembra 2026.* UTC$/)
  expect(pageWords.sl.inForceSince(dayIn('sl', at))).toBe('velja od 5. novembra 2026')
  expect(pageWords.de.inForceSince(dayIn('de', at))).toBe('in Kraft seit dem 5. November 2026')
})

it('takes the day of whose zone it is', () => {
  expect(dayIn('en', new Date('2026-11-05T23:30:00Z'), 'Europe/Prague')).toBe('6 November 2026')
})
