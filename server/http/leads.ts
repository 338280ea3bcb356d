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
 * functions above has looked; a file they offer has a name of ours. What does otherwise is not sent.
 */
export function keepAnswersDeclared(app: Pick<App, 'url'>, http: Pick<FastifyInstance, 'addHook'>): void {
  http.addHook('onSend', async (_request, reply) => {
    for (const name of Object.keys(reply.getHeaders()).filter((one) => !answerHeaders.has(one))) {
      reply.removeHeader(name)
      reply.raw.removeHeader(name) // where it was put beside the framework
    }
    const offered = reply.getHeader('content-disposition')
    if (offered !== undefined && !offeredFile.test(String(offered))) {
      reply.removeHeader('content-disposition')
      undeclared()
    }
    const location = reply.getHeader('location')
    if (location === undefined || led.get(reply) === location) return
    const url = URL.parse(String(location), app.url) ?? undeclared()
    const isOwn = url.origin === new URL(app.url).origin && url.hash === ''
    if (isOwn && !isUndeclared(ownPages, { method: 'GET', url, base: url.origin, headers: {} })) return
    reply.removeHeader('location')
    undeclared()
  })
}
