import type { App } from '../app.ts'
import { failureOf } from '../failure.ts'
import type { DirectoryUser } from '../organizations/directory.ts'
import type { Organization } from '../organizations/organization.ts'
import { maySpend } from './allowance.ts'
import { ownSession } from './own-session.ts'

export type AskRightsParts = Pick<App, 'installations' | 'crms' | 'log'>

/**
 * Asks the CRM, with the viewer's own token, whether they may see a person; not with what the day's allowance holds for
 * calls.
 * @returns undefined when nobody can say now
 */
export async function askRights(
  parts: AskRightsParts,
  organization: Organization,
  user: DirectoryUser,
  externalId: string,
): Promise<boolean | undefined> {
  try {
    const spends = await organization.transaction(
      (db) => maySpend(db, user.connectionId),
      'connect the systems',
    )
    if (!spends) return undefined
    const own = await ownSession(parts, user)
    return own?.crm.mirror ? await own.crm.mirror.canSee(own.session, externalId) : false
  } catch (error) {
    const code = failureOf(error)?.code
    if (code === 'provider-refused') return false // the viewer's grant is gone
    if (code !== 'provider-unavailable' && code !== 'database-away')
      parts.log.failure('rights-not-asked', error, { organizationId: organization.id })
    return undefined
  }
}
