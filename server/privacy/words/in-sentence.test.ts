import { expect, it } from 'vitest'
import { withoutCapital } from './in-sentence.ts'

it('writes a heading small within a sentence, and an abbreviation as it is', () => {
  const headings = ['Who receives it', 'CRMs', 'CRM a ústředny', 'Účel', 'Sisteme CRM', 'place']
  expect(headings.map(withoutCapital)).toEqual([
    'who receives it',
    'CRMs',
    'CRM a ústředny',
    'účel',
    'sisteme CRM',
    'place',
  ])
})
