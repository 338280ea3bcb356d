import { createHash, randomUUID } from 'node:crypto'
import { type Declaration, inForce } from '../../policy/index.ts'
import type { Organization } from '../organizations/organization.ts'
import { effectiveKinds } from './both-allow.ts'
import { agreementWords, recipientWord, type Vocabulary, vocabularies } from './words/words.ts'

/** A block of the agreement: a heading or a paragraph. */
export type AgreementBlock = { heading: string } | { text: string }
export interface Agreement {
  version: string
  title: string
  blocks: AgreementBlock[]
}

export interface Acceptance {
  version: string
  acceptedBy: string
  acceptedAt: Date
}

/**
 * What a company agrees to before anything of it is copied, worked out from the declarations: the same words that the
 * database, the jobs and the network enforce. Its version is the hash of its text, so that no two texts share one.
 */
export function currentAgreement(
  language: Organization['language'],
  from: readonly Declaration[] = effectiveKinds(inForce()),
): Agreement {
  const text = agreementWords[language]
  const words: Vocabulary = vocabularies[language]
  const recipients = new Set<string>()
  const kinds = from.filter((declaration) => declaration.role === 'processor')
  for (const kind of kinds)
    for (const recipient of kind.recipients) recipients.add(recipientWord(language, recipient))
  const blocks: AgreementBlock[] = [
    { text: text.opening },
    { heading: text.whatHeading },
    ...kinds.map((declaration) => ({ text: sentenceOf(declaration, language) })),
    { heading: text.whoHeading },
    { text: text.who(words.list([...recipients])) },
    { heading: text.endHeading },
    { text: text.end },
    { heading: text.yoursHeading },
    { text: text.yours },
  ]
  const version = createHash('sha256').update(JSON.stringify(blocks)).digest('hex').slice(0, 12)
  return { version, title: text.title, blocks }
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
function sentenceOf(declaration: Declaration, language: Organization['language']): string {
  const words: Vocabulary = vocabularies[language]
  const kind = words.kinds[declaration.kind]?.agreed
  if (kind === undefined) throw new Error(`policy: no words for "${declaration.kind}" in the agreement`)
  const purposes = declaration.purposes.map((purpose) => words.purposes[purpose]).join(', ')
  const { keep } = declaration
  return agreementWords[language].sentence(
    kind,
    purposes,
    'hours' in keep ? words.hours(keep) : words.whiles[keep.while],
  )
}
