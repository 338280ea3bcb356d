import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { App } from '../app.ts'
import { requireAdministrator } from '../http/account.ts'
import { correctionAsked, correctionView } from '../http/shapes.ts'
import type { Organization } from '../organizations/organization.ts'
import { carryOutCorrection } from './carry-out-correction.ts'
import { signedCorrectionReceipt } from './correction-receipt.ts'
import { correctionOf } from './correction-wish.ts'
import { type CorrectionRecord, findCorrection, listCorrections } from './corrections.ts'
import { signCorrection } from './erasure-signing.ts'
import { viewOfTold } from './request-views.ts'

/** Requests to put data of a person right (Art. 16), for those who answer them: an organization's administrators. */
export function correctionRoutes(app: App): FastifyPluginAsyncZod {
  const embedded = app.cluster.embedded !== undefined
  const viewOf = async (organization: Organization, { toCorrect, ...correction }: CorrectionRecord) => {
    const { left, ...view } = await viewOfTold(app, organization, { ...correction, left: toCorrect })
    return { ...view, toCorrect: left }
  }
  return async (http) => {
    http.post(
      '/api/v1/privacy/corrections',
      { schema: { body: correctionAsked, response: { 200: correctionView } } },
      async (request) => {
        const { organization, user } = await requireAdministrator(app, request)
        const { person, atCrm } = request.body
        const correction = await correctionOf(organization, request.body)
        const id = await carryOutCorrection(app, organization, {
          cause: 'page',
          askedBy: user.id,
          person,
          correction,
          atCrm,
        })
        return viewOf(organization, await findCorrection(organization, embedded, id))
      },
    )

    http.get(
      '/api/v1/privacy/corrections',
      { schema: { response: { 200: z.object({ corrections: z.array(correctionView) }) } } },
      async (request) => {
        const { organization } = await requireAdministrator(app, request)
        const corrections = await listCorrections(organization, embedded)
        return { corrections: await Promise.all(corrections.map((one) => viewOf(organization, one))) }
      },
    )

    http.get(
      '/api/v1/privacy/corrections/:id/receipt',
      { schema: { params: z.object({ id: z.uuid() }), response: { 200: signedCorrectionReceipt } } },
      async (request, reply) => {
        const { organization } = await requireAdministrator(app, request)
        const correction = await findCorrection(organization, embedded, request.params.id)
        reply.header('content-disposition', `attachment; filename="correction-${correction.id}.json"`)
        return signCorrection(app, organization, correction)
      },
    )
  }
}
