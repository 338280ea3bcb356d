import type { FastifyInstance, FastifyReply } from 'fastify'
import type { App } from '../app.ts'
import { isUndeclared } from '../egress/sent-fields.ts'
import { failed } from '../failure.ts'
import { answerHeaders, grantParameters, offeredFile, ownPages } from './answers.ts'

const undeclared = (): never => failed({ code: 'undeclared', what: 'field' })

/** Answers that lead elsewhere, by the address that was looked at. */
const led = new WeakMap<FastifyReply, string>()

/**
 * Leads a browser to where somebody grants us access: the standard's own parameters, the state we made and our address.
 * @param url as the adapter has put it together
 * @throws {RingfenceError} `undeclared`
 */
export function leadToGrant(
  reply: FastifyReply,
  url: string,
  made: { state: string; redirectUri: string },
): FastifyReply {
  const read = URL.parse(url) ?? undeclared()
  const asked = [...read.searchParams.keys()]
  const isPlain =
    asked.every((name) => grantParameters.has(name)) &&
    new Set(asked).size === asked.length &&
    read.searchParams.get('state') === made.state &&
    read.searchParams.get('redirect_uri') === made.redirectUri &&
    `${read.hash}${read.username}${read.password}` === ''
  return isPlain ? leadTo(reply, url) : undeclared()
}

/** Leads the browser of somebody who may hear it to a recording, where the phone system said that it is. */
export const leadToRecording = (reply: FastifyReply, url: string): FastifyReply => leadTo(reply, url)

function leadTo(reply: FastifyReply, url: string): FastifyReply {
  led.set(reply, url)
  return reply.redirect(url)
}

/**
 * Answers carry the declared headers, and lead to pages of ours whose addresses are declared, or to where one of the
 * functions above has looked; a file they offer has a name of ours. What does otherwise is not sent. The log tells of
 * which route it was, and no name of a header: one that is put together may hold anything.
 *
 * It sees what the hooks before it have put there. An answer that writes its own head (the live channel) passes it by.
 */
export function keepAnswersDeclared(
  { url, log }: Pick<App, 'url' | 'log'>,
  http: Pick<FastifyInstance, 'addHook'>,
): void {
  const { origin } = new URL(url)
  http.addHook('onSend', async (request, reply) => {
    const takeOff = (names: readonly string[]) => {
      for (const name of names) {
        reply.removeHeader(name)
        reply.raw.removeHeader(name) // where it was put beside the framework
      }
      log.warn('header-undeclared', { route: request.routeOptions.url ?? '?', count: names.length })
    }
    const strange = Object.keys(reply.getHeaders()).filter((name) => !answerHeaders.has(name))
    if (strange.length > 0) takeOff(strange)
    const offered = reply.getHeader('content-disposition')
    if (offered !== undefined && !offeredFile.test(String(offered))) {
      takeOff(['content-disposition'])
      undeclared()
    }
    const location = reply.getHeader('location')
    if (location === undefined || led.get(reply) === location || isOwnPage(String(location), origin)) return
    takeOff(['location'])
    undeclared()
  })
}

function isOwnPage(location: string, origin: string): boolean {
  const url = URL.parse(location, origin)
  if (url?.origin !== origin || url.hash !== '') return false
  return !isUndeclared(ownPages, { method: 'GET', url, base: origin, headers: {} })
}
