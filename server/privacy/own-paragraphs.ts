import { z } from 'zod'
import type { Cluster } from '../database/cluster.ts'
import type { Db } from '../database/transaction.ts'
import { failed } from '../failure.ts'
import { placesIn } from './paragraph-places.ts'
import type { OwnBlock } from './policy-text.ts'
import { type DocumentLanguage, documentLanguages } from './words/languages.ts'

/** Documents that paragraphs can be added to. */
export const documentsWithParagraphs = ['policy', 'agreement', 'record'] as const

const texts = z.partialRecord(z.enum(documentLanguages), z.string().trim().max(4_000))

/** One place of a document, and what stands there in each language; a language left out has no text of its own. */
export const ownParagraph = z.strictObject({
  document: z.enum(documentsWithParagraphs),
  place: z.string().max(40),
  texts,
})
export type OwnParagraph = z.infer<typeof ownParagraph>

/**
 * What the operator adds to generated documents. Each change is a row of its own, so every earlier one stays readable, and a
 * generated version takes over what is there: nobody has to add it again (GD-1).
 */
export class OwnParagraphs {
  readonly #cluster: Pick<Cluster, 'control'>

  constructor(cluster: Pick<Cluster, 'control'>) {
    this.#cluster = cluster
  }

  /** @throws RingfenceError `invalid-input` when the document has no such place */
  async set(paragraph: OwnParagraph): Promise<void> {
    const { document, place } = expectPlace(paragraph)
    await this.#cluster.control.transaction((db) =>
      db.rows('insert into own_paragraphs (document, place, texts) values ($1, $2, $3)', [
        document,
        place,
        JSON.stringify(withoutEmpty(paragraph.texts)),
      ]),
    )
  }

  /** Those that count, in no order that means anything. */
  async list(): Promise<OwnParagraph[]> {
    return this.#cluster.control.transaction(paragraphsIn)
  }
}

async function paragraphsIn(db: Db): Promise<OwnParagraph[]> {
  const rows = await db.rows<{ document: OwnParagraph['document']; place: string; texts: unknown }>(
    `select distinct on (document, place) document, place, texts from own_paragraphs
     order by document, place, number desc`,
  )
  return rows
    .map((row) => ({ ...row, texts: texts.parse(row.texts) }))
    .filter((one) => Object.keys(one.texts).length > 0)
}

/** @throws RingfenceError `invalid-input` */
export function expectPlace(paragraph: OwnParagraph): OwnParagraph {
  const places: readonly string[] = placesIn[paragraph.document]
  if (!places.includes(paragraph.place))
    failed({ code: 'invalid-input', field: 'place', rule: `one of: ${places.join(', ')}` })
  // The database's JSON holds neither.
  if (Object.values(paragraph.texts).some((text) => text.includes('\0') || !text.isWellFormed()))
    failed({ code: 'invalid-input', field: 'texts', rule: 'whole characters of Unicode, and no null' })
  return paragraph
}

/** An empty text takes the paragraph of that language out. */
export const withoutEmpty = (all: OwnParagraph['texts']): OwnParagraph['texts'] =>
  Object.fromEntries(Object.entries(all).filter(([, text]) => text !== ''))

/**
 * What was added at a place, as it stands in a document. Where it was not written in the document's language it is shown as
 * it was written, marked as such: left out, readers of that language would not know that there is anything.
 */
export function ownBlocks(
  own: readonly OwnParagraph[] = [],
  {
    document,
    place,
    language,
    by = '',
  }: { document: string; place: string; language: DocumentLanguage; by?: string | undefined },
): OwnBlock[] {
  const found = own.find((one) => one.document === document && one.place === place)?.texts ?? {}
  const text = found[language]
  if (text !== undefined) return [{ own: { by, text } }]
  const [other] = documentLanguages.filter((one) => found[one] !== undefined)
  return other === undefined ? [] : [{ own: { by, text: found[other] ?? '', language: other } }]
}
