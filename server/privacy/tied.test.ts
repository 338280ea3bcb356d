import { expect, it } from 'vitest'
import { tied } from './tied.ts'

it.each([
  ['Art. 6(1)(f) GDPR, for 30 days', 'Art._6(1)(f) GDPR, for 30_days'],
  ['Art. 13 Abs. 3 und Art. 14 Abs. 4 DSGVO', 'Art._13 Abs._3 und Art._14 Abs._4_DSGVO'],
  ['čl. 6 odst. 1 písm. f) GDPR', 'čl._6 odst._1_písm._f) GDPR'],
  ['člena 5(2) in 24 GDPR', 'člena_5(2) in 24_GDPR'],
  ['artikkel 6 nr. 1 bokstav f', 'artikkel_6 nr._1_bokstav_f'],
  ['art. 6 alin. (1) lit. (f) din RGPD', 'art._6 alin._(1) lit._(f) din RGPD'],
  ['5. listopadu 2026 platí', '5._listopadu 2026 platí'],
])('no line ends within an article, or between a number and what it counts: %s', (text, together) => {
  expect(tied(text).replaceAll('\u00a0', '_')).toBe(together)
})
