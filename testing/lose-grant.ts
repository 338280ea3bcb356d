import type { Company } from './company.ts'
import { runNow } from './jobs.ts'
import { until } from './until.ts'

/** The CRM takes the grant of this company's only user back and tells nobody; it is noticed at the next request. */
export async function loseGrant(acme: Company): Promise<void> {
  acme.hub.sandbox.faults.order({ kind: 'revoked-token', path: '/api/v2/organizations', times: 1 })
  await runNow(acme.hub, 'read-contacts', acme).catch(() => undefined)
  await until('the grant is refused', async () => {
    const installations = await acme.hub.control<{ state: string }>(
      'select state from installations where organization_id = $1',
      [acme.id],
    )
    return installations.every(({ state }) => state === 'refused')
  })
}
