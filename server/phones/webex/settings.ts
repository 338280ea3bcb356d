import { z } from 'zod'
import type { ConnectionSettings } from '../contract.ts'
import { askedRecordings } from '../setting-parts.ts'

const schema = z.strictObject({
  ...askedRecordings,
})

export type WebexSettings = z.infer<typeof schema>
export const settings = { schema, secret: [], sentTo: {} } satisfies ConnectionSettings

export const readWebex = (given: Readonly<Record<string, unknown>>): WebexSettings => schema.parse(given)
