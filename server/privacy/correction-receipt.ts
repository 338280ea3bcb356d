import { z } from 'zod'
import { erasureLevels, erasureReceipt } from './erasure-receipt.ts'

export const correctedField = z.enum(['name', 'number'])

/** The old value: shown nowhere, and its bytes gone. Keys stay: others' values are sealed by them too. */
export const correctionLevels = erasureLevels.omit({ unreadable: true })

/** What the receipt of a correction says: which fields, never which value. */
export const correctionReceipt = erasureReceipt.omit({ removed: true }).extend({
  kind: z.literal('correction'),
  cause: z.enum(['page', 'command']),
  fields: z.array(correctedField),
  levels: correctionLevels,
})
export type CorrectionReceipt = z.infer<typeof correctionReceipt>
export const signedCorrectionReceipt = z.strictObject({ receipt: correctionReceipt, jws: z.string() })
