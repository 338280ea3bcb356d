import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { App } from '../app.ts'
import { failed } from '../failure.ts'
import { requireAdministrator } from '../http/account.ts'
import { erasureView, heldView, personAsked } from '../http/shapes.ts'
import type { Organization } from '../organizations/organization.ts'
import { carryOutErasure } from './carry-out.ts'
import { signedErasureReceipt } from './erasure-receipt.ts'
import { signErasure } from './erasure-signing.ts'
import { type Erasure, findErasure, liftErasure, listErasures } from './erasures.ts'
import { mapOfHeld } from './held-map.ts'
import { personMap } from './person-map.ts'
import { type Asked, keysOfSubject, subjectOf } from './person-subject.ts'
import { personsFor, viewOfTold } from './request-views.ts'

/** Requests of people, for those who answer them: an organization's administrators. Numbers never stand in an address. */
export function erasureRoutes(app: App): FastifyPluginAsyncZod {
  const embedded = app.cluster.embedded !== undefined
  const params = z.object({ id: z.uuid() })
  return async (http) => {
    http.post(
      '/api/v1/privacy/person',
      { schema: { body: personAsked, response: { 200: heldView } } },
      async (request) => {
        const { organization } = await requireAdministrator(app, request)
        const subject = await subjectOf(organization, askedIn(request.body))
        const language = request.body.language ?? organization.language
        const person = await keysOfSubject(organization, subject)
        const kinds = await personMap(organization, person, language)
        return {
          numbers: [...subject.numbers],
          shared: [...subject.shared],
          persons: await personsFor(app, organization, subject.persons),
          kinds,
          map: await mapOfHeld(app, organization, { person, language, held: kinds.map(({ kind }) => kind) }),
        }
      },
    )

    http.post(
      '/api/v1/privacy/erasures',
      {
        schema: {
          body: personAsked.extend({ atCrm: z.enum(['nothing', 'ours', 'person', 'list']) }),
          response: { 200: erasureView },
        },
      },
      async (request) => {
        const { organization, user } = await requireAdministrator(app, request)
        const { atCrm } = request.body
        const subject = await subjectOf(organization, askedIn(request.body))
        const id = await carryOutErasure(app, organization, subject, {
          cause: 'page',
          askedBy: user.id,
          atCrm,
        })
        return viewOf(app, organization, await findErasure(organization, embedded, id))
      },
    )

    http.get(
      '/api/v1/privacy/erasures',
      { schema: { response: { 200: z.object({ erasures: z.array(erasureView) }) } } },
      async (request) => {
        const { organization } = await requireAdministrator(app, request)
        const erasures = await listErasures(organization, embedded)
        return { erasures: await Promise.all(erasures.map((one) => viewOf(app, organization, one))) }
      },
    )

    http.get(
      '/api/v1/privacy/erasures/:id/receipt',
      { schema: { params, response: { 200: signedErasureReceipt } } },
      async (request, reply) => {
        const { organization } = await requireAdministrator(app, request)
        const erasure = await findErasure(organization, embedded, request.params.id)
        reply.header('content-disposition', `attachment; filename="erasure-${erasure.id}.json"`)
        return signErasure(app, organization, erasure)
      },
    )

    http.post(
      '/api/v1/privacy/erasures/:id/lift',
      { schema: { params, response: { 200: erasureView } } },
      async (request) => {
        const { organization } = await requireAdministrator(app, request)
        await findErasure(organization, embedded, request.params.id)
        await liftErasure(organization, request.params.id)
        return viewOf(app, organization, await findErasure(organization, embedded, request.params.id))
      },
    )
  }
}

function askedIn(body: z.infer<typeof personAsked>): Asked {
  if (body.person) return { person: body.person }
  if (body.number !== undefined) return { number: body.number }
  return failed({ code: 'invalid-input', field: 'number', rule: 'a telephone number' })
}

async function viewOf(
  app: App,
  organization: Organization,
  { toErase, ...erasure }: Erasure,
): Promise<z.infer<typeof erasureView>> {
  const { left, ...view } = await viewOfTold(app, organization, { ...erasure, left: toErase })
  return { ...view, toErase: left }
}
