import type { App } from '../app.ts'
import { failureOf } from '../failure.ts'
import { ownNumbersOf } from '../organizations/connections.ts'
import type { Organization } from '../organizations/organization.ts'
import type { RawRequest } from '../phones/contract.ts'
import type { AppCredentials, CrmWith, PortalLine, PortalVisit } from './contract.ts'
import { openOne, problemOf, type Settled, type SignInProblem, settleIn } from './install.ts'
import { ownAppOf } from './own-app.ts'

export type VisitParts = Pick<
  App,
  | 'cluster'
  | 'ring'
  | 'organizations'
  | 'installations'
  | 'oneTimeTokens'
  | 'jobs'
  | 'portals'
  | 'directories'
  | 'changed'
  | 'log'
  | 'url'
>
type PortalCrm = CrmWith<'portal'>

/**
 * With which app a portal's posts are proved: its own, where its administrator has made one, else this installation's.
 * @param invitation of a company that nobody has installed for yet
 */
export async function appFor(
  parts: Pick<VisitParts, 'organizations' | 'portals' | 'oneTimeTokens' | 'directories'>,
  crm: PortalCrm,
  request: RawRequest,
  invitation: string | undefined,
): Promise<AppCredentials | undefined> {
  const known = await parts.portals.find(crm.name, crm.portal.companyOf(request))
  if (known) {
    const organization = await openOne(parts, known.organizationId)
    return organization && ownAppOf(organization, known.connectionId)
  }
  const invited = invitation === undefined ? undefined : await parts.oneTimeTokens.look('install', invitation)
  if (invited?.organizationId === undefined) return undefined
  const organization = await openOne(parts, invited.organizationId)
  if (!organization) return undefined
  const { connections } = await parts.directories.of(organization)
  const connection = [...connections.values()].find(({ adapter }) => adapter === crm.name)
  return connection && ownAppOf(organization, connection.id)
}

/**
 * Takes in whoever has opened a page of ours in their portal: they are known from now on, with their own tokens. The first
 * of a company needs the operator's invitation. An administrator's visit makes what the app needs in the portal.
 * @returns why not, as a sentence of the sign-in page
 */
export async function takeVisit(
  parts: VisitParts,
  crm: PortalCrm,
  visit: PortalVisit,
  invitation: string | undefined,
): Promise<Settled | SignInProblem> {
  const { identity, tokens, applicationToken } = visit
  const known = await parts.portals.find(crm.name, identity.companyRef)
  const invited =
    known || invitation === undefined ? undefined : await parts.oneTimeTokens.look('install', invitation)
  if (!known && invitation !== undefined && !invited) return 'expired'
  try {
    const settled = await settleIn({ ...parts, crm, tokens: parts.oneTimeTokens }, invited?.organizationId, {
      identity,
      tokens,
    })
    if (typeof settled === 'string') return settled
    const { organization, connectionId } = settled
    await parts.portals.put({
      organizationId: organization.id,
      connectionId,
      crm: crm.name,
      companyRef: identity.companyRef,
      applicationToken,
    })
    parts.changed(organization.id)
    const anew = visit.page === 'install' || known?.isSetUp !== true
    if (anew && identity.administrator) await setUpPortal(parts, crm, settled)
    return settled
  } catch (error) {
    return problemOf(error)
  }
}

/** Lines and events, so that the portal speaks to us. What cannot be made now is made at an administrator's next visit. */
async function setUpPortal(
  parts: VisitParts,
  crm: PortalCrm,
  { organization, connectionId, installationId }: Settled,
): Promise<void> {
  const installation = await parts.installations.get(installationId)
  if (!installation) return
  try {
    await crm.portal.setUp(parts.installations.session(crm, installation), {
      eventUrl: `${parts.url}/apps/${crm.name}/event`,
      lines: await linesOf(parts, organization),
    })
    await parts.portals.setUp(connectionId, true)
  } catch (error) {
    const code = failureOf(error)?.code
    if (code === undefined) throw error
    await parts.portals.setUp(connectionId, false)
    parts.log.warn('portal-not-set-up', { connectionId, code })
  }
}

/** The organization's own lines, as its phone systems' connections have them. */
async function linesOf(
  { directories }: Pick<App, 'directories'>,
  organization: Organization,
): Promise<PortalLine[]> {
  const { connections } = await directories.of(organization)
  const lines: PortalLine[] = []
  for (const { id, side } of connections.values()) {
    if (side !== 'phone') continue
    for (const number of await ownNumbersOf(organization, id)) lines.push({ number, name: number })
  }
  return lines
}
