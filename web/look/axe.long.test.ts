import { describe, expect, it } from 'vitest'
import { type Look, lookingAtPages, pagesToCheck } from './problems.fixture.ts'

const { problemsOf } = lookingAtPages()

const looks: readonly Look[] = [
  { colorScheme: 'light', width: 1440 },
  { colorScheme: 'dark', width: 1440, only: 'colours' },
  { colorScheme: 'light', width: 390 },
  { colorScheme: 'dark', width: 390, only: 'colours' },
]

describe('in both themes, wide and on a phone, everybody can use', () => {
  it.each(pagesToCheck.map((page) => [page.name, page] as const))('%s', async (_, page) => {
    expect(await problemsOf(page, looks)).toEqual([])
  })
})
