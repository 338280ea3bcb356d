import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { App } from '../app.ts'
import { failed } from '../failure.ts'
import { requireManaged } from '../http/account.ts'
import { type AllowanceView, allowanceView } from '../http/shapes.ts'
import type { Organization } from '../organizations/organization.ts'
import { allowanceShown, type BudgetRow, budgetColumns, budgetFrom, spendingOf } from './allowance.ts'
import { resetAfter } from './budget.ts'

/** What a CRM's allowance is spent on: counts, no persons. */
export function allowanceRoutes(app: App): FastifyPluginAsyncZod {
  return async (http) => {
    http.get(
      '/api/v1/connections/:id/allowance',
      { schema: { params: z.object({ id: z.uuid() }), response: { 200: allowanceView } } },
      async (request) => {
        const organization = await requireManaged(app, request)
        return allowanceOf(organization, request.params.id)
      },
    )
  }
}

/** @throws `not-found` */
async function allowanceOf(organization: Organization, connectionId: string): Promise<AllowanceView> {
  return organization.transaction(async (db) => {
    const [row, days] = await Promise.all([
      db.row<BudgetRow & { today: string }>(
        `select ${budgetColumns}, to_char(ringfence.now() at time zone 'UTC', 'YYYY-MM-DD') as today
         from connections c where c.id = $1 and c.side = 'crm'`,
        [connectionId],
      ),
      spendingOf(db, connectionId),
    ])
    if (!row) return failed({ code: 'not-found', what: 'connection' })
    const byFeature = days.find(({ day }) => day === row.today)?.byFeature ?? {}
    const budget = budgetFrom(row)
    return { ...allowanceShown(budget, byFeature), resetsAt: resetAfter(budget.now).toISOString(), days }
  }, 'connect the systems')
}
