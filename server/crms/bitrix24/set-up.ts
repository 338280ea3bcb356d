import { z } from 'zod'
import type { CrmSession, PortalLine } from '../contract.ts'
import type { Client } from './client.ts'
import { methods } from './methods.ts'
import { isWrong } from './refused.ts'
import { resultOf, textOrNone } from './wire.ts'

/** What we want to be told of. Whoever deletes or updates the app takes these away, so each version makes them anew. */
const events = ['ONAPPUNINSTALL', 'ONAPPUPDATE', 'ONEXTERNALCALLSTART']

const handlersAnswer = resultOf(z.array(z.object({ event: z.string(), handler: textOrNone })))
const linesAnswer = resultOf(z.array(z.object({ NUMBER: z.string(), NAME: textOrNone })))
const ask = { feature: 'set-up', answer: z.unknown() } as const

/**
 * Makes what is missing: our events at `eventUrl`, and the organization's lines. The same events at other addresses go,
 * because each would be told twice. Lines that are not wished stay: people may have chosen one to call from.
 * @throws {RingfenceError} `provider-refused` with 403 when this user is no administrator
 */
export async function setUp(
  client: Client,
  session: CrmSession,
  wished: { eventUrl: string; lines: readonly PortalLine[] },
): Promise<void> {
  await bindEvents(client, session, wished.eventUrl)
  if (wished.lines.length > 0) await makeLines(client, session, wished.lines)
}

async function bindEvents(client: Client, session: CrmSession, handler: string): Promise<void> {
  const ours = await boundEvents(client, session)
  for (const event of events) {
    if (ours.some((one) => one.event === event && one.handler === handler)) continue
    await unlessThere(client(session, { ...ask, method: methods.bind, params: { event, handler } }))
  }
  for (const old of ours.filter((one) => one.handler !== handler && one.handler !== ''))
    await client(session, { ...ask, method: methods.unbind, params: old })
}

/** The portal tells us nothing any more, whichever address of ours it was told. @throws as `setUp` */
export async function unbindEvents(client: Client, session: CrmSession): Promise<void> {
  for (const bound of await boundEvents(client, session))
    if (bound.handler !== '') await client(session, { ...ask, method: methods.unbind, params: bound })
}

/** Of the app's own, those that we want. */
async function boundEvents(
  client: Client,
  session: CrmSession,
): Promise<{ event: string; handler: string }[]> {
  const { result } = await client(session, { ...ask, method: methods.handlers, answer: handlersAnswer })
  return result
    .map((one) => ({ event: one.event.toUpperCase(), handler: one.handler ?? '' }))
    .filter(({ event }) => events.includes(event))
}

/** Nothing is entered into the CRM for calls on them: what there is to enter is for people to say. */
async function makeLines(client: Client, session: CrmSession, lines: readonly PortalLine[]): Promise<void> {
  const { result } = await client(session, { ...ask, method: methods.lines, answer: linesAnswer })
  for (const { number: NUMBER, name: NAME } of lines) {
    const there = result.find((line) => line.NUMBER === NUMBER)
    if (there === undefined)
      await unlessThere(
        client(session, { ...ask, method: methods.addLine, params: { NUMBER, NAME, CRM_AUTO_CREATE: 'N' } }),
      )
    else if (there.NAME !== NAME)
      await client(session, { ...ask, method: methods.changeLine, params: { NUMBER, NAME } })
  }
}

/** Somebody was faster, or an answer got lost: as good as made. */
async function unlessThere(made: Promise<unknown>): Promise<void> {
  try {
    await made
  } catch (error) {
    if (!isWrong(error, 'there-already')) throw error
  }
}
