import { command } from '../command.ts'
import { failed } from '../failure.ts'
import type { Installation } from '../installation.ts'
import { withInstallation } from '../with-installation.ts'
import { approverIn } from './approvals.ts'
import { checkLive, type LiveCheck } from './live-check.ts'
import { type PolicyContent, versionOf } from './policy-content.ts'
import { policyHere } from './policy-here.ts'
import { type Adopted, PolicyRecord } from './policy-record.ts'
import { compareVersions, type ToldDiff } from './tell-diff.ts'
import { checkWords } from './words/check-words.ts'
import { diffWords } from './words/diff-words.ts'
import type { Language } from './words/words.ts'

export const policyCommands = {
  'policy check': command({
    help: [
      [
        '[--language cs] [--json]',
        'holds the running installation against its policy, and changes nothing;\nends with 1 when something is wrong',
      ],
    ],
    options: { language: 'text' },
    run: ({ language }) =>
      withInstallation(
        async (installation) => {
          const check = await checkLive(installation, await contentHere(installation))
          return { json: check, text: checkInWords(check, languageOf(language)), wrong: !check.holds }
        },
        { reading: true },
      ),
  }),
  'policy diff': command({
    help: [
      [
        '[--from VERSION] [--to VERSION] [--language cs] [--json]',
        'does one version allow more than another, and in what?\ndefault: from the one in force to what this program says',
      ],
    ],
    options: { from: 'text', to: 'text', language: 'text' },
    run: ({ language, ...wish }) =>
      withInstallation(async (installation) => {
        const diff = await diffOf(installation, await contentHere(installation), wish)
        return { json: diff, text: diffInWords(diff, languageOf(language)) }
      }),
  }),
  'policy approve': command({
    help: [
      [
        '--by "NAME, ROLE" [--json]',
        'puts what this program says in force, or announces it where it allows more',
      ],
    ],
    options: { by: 'text' },
    run: ({ by = '' }) =>
      withInstallation(async (installation) => {
        const approved = await approve(installation, await contentHere(installation), by)
        return { json: approved, text: approved.text }
      }),
  }),
  'policy withdraw': command({
    help: [['[--json]', 'takes an announced version back']],
    options: {},
    run: () =>
      withInstallation(async (installation) => {
        const withdrawn = await new PolicyRecord(installation).withdraw()
        const text = withdrawn ? 'Taken back: it will not take effect.' : 'Nothing is announced.'
        return { json: { withdrawn }, text }
      }),
  }),
}

const contentHere = async (installation: Installation): Promise<PolicyContent> =>
  (await policyHere(installation)).content

const languageOf = (typed: string | undefined): Language => (typed === 'cs' ? 'cs' : 'en')

interface ShownDiff extends ToldDiff {
  from: string
  to: string
}

/**
 * Compares two versions.
 * @param wish.from a version on record; default: the one in force
 * @param wish.to a version on record; default: what the files of this program say
 * @throws RingfenceError `setting` when there is no such version
 */
async function diffOf(
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
async function approve(
  installation: Pick<Installation, 'cluster' | 'ring'>,
  here: PolicyContent,
  by: string,
): Promise<Adopted & { text: string }> {
  const adopted = await new PolicyRecord(installation).approve(here, approverIn(by, '--by'))
  const { version, waitsUntil, isNew } = adopted
  const what = waitsUntil
    ? `is announced: it allows more, and takes effect on ${waitsUntil.toISOString()}`
    : 'is in force'
  return { ...adopted, text: `Version ${version} ${what}.${isNew ? '' : ' It had been approved before.'}` }
}

/** A check for people: every measure with its outcome, and what is wrong with it. */
function checkInWords({ holds, results }: LiveCheck, language: Language): string {
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
function diffInWords({ from, to, verdict, differences }: ShownDiff, language: Language): string {
  const { verdicts, ways } = diffWords[language]
  return [
    `${from} → ${to}: ${verdicts[verdict]}`,
    ...differences.map(({ way, text }) => `  ${ways[way]}: ${text[language]}`),
  ].join('\n')
}
