import { z } from 'zod'
import type { ConnectionSettings } from '../contract.ts'
import { askedRecordings } from '../setting-parts.ts'

/** What may stand in a header. */
const plain = z.string().regex(/^[\x21-\x7e]+$/)

const schema = z.strictObject({
  /** made in the portal; not set: calls are told by hand-made settings there, and nothing else is possible */
  apiKey: plain.max(2000).optional(),
  /**
   * `portal`: an administrator entered our address and secret there, so every delivery is signed. `subscription`: we had
   * it made by API, which takes no secret: then the address itself is the proof, and a signature is checked where there
   * is one. Not set: portal.
   */
  delivery: z.enum(['portal', 'subscription']).optional(),
  /** the shared secret of the portal, where it is not ours */
  sharedSecret: plain.max(2000).optional(),
  ...askedRecordings,
})

export type PlacetelSettings = z.infer<typeof schema>
export const settings = {
  schema,
  secret: ['apiKey', 'sharedSecret'],
  sentTo: {},
} satisfies ConnectionSettings

export const readPlacetel = (given: Readonly<Record<string, unknown>>): PlacetelSettings =>
  schema.parse(given)
