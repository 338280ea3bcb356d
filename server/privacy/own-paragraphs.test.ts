import { describe, expect, it } from 'vitest'
import { expectPlace } from './own-paragraphs.ts'

describe('a paragraph of one’s own', () => {
  it.each(['a\0b', 'a\ud800b'])('is refused where no database could keep it: %j', (en) => {
    expect(() => expectPlace({ document: 'record', place: 'who', texts: { en } })).toThrow(
      expect.objectContaining({
        failure: expect.objectContaining({ code: 'invalid-input', field: 'texts' }),
      }),
    )
  })

  it('is any other text, markup too', () => {
    const written = { document: 'record' as const, place: 'who', texts: { cs: '<b>Žluťoučký</b>\n\n😀' } }
    expect(expectPlace(written)).toEqual(written)
  })
})
