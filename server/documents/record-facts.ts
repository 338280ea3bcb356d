import type { Declaration, Recipient } from '../../policy/index.ts'
import type { Placed } from '../places/places.ts'
import type { OwnParagraph } from '../privacy/own-paragraphs.ts'
import type { Operator } from '../settings/operator.ts'

/** Art. 30(1)(a) and (2)(a): who the operator is, and who stands for it, as far as its settings say. */
export type RecordOperator = Omit<Operator, 'authority'>

/** What a record of processing is made of: what the program goes by, and who really receives something now. */
export interface RecordFacts {
  operator: RecordOperator
  /** whose machines it runs on */
  hosting: { name: string | undefined; country: string | undefined }
  /** `EU`, or a country (ISO 3166) */
  region: string
  /** how old a backup gets; 0: none is made */
  backupDays: number
  kinds: readonly Declaration[]
  place(recipient: Recipient): Placed
  /** what whose record it is has added */
  own: readonly OwnParagraph[]
}

/** An organization, and by name who of the declared recipients may get something of it. */
export interface ControllerFacts {
  id: string
  inUse: ReadonlySet<string>
}
