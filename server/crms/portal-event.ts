import type { App } from '../app.ts'
import { failed } from '../failure.ts'
import type { RawRequest } from '../phones/contract.ts'
import type { CrmWith } from './contract.ts'
import { keepRemoval } from './portal-removed.ts'
import { appFor, takeVisit } from './portal-visit.ts'
import { keepRequested } from './requested-call.ts'

/**
 * What a portal tells, once and without listening to our answer: it is on record before we answer. Whose it is stands in
 * it; that it is theirs is proved by the application token, or, where that is new, by asking the portal.
 * @throws RingfenceError `unauthorized`, `invalid-input`, `provider-unavailable`, `database-away`
 */
export async function takePortalEvent(app: App, crm: CrmWith<'portal'>, request: RawRequest): Promise<void> {
  const renewal = await crm.portal.readRenewal(request, await appFor(app, crm, request, undefined))
  if (renewal) {
    // Of a company that is not here yet nothing is taken: it begins with an invitation.
    const taken = await takeVisit(app, crm, renewal, undefined)
    if (typeof taken === 'string') app.log.warn('portal-renewal-refused', { why: taken })
    return
  }
  const companyRef = crm.portal.companyOf(request)
  const portal = await app.portals.find(crm.name, companyRef)
  if (portal?.applicationToken === undefined) return failed({ code: 'unauthorized' })
  for (const event of crm.portal.receive(request, portal.applicationToken)) {
    switch (event.kind) {
      case 'call-requested': {
        const organization = await app.organizations.get(portal.organizationId)
        await keepRequested(app, organization, portal.connectionId, event)
        break
      }
      case 'app-removed':
        await keepRemoval(app.jobs, portal)
    }
  }
}
