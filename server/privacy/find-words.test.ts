import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { WordFinder } from './find-words.ts'

const surroundings = (text: Buffer) => Buffer.concat([Buffer.alloc(100, 0x80), text, Buffer.alloc(100, 0x80)])
const found = (words: string[], bytes: Buffer) =>
  [...new WordFinder(words).find(bytes)].map(({ word, spelling }) => `${word} as ${spelling}`)

describe('the finder of words', () => {
  it('finds a word in every spelling, wherever base64 begins', () => {
    const word = 'Ada Žofie Nadel'
    const utf16 = Buffer.from(word, 'utf16le')
    expect(found([word], surroundings(Buffer.from(word)))).toEqual([`${word} as UTF-8`])
    expect(found([word], surroundings(utf16))).toContain(`${word} as UTF-16`)
    expect(found([word], surroundings(Buffer.from(utf16).swap16()))).toContain(`${word} as UTF-16`)
    expect(found([word], surroundings(Buffer.from(Buffer.from(word).toString('hex'))))).toEqual([
      `${word} as hexadecimal`,
    ])
    expect(found([word], surroundings(Buffer.from(Buffer.from(word).toString('hex').toUpperCase())))).toEqual(
      [`${word} as hexadecimal`],
    )
    for (const before of ['', 'x', 'xy', 'xyz']) {
      const text = Buffer.from(`${before}${word} and more`).toString('base64')
      expect(found([word], surroundings(Buffer.from(text)))).toEqual([`${word} as base64`])
    }
  })

  it('finds exactly what indexOf finds, for many words that overlap', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 5, maxLength: 8 })
    fc.assert(
      fc.property(
        fc.array(word, { minLength: 1, maxLength: 12 }),
        fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 300 }),
        (words, text) => {
          const bytes = Buffer.from(text)
          const places = new Set(
            [...new WordFinder(words).find(bytes)]
              .filter(({ spelling }) => spelling === 'UTF-8')
              .map(({ offset, word: { length } }) => offset + length),
          )
          const expected = new Set<number>()
          for (const one of words) {
            for (let at = bytes.indexOf(one); at !== -1; at = bytes.indexOf(one, at + 1))
              expected.add(at + one.length)
          }
          expect(places).toEqual(expected)
        },
      ),
    )
  })

  it('finds nothing in a million random bytes', () => {
    expect(found(['+442079460123', '777123456', 'Nadel'], randomBytes(1_000_000))).toEqual([])
  })
})
