import { globSync, readFileSync } from 'node:fs'
import type { CompiledMessage } from '@lingui/message-utils/compileMessage'
import { describe, expect, it } from 'vitest'
import { connectionWords } from './connection-words.ts'
import { compileCatalogue } from './vite-plugin.ts'

type Catalogue = Record<string, string>
const read = (language: string): Catalogue =>
  JSON.parse(readFileSync(new URL(`./${language}.json`, import.meta.url), 'utf8'))
const english = read('en')
const czech = read('cs')

/** Every argument of a message, with the way it is written: `count plural`. */
function argumentsOf(message: CompiledMessage): string[] {
  const found = message.flatMap((token) => {
    if (typeof token === 'string') return []
    const [name, type, format] = token
    const inner =
      typeof format === 'object' && format !== null
        ? Object.values(format).filter((part) => Array.isArray(part))
        : []
    return [
      type === undefined ? name : `${name} ${type}`,
      ...inner.flatMap((part) => argumentsOf(part as CompiledMessage)),
    ]
  })
  return [...new Set(found)].sort()
}

/** Plural forms of every plural in a message. */
function pluralForms(message: CompiledMessage): string[][] {
  return message.flatMap((token) => {
    if (typeof token === 'string' || token[1] !== 'plural') return []
    return [Object.keys(token[2] as object).filter((form) => form !== 'offset')]
  })
}

describe('the languages', () => {
  const compiled = { en: compileCatalogue(english), cs: compileCatalogue(czech) }

  it('say the same things', () => {
    expect(Object.keys(czech)).toEqual(Object.keys(english))
  })

  it('need the same arguments', () => {
    const perKey = (catalogue: Record<string, CompiledMessage>) =>
      Object.fromEntries(Object.entries(catalogue).map(([key, message]) => [key, argumentsOf(message)]))
    expect(perKey(compiled.cs)).toEqual(perKey(compiled.en))
  })

  it('leave no message empty', () => {
    for (const message of [...Object.values(english), ...Object.values(czech)])
      expect(message.trim()).not.toBe('')
  })

  it('use every plural form their grammar has', () => {
    for (const [language, needed] of [
      ['en', ['one', 'other']],
      ['cs', ['one', 'few', 'many', 'other']],
    ] as const) {
      const forms = Object.values(compiled[language]).flatMap(pluralForms)
      expect(forms.length).toBeGreaterThan(0)
      for (const form of forms) expect(form).toEqual(expect.arrayContaining([...needed]))
    }
  })

  it('have apart only what only the connections pages say', () => {
    const web = new URL('../', import.meta.url).pathname
    const elsewhere = globSync('**/*.{ts,tsx}', {
      cwd: web,
      exclude: ['connections/**', 'languages/**', 'dist/**'],
    })
    const users = elsewhere.filter((file) => {
      const source = readFileSync(`${web}${file}`, 'utf8')
      return connectionWords.some((beginning) =>
        ["'", '"', '`'].some((quote) => source.includes(quote + beginning)),
      )
    })
    expect(elsewhere.length).toBeGreaterThan(50)
    expect(users).toEqual([])
    for (const beginning of connectionWords)
      expect(Object.keys(english).some((key) => key.startsWith(beginning))).toBe(true)
  })

  it('refuse a message that is not valid, naming it', () => {
    expect(() => compileCatalogue({ broken: '{count, plural, one {#}' })).toThrow('broken')
  })
})
