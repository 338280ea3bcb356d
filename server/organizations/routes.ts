import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { App } from '../app.ts'
import { failed } from '../failure.ts'
import { requireOperator } from '../http/account.ts'
import { organizationDeleted, organizationList, organizationView } from '../http/shapes.ts'
import { accountView } from './account-view.ts'
import { deleteCustomer } from './delete-organization.ts'
import { customerAccount, customerAccounts } from './subscriptions.ts'

const byId = z.object({ id: z.uuid() })

/** The operator's organizations. */
export function organizationRoutes(app: App): FastifyPluginAsyncZod {
  return async (http) => {
    http.get(
      '/api/v1/organizations',
      { schema: { response: { 200: organizationList } } },
      async (request) => {
        await requireOperator(app, request)
        const accounts = await customerAccounts(app.cluster)
        return { organizations: await Promise.all(accounts.map((account) => accountView(app, account))) }
      },
    )

    http.post(
      '/api/v1/organizations',
      {
        schema: {
          body: z.object({
            name: z.string().min(1).max(200),
            country: z.string().length(2),
            timeZone: z.string().max(60),
            language: z.enum(['en', 'cs']).optional(),
            // the last day of a trial, YYYY-MM-DD; left out: the subscription runs
            trialUntil: z.string().max(20).optional(),
          }),
          response: { 201: organizationView },
        },
      },
      async (request, reply) => {
        await requireOperator(app, request)
        await app.policies.expectInForce()
        const { language, trialUntil, ...wish } = request.body
        const { id } = await app.organizations.create({
          ...wish,
          ...(language ? { language } : {}),
          ...(trialUntil === undefined ? {} : { trialUntil }),
        })
        return reply.code(201).send(await accountView(app, await customerAccount(app.cluster, id)))
      },
    )

    http.delete(
      '/api/v1/organizations/:id',
      {
        schema: {
          params: byId,
          body: z.object({ name: z.string().max(200) }),
          response: { 200: organizationDeleted },
        },
      },
      async (request) => {
        await requireOperator(app, request)
        const { id, name } = await customerAccount(app.cluster, request.params.id)
        // What cannot be undone asks for the name of the thing.
        if (request.body.name !== name)
          failed({ code: 'invalid-input', field: 'name', rule: 'the name of the organization' })
        const left = await deleteCustomer(app, id)
        app.holder.tend()
        // The others are told; here too nothing of it stays in memory.
        app.changed(id)
        app.directories.drop(id)
        app.notices.tell({ about: 'organization gone', organizationId: id })
        await app.hooks.load()
        return { left }
      },
    )
  }
}
