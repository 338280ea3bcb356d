import { failed } from '../failure.ts'
import type { Installation } from '../installation.ts'
import type { LiveCheck } from './live-check.ts'
import { type PolicyContent, versionOf } from './policy-content.ts'
import { PolicyRecord } from './policy-record.ts'
import { compareVersions, type ToldDiff } from './tell-diff.ts'
import { checkWords } from './words/check-words.ts'
import { diffWords } from './words/diff-words.ts'
import type { Language } from './words/words.ts'

export interface ShownDiff extends ToldDiff {
  from: string
  to: string
}

/**
 * Compares two versions.
 * @param wish.from a version on record; default: the one in force
 * @param wish.to a version on record; default: what the files of this program say
 * @throws RingfenceError `setting` when there is no such version
 */
export async function diffOf(
  { cluster }: Pick<Installation, 'cluster'>,
  here: PolicyContent,
  wish: { from?: string | undefined; to?: string | undefined },
): Promise<ShownDiff> {
  const policies = new PolicyRecord(cluster)
  const read = async (name: 'from' | 'to', version: string | undefined) =>
    (await policies.read(version)) ??
    failed({
      code: 'setting',
      name: `--${name}`,
      sentence: 'There is no such version of the policy on record.',
    })
  const before = await read('from', wish.from)
  const after = wish.to === undefined ? here : await read('to', wish.to)
  return { from: before.version, to: versionOf(after), ...compareVersions(before, after) }
}

/** A check for people: every measure with its outcome, and what is wrong with it. */
export function checkInWords({ holds, results }: LiveCheck, language: Language): string {
  const { outcomes, measures, verdict } = checkWords[language]
  return [
    ...results.flatMap(({ name, outcome, wrong }) => [
      `${outcomes[outcome]}: ${measures[name]}`,
      ...wrong.map((sentence) => `  ${sentence}`),
    ]),
    verdict(holds),
  ].join('\n')
}

/** The same for people: the verdict, then every difference that bears on it. */
export function diffInWords({ from, to, verdict, differences }: ShownDiff, language: Language): string {
  const { verdicts, ways } = diffWords[language]
  return [
    `${from} → ${to}: ${verdicts[verdict]}`,
    ...differences.map(({ way, text }) => `  ${ways[way]}: ${text[language]}`),
  ].join('\n')
}
