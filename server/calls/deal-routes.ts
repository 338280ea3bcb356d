import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { App } from '../app.ts'
import { soleMatch } from '../contacts/find-by-number.ts'
import { chooseDeal } from '../crms/choose-deal.ts'
import { type DealRef, sameDeal } from '../crms/deal.ts'
import { ownSession } from '../crms/own-session.ts'
import { failed, failureOf } from '../failure.ts'
import { requireUser, type SignedInUser } from '../http/account.ts'
import { callView, type DealTitles, dealChoice, dealTitles } from '../http/shapes.ts'
import { readCall } from './journal.ts'
import { mayName, maySee } from './who-sees.ts'

const callId = z.object({ id: z.uuid() })
/** A request for each: more than a person picks from are not asked for. */
const mostTitles = 20

/** Which of the person's deals a call is about. Titles are read with the viewer's own rights and kept nowhere. */
export function dealRoutes(app: App): FastifyPluginAsyncZod {
  return async (http) => {
    http.get(
      '/api/v1/calls/:id/deals',
      // Each look costs some of the company's allowance.
      {
        config: { rateLimit: { max: 60, timeWindow: 60_000 } },
        schema: { params: callId, response: { 200: dealTitles } },
      },
      async (request) => {
        const viewer = await requireUser(app, request)
        const { person, deals } = await dealsOfCall(app, viewer, request.params.id)
        return readTitles(app, viewer, person.connectionId, deals)
      },
    )

    http.put(
      '/api/v1/calls/:id/deal',
      { schema: { params: callId, body: dealChoice, response: { 200: callView } } },
      async (request) => {
        const viewer = await requireUser(app, request)
        const { id } = request.params
        const { person, deals } = await dealsOfCall(app, viewer, id)
        const { kind, externalId } = request.body
        const deal = kind == null || externalId === null ? undefined : { kind, externalId }
        if (deal && !deals.some((one) => sameDeal(one, deal))) failed({ code: 'not-found', what: 'deal' })
        await chooseDeal({ ...app, show: app.showCall }, viewer.organization, id, {
          connectionId: person.connectionId,
          deal,
        })
        const { call } = await dealsOfCall(app, viewer, id)
        return app.view(viewer.organization, viewer.user, call)
      },
    )
  }
}

/** What may be chosen from: the person's open ones, and what the call is linked with already. @throws `not-found` */
async function dealsOfCall(app: App, { organization, user }: SignedInUser, id: string) {
  const reader = await app.reader(organization)
  const call = await organization.transaction(
    (db) => readCall(db, reader, id),
    'show calls to the people they are for',
  )
  if (!call || !maySee(call, user)) return failed({ code: 'not-found', what: 'call' })
  const person = soleMatch(call.matches)
  if (!person || !call.deals || !mayName(person, app.rights.viewer(user)))
    return failed({ code: 'not-found', what: 'person' })
  const { open, deal, sent } = call.deals
  const linked = [deal, sent].flatMap((one) => one ?? [])
  const closed = linked.filter(
    (one, at) => ![...open, ...linked.slice(0, at)].some((is) => sameDeal(is, one)),
  )
  return { call, person, deals: [...closed, ...open] }
}

async function readTitles(
  app: App,
  { user }: SignedInUser,
  connectionId: string,
  all: readonly DealRef[],
): Promise<DealTitles> {
  const deals = all.slice(0, mostTitles)
  if (deals.length === 0) return { deals: [], read: 'own' }
  const own = user.connectionId === connectionId ? await ownSession(app, user) : undefined
  if (!own?.crm.deals) return { deals, read: 'no-token' }
  try {
    return { deals: await own.crm.deals.titles(own.session, deals), read: 'own' }
  } catch (error) {
    const code = failureOf(error)?.code
    if (code === 'provider-refused') return { deals, read: 'no-token' }
    if (code === 'provider-unavailable' || code === 'provider-rejected') return { deals, read: 'away' }
    throw error
  }
}
