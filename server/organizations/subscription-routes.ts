import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { App } from '../app.ts'
import { requireOperator } from '../http/account.ts'
import { subscriptionChange, subscriptionChanged } from '../http/shapes.ts'
import { accountView } from './account-view.ts'
import { changeSubscription } from './change-subscription.ts'
import { customerAccount } from './subscriptions.ts'

/** The operator says how an organization's subscription stands: it runs, is a trial until a day, or ends now. */
export function subscriptionRoutes(app: App): FastifyPluginAsyncZod {
  return async (http) => {
    http.put(
      '/api/v1/organizations/:id/subscription',
      {
        schema: {
          params: z.object({ id: z.uuid() }),
          body: subscriptionChange,
          response: { 200: subscriptionChanged },
        },
      },
      async (request) => {
        await requireOperator(app, request)
        const { id } = request.params
        const left = await changeSubscription(app, id, request.body)
        return {
          organization: await accountView(app, await customerAccount(app.cluster, id)),
          left: (left ?? []).map((one) => ({ ...one })),
        }
      },
    )
  }
}
