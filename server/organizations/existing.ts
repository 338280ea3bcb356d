import { failureOf } from '../failure.ts'
import type { Organization } from './organization.ts'
import type { Organizations } from './organizations.ts'

interface Parts {
  organizations: Organizations
}

/** A job of an organization: of one that was deleted since, nothing is done; its jobs end with it. */
export const ofExisting =
  ({ organizations }: Parts) =>
  <Payload extends { readonly organizationId: string }>(
    work: (organization: Organization, payload: Payload) => Promise<unknown>,
  ) =>
  async (payload: Payload): Promise<void> => {
    const organization = await existing(organizations, payload.organizationId)
    if (organization) await work(organization, payload)
  }

async function existing(organizations: Organizations, id: string): Promise<Organization | undefined> {
  try {
    return await organizations.get(id)
  } catch (error) {
    if (failureOf(error)?.code === 'not-found') return undefined
    throw error
  }
}
