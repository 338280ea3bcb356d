import type { App } from '../app.ts'
import { failed } from '../failure.ts'
import type { ShownApproval } from '../privacy/approvals.ts'
import { agreementChanges, type Compared, changesIn } from '../privacy/policy-changes.ts'
import { languagesOf, type PolicyContent, versionOf } from '../privacy/policy-content.ts'
import { whenIn } from '../privacy/policy-page.ts'
import { isWaiting } from '../privacy/policy-versions.ts'
import { compareVersions } from '../privacy/tell-diff.ts'
import { compareWords } from '../privacy/words/compare-words.ts'
import { diffWords } from '../privacy/words/diff-words.ts'
import { documentWords } from '../privacy/words/document-words.ts'
import type { DocumentLanguage } from '../privacy/words/languages.ts'
import { dayIn, pageWords } from '../privacy/words/page-words.ts'
import { recordWords } from '../privacy/words/record-words.ts'
import { approvalLine } from './approval-line.ts'
import { type ComparedPart, type ComparedVersion, comparePage } from './compare-page.ts'
import { documentsPath } from './paths.ts'
import { recordVersion } from './record-content.ts'
import { controllersHere } from './record-here.ts'
import { withNames } from './record-page.ts'
import type { Viewer } from './viewer.ts'

/** What is asked for; left out: the latest version, and the one before it. */
export interface CompareWish {
  language: DocumentLanguage
  from?: string | undefined
  to?: string | undefined
}
type Page = { language: DocumentLanguage; html: string }

/** What is not approved has no version of its own yet. */
const now = 'now'

/** A version that can be chosen, told in any language, and read when it is. */
interface Choice<Content> {
  id: string
  facts(language: DocumentLanguage): readonly string[]
  read(): Promise<Content>
}

/** Of whoever's record it is. @throws RingfenceError `not-found` when no such version was approved */
export async function compareRecords(app: App, viewer: Viewer, wish: CompareWish): Promise<Page> {
  const versions = await viewer.records()
  const here = await viewer.recordHere()
  const controllers = await controllersHere(app, viewer.organization)
  const approved = versions.map((one) => ({
    id: one.version,
    facts: (language: DocumentLanguage) => [
      pageWords[language].version(one.version),
      approvalLine(language, one.approvedAt, one.approval.by),
    ],
    read: async () => one.content,
  }))
  const waits = versions[0]?.version !== recordVersion(here)
  return compared({
    wish,
    path: `${documentsPath}/record/compare`,
    choices: [...(waits ? [draft(recordVersion(here), async () => here)] : []), ...approved],
    titleIn: (language, { texts }) => (texts[language] ?? texts.en).title,
    partsIn: (language, before, after) => [
      {
        changes: changesIn(
          language,
          withNames(before, controllers),
          withNames(after, controllers),
          (one) => recordWords[one].changes,
        ),
      },
    ],
  })
}

/**
 * Of the policy, with the agreement that was approved with it.
 *
 * @param who `everybody` reads what was published, and no names; whoever is signed in, who approved it; the operator, also
 *   what nobody has approved yet
 */
export async function comparePolicies(
  app: App,
  who: 'everybody' | 'user' | 'operator',
  wish: CompareWish,
): Promise<Page> {
  const versions = await app.policies.versions()
  const approvers =
    who === 'everybody' ? new Map<string, ShownApproval>() : await app.policies.approvers(versions)
  const published = versions.map((one) => ({
    id: one.version,
    facts: (language: DocumentLanguage) => [
      pageWords[language].version(one.version),
      whenIn(language, one, dayIn(language, one.effectiveAt)),
      ...(one.approval ? [approvalLine(language, one.approval.at, approvers.get(one.approval.id)?.by)] : []),
    ],
    read: async () => (await app.policies.read(one.version)) ?? notFound(),
  }))
  const here = who === 'operator' ? await app.policyHere() : undefined
  const waits = here && isWaiting(versions, versionOf(here))
  return compared<PolicyContent>({
    wish,
    path: who === 'everybody' ? '/privacy/policy/compare' : `${documentsPath}/policy/compare`,
    choices: [...(waits ? [draft(versionOf(here), async () => here)] : []), ...published],
    titleIn: (language, { texts }) => (texts[language] ?? texts.en).title,
    partsIn: (language, before, after) => {
      const agreement = agreementChanges(language, before, after)
      return [
        { changes: changesIn(language, before, after) },
        ...(agreement.length > 0 ? [{ heading: documentWords[language].agreement, changes: agreement }] : []),
      ]
    },
    verdictIn: (language, before, after) =>
      diffWords[language].verdicts[compareVersions(before, after).verdict],
  })
}

const draft = <Content>(version: string, read: () => Promise<Content>): Choice<Content> => ({
  id: now,
  facts: (language) => [pageWords[language].version(version), compareWords[language].now],
  read,
})

async function compared<Content extends Compared>(parts: {
  wish: CompareWish
  path: string
  /** the latest first; one that came back is told as of the last time */
  choices: readonly Choice<Content>[]
  titleIn(language: DocumentLanguage, content: Content): string
  partsIn(language: DocumentLanguage, before: Content, after: Content): ComparedPart[]
  verdictIn?(language: DocumentLanguage, before: Content, after: Content): string
}): Promise<Page> {
  const { wish, path } = parts
  const ids = parts.choices.map(({ id }) => id)
  const choices = parts.choices.filter(({ id }, at) => ids.indexOf(id) === at)
  const chosen = (id: string | undefined, otherwise: Choice<Content> | undefined) =>
    (id === undefined ? otherwise : choices.find((one) => one.id === id)) ?? notFound()
  const to = chosen(wish.to, choices[0])
  const from = chosen(wish.from, choices[choices.indexOf(to) + 1] ?? to)
  const [before, after] = [await from.read(), await to.read()]
  const languages = languagesOf(after).filter((one) => languagesOf(before).includes(one))
  const language = languages.includes(wish.language) ? wish.language : 'en'
  const told = ({ id, facts }: Choice<Content>): ComparedVersion => ({ id, facts: facts(language) })
  const html = comparePage({
    language,
    languages,
    title: parts.titleIn(language, after),
    versions: choices.map(told),
    path,
    ...(choices.length < 2
      ? {}
      : {
          compared: {
            from: told(from),
            to: told(to),
            parts: parts.partsIn(language, before, after),
            ...(parts.verdictIn ? { verdict: parts.verdictIn(language, before, after) } : {}),
          },
        }),
  })
  return { language, html }
}

const notFound = (): never => failed({ code: 'not-found', what: 'version' })
