import { createHash, randomUUID } from 'node:crypto'
import { z } from 'zod'
import { type Declaration, inForce as rulesInForce, terms } from '../../policy/index.ts'
import { failed } from '../failure.ts'
import type { Organization } from '../organizations/organization.ts'
import { effectiveKinds } from './both-allow.ts'
import { type OwnParagraph, ownBlocks } from './own-paragraphs.ts'
import type { AgreementSection } from './paragraph-places.ts'
import type { PolicyRecord } from './policy-record.ts'
import { ownBlock } from './policy-text.ts'
import { diffWords } from './words/diff-words.ts'
import { type DocumentLanguage, documentLanguages } from './words/languages.ts'
import { agreementWords, recipientWord, type Vocabulary, vocabularies } from './words/words.ts'

/** Headings, paragraphs, and what the operator has added in its own words. */
export const agreementText = z.object({
  title: z.string(),
  blocks: z.array(z.union([z.object({ heading: z.string() }), z.object({ text: z.string() }), ownBlock])),
})
export type AgreementText = z.infer<typeof agreementText>
export interface Agreement extends AgreementText {
  version: string
  language: DocumentLanguage
}

export interface Acceptance {
  version: string
  acceptedBy: string
  acceptedAt: Date
}

/**
 * What a company agrees to before anything of it is copied: the text that was approved with the policy in force, in every
 * language that it was approved in. Of a version from before agreements were approved, what the program goes by.
 * @throws RingfenceError `not-approved` when no policy is in force
 */
export async function agreementsInForce(policies: PolicyRecord): Promise<Agreement[]> {
  const { agreement } = (await policies.read()) ?? failed({ code: 'not-approved', what: 'agreement' })
  if (!agreement) return documentLanguages.map((language) => currentAgreement(language))
  return documentLanguages.flatMap((language) => {
    const approved = agreement[language]
    return approved ? [{ ...approved, language, version: versionOf(approved) }] : []
  })
}

/** In one language, or in English where it was not approved in that one. @throws RingfenceError as above */
export async function agreementInForce(
  policies: PolicyRecord,
  language: DocumentLanguage,
): Promise<Agreement> {
  return agreementFor(await agreementsInForce(policies), language)
}

/** The one in this language, otherwise the English one. @throws when there is neither */
export function agreementFor(all: readonly Agreement[], language: DocumentLanguage): Agreement {
  const found = all.find((one) => one.language === language) ?? all.find((one) => one.language === 'en')
  if (!found) throw new Error('unreachable: an agreement is always in English')
  return found
}

/** Its version is the hash of its text, so that no two texts share one. */
export function currentAgreement(
  language: DocumentLanguage,
  from: readonly Declaration[] = effectiveKinds(rulesInForce()),
): Agreement {
  const made = agreementIn(language, from)
  return { ...made, language, version: versionOf(made) }
}

function versionOf({ blocks }: AgreementText): string {
  return createHash('sha256').update(JSON.stringify(blocks)).digest('hex').slice(0, 12)
}

/** Worked out from the declarations: the same words that the database, the jobs and the network enforce. */
export function agreementIn(
  language: DocumentLanguage,
  from: readonly Declaration[],
  added: { own?: readonly OwnParagraph[] | undefined; by?: string | undefined } = {},
): AgreementText {
  const own = (place: AgreementSection) =>
    ownBlocks(added.own, { document: 'agreement', place, language, by: added.by })
  const text = agreementWords[language]
  const words: Vocabulary = vocabularies[language]
  const { days } = diffWords[language]
  // In the order of the English words, so that neither the order of declarations nor that of a translation says anything.
  const order = Object.keys(vocabularies.en.kinds)
  const kinds = from
    .filter((declaration) => declaration.role === 'processor')
    .toSorted((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind))
  const recipients = new Set(
    kinds.flatMap((kind) => kind.recipients.map((recipient) => recipientWord(language, recipient))),
  )
  const subjects = new Set(kinds.flatMap((kind) => kind.subjects))
  const people = (Object.keys(words.subjects) as (keyof typeof words.subjects)[]).filter((one) =>
    subjects.has(one),
  )
  const blocks = [
    { text: text.opening(added.by) },
    { heading: text.whatHeading },
    { text: text.people(people.map((one) => words.subjects[one]).join('; ')) },
    ...kinds.map((declaration) => ({ text: sentenceOf(declaration, language) })),
    ...own('what'),
    { heading: text.whoHeading },
    { text: text.who([...recipients].sort().join('; ')) },
    ...own('who'),
    { heading: text.dutiesHeading },
    ...text.duties(days(terms.noticeDays)).map((duty) => ({ text: duty })),
    ...own('duties'),
    { heading: text.endHeading },
    { text: text.end(days(terms.backupDays)) },
    ...own('end'),
    { heading: text.yoursHeading },
    { text: text.yours },
    ...own('yours'),
  ]
  return { title: text.title, blocks }
}

export async function agreementOf(organization: Organization): Promise<Acceptance | undefined> {
  const row = await organization.transaction(
    (db) =>
      db.row<{ version: string; accepted_by: string; accepted_at: Date }>(
        'select version, accepted_by, accepted_at from agreements order by accepted_at desc, id limit 1',
      ),
    'connect the systems',
  )
  return row && { version: row.version, acceptedBy: row.accepted_by, acceptedAt: row.accepted_at }
}

/** Puts the acceptance on record with the hash of the text that was shown. */
export async function acceptAgreement(
  organization: Organization,
  userId: string,
  agreement: Agreement,
): Promise<void> {
  const hash = createHash('sha256').update(JSON.stringify(agreement.blocks)).digest()
  await organization.transaction(
    (db) =>
      db.rows('insert into agreements (id, version, text_hash, accepted_by) values ($1, $2, $3, $4)', [
        randomUUID(),
        agreement.version,
        hash,
        userId,
      ]),
    'connect the systems',
  )
}

/** @throws when a declared kind has no words: the English of the declaration is no words to agree to */
function sentenceOf(declaration: Declaration, language: DocumentLanguage): string {
  const words: Vocabulary = vocabularies[language]
  const agreed: Readonly<Record<string, string>> = agreementWords[language].kinds
  const kind = agreed[declaration.kind]
  if (kind === undefined) throw new Error(`policy: no words for "${declaration.kind}" in the agreement`)
  const order = Object.keys(vocabularies.en.purposes)
  const purposes = declaration.purposes
    .toSorted((a, b) => order.indexOf(a) - order.indexOf(b))
    .map((purpose) => words.purposes[purpose])
    .join('; ')
  const { keep } = declaration
  return agreementWords[language].sentence(
    kind,
    'hours' in keep ? words.hours(keep) : words.whiles[keep.while],
    purposes,
  )
}
