import { z } from 'zod'
import type { ConnectionSettings } from '../contract.ts'

const schema = z.strictObject({
  /** what is done with recordings; not set: nobody has chosen yet, and none is touched */
  recordings: z.enum(['attach', 'copy', 'link', 'leave']).optional(),
  /** the host of recordings where it is none of Webex's own */
  recordingHost: z
    .string()
    .regex(/^[a-z0-9.-]+(?::\d{1,5})?$/)
    .max(200)
    .optional(),
})

export type WebexSettings = z.infer<typeof schema>
export const settings = { schema, secret: [], sentTo: {} } satisfies ConnectionSettings

export const readWebex = (given: Readonly<Record<string, unknown>>): WebexSettings => schema.parse(given)
