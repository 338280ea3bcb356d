import { describe, expect, it } from 'vitest'
import { lookingAtPages, pagesToCheck } from './problems.fixture.ts'

const { problemsOf } = lookingAtPages()

describe('in one of the themes and on a phone, everybody can use', () => {
  // All pages in both themes are among the long tests.
  const themed = pagesToCheck.map((page, at) => [page.name, page, at % 2 === 0 ? 'light' : 'dark'] as const)
  it.each(themed)('%s', async (_, page, colorScheme) => {
    const looks = [
      { colorScheme, width: 1440 },
      { colorScheme, width: 390, only: 'all but colours' },
    ] as const
    expect(await problemsOf(page, looks)).toEqual([])
  })
})
