import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { amendedNote } from './amend-note.ts'
import { noteHtml } from './call-log.ts'

const facts = 'Answered by Anna. Talked 3 min.'
const html = (words: string) => noteHtml(facts, 'RF-7K2Q', words)

describe('the words of users in a note', () => {
  it('are replaced where they stand as we wrote them, and nothing around them moves', () => {
    expect(amendedNote(html('wants blue'), 'wants red\nand soon', ['wants blue'])).toBe(
      'Answered by Anna. Talked 3 min.<br>wants red<br>and soon<br>Ref. RF-7K2Q',
    )
  })

  it.each([
    ['paragraphs', '<p>wants blue</p><p>on Monday</p><p>theirs</p>'],
    ['other entities and blanks', 'wants&#32;blue &nbsp;<br/>on  Monday\n<br>theirs'],
  ])('are known again as %s', (_, there) => {
    const amended = amendedNote(there, 'wants red', ['wants blue\non Monday'])
    expect(amended).toContain('wants red')
    expect(amended).toContain('theirs')
    expect(amended).not.toContain('blue')
  })

  it('are added behind everything once people changed them', () => {
    const theirs = html('wants blue').replace('wants blue', 'wants blue, said twice')
    expect(amendedNote(theirs, 'wants red', ['wants blue'])).toBe(`${theirs}<br>wants red`)
  })

  it('are not taken for ours where people wrote the same a second time', () => {
    const theirs = `${html('ok')}<br>ok`
    expect(amendedNote(theirs, 'not ok', ['ok'])).toBe(`${theirs}<br>not ok`)
  })

  it('are not worth minutes of looking, whatever stands in a note', () => {
    const texts = ['<'.repeat(100_000), '<p '.repeat(33_000)]
    for (const there of texts) expect(amendedNote(there, 'x', ['y'])).toBe(`${there}<br>x`)
  })

  it('are not torn out of a list that people made around them', () => {
    const theirs = '<ul><li>first</li></ul>wants blue<p>on Monday</p>'
    expect(amendedNote(theirs, 'x', ['first\nwants blue'])).toBe(`${theirs}<p>x</p>`)
  })

  it('go when they are emptied, and only they', () => {
    expect(amendedNote(html('wants blue'), '', ['wants blue'])).toBe(html(''))
    expect(amendedNote(html('changed'), '', ['wants blue'])).toBeUndefined()
  })

  it('are not written a second time, whatever took effect before', () => {
    const line = fc.stringMatching(/^[a-z<&"ěšč .]{0,12}$/)
    const text = fc.array(line, { minLength: 1, maxLength: 4 }).map((lines) => lines.join('\n'))
    fc.assert(
      fc.property(text, text, text, fc.boolean(), (first, second, third, landed) => {
        const start = html(first)
        const after = landed ? (amendedNote(start, second, [first]) ?? start) : start
        const ours = [first, second, third]
        const once = amendedNote(after, third, ours) ?? after
        expect(amendedNote(once, third, ours)).toBeUndefined()
      }),
    )
  })
})
