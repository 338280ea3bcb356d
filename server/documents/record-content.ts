import { z } from 'zod'
import { hashOf } from '../privacy/canonical.ts'
import { changesBetween, type PolicyChanges } from '../privacy/policy-changes.ts'
import { textsInLanguages } from '../privacy/policy-content.ts'
import { recordWords } from '../privacy/words/record-words.ts'

/**
 * A record of processing: everything it says, in every language. Measures are not in it: what a check confirmed holds for a
 * day, and is told with each look at the record.
 */
export const recordContent = z.object({ texts: textsInLanguages })
export type RecordContent = z.infer<typeof recordContent>

/** By which an approval names what was approved; its beginning is the version. */
export const recordHash = ({ texts }: RecordContent): string => hashOf({ texts })
export const recordVersion = (content: RecordContent): string => recordHash(content).slice(0, 12)

/** What is different, a sentence for each, in every language: facts by their ids, then wording. */
export const recordChanges = (before: RecordContent, after: RecordContent): PolicyChanges =>
  changesBetween(before, after, (language) => recordWords[language].changes)
