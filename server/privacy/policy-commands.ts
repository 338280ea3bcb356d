import { failed } from '../failure.ts'
import type { Installation } from '../installation.ts'
import { approverIn } from './approvals.ts'
import type { LiveCheck } from './live-check.ts'
import { type PolicyContent, versionOf } from './policy-content.ts'
import { type Adopted, PolicyRecord } from './policy-record.ts'
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
  installation: Pick<Installation, 'cluster' | 'ring'>,
  here: PolicyContent,
  wish: { from?: string | undefined; to?: string | undefined },
): Promise<ShownDiff> {
  const policies = new PolicyRecord(installation)
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

/**
 * A named person answers for what the files of this program say (GD-1).
 * @throws RingfenceError `setting` when it does not say who, and in which role
 */
export async function approvePolicy(
  installation: Pick<Installation, 'cluster' | 'ring'>,
  here: PolicyContent,
  by: string | undefined,
): Promise<Adopted & { text: string }> {
  const adopted = await new PolicyRecord(installation).approve(here, approverIn(by ?? '', '--by'))
  const { version, waitsUntil, isNew } = adopted
  const what = waitsUntil
    ? `is announced: it allows more, and takes effect on ${waitsUntil.toISOString()}`
    : 'is in force'
  return { ...adopted, text: `Version ${version} ${what}.${isNew ? '' : ' It had been approved before.'}` }
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
