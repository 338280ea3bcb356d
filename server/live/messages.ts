import { z } from 'zod'
import { callView } from '../http/shapes.ts'

const nothing = z.strictObject({})

/** Everything that an open screen is told, by its event, with every field of it: the same that the API answers with. */
export const liveMessages = {
  hello: nothing,
  call: callView,
  // what these are about is read anew
  connections: nothing,
  notices: nothing,
  erased: nothing,
  ended: nothing,
} as const satisfies Readonly<Record<string, z.ZodType>>

export type LiveEvent = keyof typeof liveMessages

/**
 * One message as server-sent events are written. A field that is not declared does not leave, as in an answer of the API.
 * @returns undefined for what is no such message at all: nothing of it is sent
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html
 */
export function liveMessage(event: LiveEvent, told: unknown): string | undefined {
  const read = liveMessages[event].safeParse(told)
  return read.success ? `event: ${event}\ndata: ${JSON.stringify(read.data)}\n\n` : undefined
}
