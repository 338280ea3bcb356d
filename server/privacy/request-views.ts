import { type App, titleOf } from '../app.ts'
import type { PersonRef } from '../contacts/open-deals.ts'
import { storedContact } from '../contacts/stored-contact.ts'
import type { HeldView } from '../http/shapes.ts'
import type { Organization } from '../organizations/organization.ts'
import type { LeftToPeople, ToldRecipient } from './told.ts'

interface Request {
  askedAt: Date
  askedBy: string | undefined
  recipients: readonly ToldRecipient[]
  left: readonly LeftToPeople[]
}

/** An erasure or a correction as a page shows it: with names of colleagues and systems, and addresses in the CRM. */
export async function viewOfTold<Of extends Request>(app: App, organization: Organization, request: Of) {
  const { askedAt, askedBy, recipients, left, ...rest } = request
  const { users } = await app.directories.of(organization)
  const by = askedBy === undefined ? undefined : users.get(askedBy)?.name
  return {
    ...rest,
    askedAt: askedAt.toISOString(),
    ...(by === undefined ? {} : { askedBy: by }),
    recipients: recipients.map((one) => ({ ...one, recipient: titleOf(app, one.recipient) })),
    left: await addressesOf(app, left),
  }
}

/** Where in the CRM people find what they have to look after by themselves. */
async function addressesOf(
  app: App,
  left: readonly LeftToPeople[],
): Promise<{ what: string; url: string }[]> {
  const found: { what: string; url: string }[] = []
  for (const one of left) {
    const [as] = await app.installations.active(one.connectionId)
    const crm = as && app.crms.get(as.crm)
    if (!as || !crm) continue
    const url =
      one.what === 'person' && one.externalId !== undefined
        ? crm.mirror?.personUrl(as.apiBase, one.externalId)
        : crm.activityUrl(as.apiBase, { logId: one.externalId, activityId: one.activityId })
    if (url !== undefined) found.push({ what: one.what, url })
  }
  return found
}

/** Persons of the mirror as they stand there, for whoever answers their request. */
export async function personsFor(
  app: App,
  organization: Organization,
  persons: readonly PersonRef[],
): Promise<HeldView['persons']> {
  const { connections } = await app.directories.of(organization)
  return organization.transaction(async (db) => {
    const found: HeldView['persons'] = []
    for (const person of persons) {
      const contact = await storedContact(db, organization.keys, person)
      if (!contact) continue
      const adapter = connections.get(person.connectionId)?.adapter ?? ''
      found.push({
        ...person,
        name: contact.name,
        numbers: [...contact.numbers],
        crm: titleOf(app, adapter),
        corrects: app.crms.get(adapter)?.requests?.correct !== undefined,
      })
    }
    return found
  }, 'officer')
}
