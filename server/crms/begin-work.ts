import type { App } from '../app.ts'
import { failed } from '../failure.ts'
import type { Organization } from '../organizations/organization.ts'
import { startMirror } from './mirror.ts'
import { has } from './parts.ts'

/**
 * Begins what is done for a CRM once its company has accepted the agreement: its contacts are mirrored, or, where the CRM
 * is asked at each call instead, nothing is copied at all.
 */
export async function beginWork(
  app: Pick<App, 'crms' | 'directories' | 'jobs'>,
  organization: Organization,
  connectionId: string,
): Promise<void> {
  const connection = (await app.directories.of(organization)).connections.get(connectionId)
  const crm = connection && app.crms.get(connection.adapter)
  if (!crm) return failed({ code: 'not-found', what: 'connection' })
  if (has(crm, 'mirror')) return startMirror(app, organization, connectionId)
  await organization.transaction(
    (db) =>
      db.rows(
        `update connections set mirror_state = 'none', state = 'working' where id = $1 and mirror_state = 'not-started'`,
        [connectionId],
      ),
    'connect the systems',
  )
}
