import type { AdapterParts, Caller, CrmSession, CrmUser } from 'ringfence/adapter'
import type { Client } from './client.ts'

/** Who works there, and who has a number. Only what is used is read; nothing of it is kept. */
export function peopleOf({ z }: AdapterParts, client: Client) {
  const wireUsers = z.object({
    users: z.array(
      z.object({ id: z.string(), name: z.string(), email: z.string().optional(), admin: z.boolean() }),
    ),
  })
  const wirePersons = z.object({
    persons: z.array(z.object({ id: z.string(), name: z.string(), owner: z.string().optional() })),
  })
  return {
    async users(session: CrmSession): Promise<CrmUser[]> {
      const { users } = wireUsers.parse(await client(session, { method: 'GET', path: '/users' }))
      return users.map(({ id, name, email, admin }) => ({
        externalId: id,
        name,
        email,
        active: true,
        administrator: admin,
      }))
    },
    /** @param number E.164 */
    async identify(session: CrmSession, number: string): Promise<Caller[]> {
      const path = `/persons?${new URLSearchParams({ number })}`
      const { persons } = wirePersons.parse(await client(session, { method: 'GET', path }))
      return persons.map(({ id, name, owner }) => ({
        externalId: id,
        kind: 'person',
        name,
        ownerExternalId: owner,
        url: `${session.apiBase}/persons/${encodeURIComponent(id)}`,
      }))
    },
  }
}
