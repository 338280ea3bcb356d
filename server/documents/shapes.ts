import { z } from 'zod'
import { documentLanguages } from '../privacy/words/languages.ts'

const time = z.string()
const approvalView = z.object({
  at: time,
  /** absent: no longer kept, or approval was not asked for then */
  name: z.string().optional(),
  role: z.string().optional(),
})

/** What nobody has approved yet: the next version of a document. */
const waitingView = z.object({
  version: z.string(),
  /** it allows more, so it is announced when it is approved, this many days ahead; absent: it takes effect at once */
  announcedDays: z.number().optional(),
  /** against what was approved last; none for the first */
  changes: z.array(z.string()),
  /** its page */
  read: z.string(),
})

export const documentView = z.object({
  document: z.enum(['policy', 'agreement', 'record', 'measures']),
  title: z.string(),
  /** absent: nobody has approved a version yet; of measures, which are no version */
  version: z.string().optional(),
  /** since when it holds; of measures, when they were checked */
  since: time.optional(),
  approval: approvalView.optional(),
  /** its page, which prints as a document of its own; absent: there is none yet */
  read: z.string().optional(),
  /** the same as JSON */
  data: z.string().optional(),
  waiting: waitingView.optional(),
  /** a page on which any two versions are compared; absent: there are no two */
  compare: z.string().optional(),
  /** whoever asks may approve it */
  mayApprove: z.boolean(),
  /** that were approved, the latest first */
  versions: z.array(z.object({ version: z.string(), approval: approvalView, read: z.string() })),
  /** where whoever asks may add paragraphs */
  places: z.array(
    z.object({
      place: z.string(),
      heading: z.string(),
      texts: z.partialRecord(z.enum(documentLanguages), z.string()),
    }),
  ),
  /** that a paragraph can be written in */
  languages: z.array(z.enum(documentLanguages)),
})
export type DocumentView = z.infer<typeof documentView>

/** GET /api/v1/documents by the operator, or an administrator */
export const documentsView = z.object({ documents: z.array(documentView) })
export type DocumentsView = z.infer<typeof documentsView>

/** GET /api/v1/documents/record/differences: between two versions, a sentence for each */
export const differencesView = z.object({
  from: z.string(),
  to: z.string(),
  differences: z.array(z.string()),
})

/** GET /api/v1/documents/record/data: the record as a machine reads it */
export const recordData = z.object({
  document: z.literal('record of processing activities'),
  /** Art. 30(1) and 30(2) GDPR, of the operator; 30(1), of an organization */
  of: z.enum(['operator', 'organization']),
  version: z.string(),
  /** SHA-256 of the canonical content: what an approval signs */
  hash: z.string(),
  madeAt: time,
  /** absent: nobody has approved this version */
  approval: approvalView.extend({ jws: z.string().optional() }).optional(),
  language: z.string(),
  title: z.string(),
  sections: z.array(z.unknown()),
  /** whom the operator processes for, by the ids of the record; of an organization: itself */
  controllers: z.array(z.object({ id: z.string(), name: z.string(), contacts: z.array(z.string()) })),
  measures: z.object({
    checkedAt: time.optional(),
    confirmed: z.array(z.string()),
    notConfirmed: z.array(z.string()),
  }),
})
export type RecordData = z.infer<typeof recordData>
