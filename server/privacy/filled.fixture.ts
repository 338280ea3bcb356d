import {
  plantBreach,
  plantCalls,
  plantCorrection,
  plantDocuments,
  plantPortal,
  plantRules,
  plantSpooled,
  plantTelephones,
} from '../../demo/plant.ts'
import type { Company } from '../../testing/company.ts'
import type { Hub } from '../../testing/hub.ts'
import { until } from '../../testing/until.ts'

/** A company in which every sealed column of the databases, and the spool, holds a value. */
export async function filledCompany(hub: Hub): Promise<Company> {
  const acme = await hub.given.organization()
  const { id } = hub.sandbox.pipedrive.addOrganization(acme.domain, { name: 'Analytical Engines Ltd.' })
  await acme.given.person({ name: 'Ada Lovelace', number: '+442079460123', org_id: id })
  await acme.given.user({ extension: '21' })
  await acme.admin.client.ok('PUT', `/api/v1/connections/${acme.phoneId}/settings`, {
    recordings: 'leave',
  })
  await acme.written(await acme.phone.calls({ from: '+442079460123', to: '21' }))
  await until('the company is mirrored', async () => (await acme.query('select 1 from companies')).length > 0)
  const organization = await acme.organization()
  await plantCalls(organization, Date.now())
  await plantRules(organization)
  await plantCorrection(organization)
  await plantBreach(hub.app, organization)
  await plantDocuments(hub.app, organization)
  await plantTelephones(organization, hub.app)
  await plantPortal(organization, hub.app)
  await plantSpooled(organization, hub.app.ring, hub.app.settings.dataFolder)
  return acme
}
