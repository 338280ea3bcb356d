import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { type Declaration, declarations } from '../../policy/index.ts'
import { balancingProblems, expectBalanced, problemsIn } from './balancing.ts'

const whole = await readFile(new URL('../../docs/balancing/call-journal.md', import.meta.url), 'utf8')
const kinds = ['call journal', 'calls under way']
const elsewhere = (balancing: `docs/balancing/${string}.md`): Declaration[] =>
  declarations.map((one) =>
    one.ground.article === '6(1)(f)' ? { ...one, ground: { ...one.ground, balancing } } : one,
  )

describe('GD-7 a legitimate interest', () => {
  it('has its whole balancing test: interest, necessity, effect, safeguards, date and author', async () => {
    expect(await balancingProblems()).toEqual([])
    expect(problemsIn(whole, kinds)).toEqual([])
  })

  it.each<[string, string, string]>([
    ['says nothing under "Necessity"', '## 2. Necessity', '## 2. Something else'],
    ['says nothing under "Safeguards"', '## 4. Safeguards', '## 4. Safeguards\n\nMany.\n\n## Others'],
    ['has no date', 'Date: 2026-11-25', 'Date: 2026-13-45'],
    ['has no author', 'Author: the maintainers of Ringfence', 'Author:'],
    ['does not name the kind "calls under way"', '"calls under way"', 'calls'],
  ])('is refused where the test %s', (says, part, instead) => {
    expect(whole).toContain(part)
    expect(problemsIn(whole.replace(part, instead), kinds)).toEqual([says])
  })

  it('does not start without the file, nor with that of another kind', async () => {
    await expect(expectBalanced(elsewhere('docs/balancing/nothing.md'))).rejects.toMatchObject({
      failure: {
        code: 'setting',
        sentence: expect.stringContaining('docs/balancing/nothing.md is not there'),
      },
    })
    await expect(expectBalanced(elsewhere('docs/balancing/rules.md'))).rejects.toMatchObject({
      failure: { sentence: expect.stringContaining('does not name the kind "call journal"') },
    })
  })

  it('does not compile without its balancing test', () => {
    const refused = ({ interest, declared }: { interest: string; declared: Declaration }): Declaration[] => [
      // @ts-expect-error no balancing test
      { ...declared, ground: { article: '6(1)(f)', interest } },
      // @ts-expect-error a test that is filed nowhere
      { ...declared, ground: { article: '6(1)(f)', interest, balancing: 'later' } },
      // @ts-expect-error no ground
      { ...declared, ground: undefined },
    ]
    expect(refused).toBeTypeOf('function') // the compiler has done the work
  })
})
