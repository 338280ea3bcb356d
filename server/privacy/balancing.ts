import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { type Declaration, declarations } from '../../policy/index.ts'
import { failed } from '../failure.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))

/** What a balancing test has to weigh (law.md L-6.1), each under a heading of its own, and with something below it. */
const headings = ['Interest', 'Necessity', 'Effect on the person', 'Safeguards', 'Result']
/** Fewer characters than this weigh nothing. */
const leastText = 60

/**
 * Is there a whole balancing test for each legitimate interest (GD-7)? The type asks for its path only.
 * @returns one sentence each
 */
export async function balancingProblems(from: readonly Declaration[] = declarations): Promise<string[]> {
  const kinds = new Map<string, string[]>()
  for (const { kind, ground } of from)
    if (ground.article === '6(1)(f)')
      kinds.set(ground.balancing, [...(kinds.get(ground.balancing) ?? []), kind])
  const told = await Promise.all(
    [...kinds].map(async ([path, of]) => {
      const text = await readFile(`${root}${path}`, 'utf8').catch(() => undefined)
      return text === undefined
        ? [`${path} is not there`]
        : problemsIn(text, of).map((one) => `${path} ${one}`)
    }),
  )
  return told.flat()
}

/** @throws RingfenceError `setting` with one sentence */
export async function expectBalanced(from: readonly Declaration[] = declarations): Promise<void> {
  const [first] = await balancingProblems(from)
  if (first)
    failed({
      code: 'setting',
      name: 'policy/',
      sentence: `A legitimate interest has no whole balancing test: ${first}.`,
    })
}

/** @param kinds which have this test for their ground */
export function problemsIn(text: string, kinds: readonly string[]): string[] {
  const sections = new Map(
    text
      .split(/^## (?:\d+\. )?/m)
      .slice(1)
      .map((section) => {
        const [heading = '', ...rest] = section.split('\n')
        return [heading.trim(), rest.join('\n').trim()]
      }),
  )
  const date = /\bDate: (\d{4}-\d{2}-\d{2})\b/.exec(text)?.[1]
  return [
    ...headings
      .filter((heading) => (sections.get(heading)?.length ?? 0) < leastText)
      .map((heading) => `says nothing under "${heading}"`),
    ...(date !== undefined && !Number.isNaN(Date.parse(date)) ? [] : ['has no date']),
    ...(/\bAuthor: \S/.test(text) ? [] : ['has no author']),
    ...kinds.filter((kind) => !text.includes(`"${kind}"`)).map((kind) => `does not name the kind "${kind}"`),
  ]
}
