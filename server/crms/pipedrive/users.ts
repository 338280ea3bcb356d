import { z } from 'zod'
import type { CrmSession, CrmUser, Identity } from '../contract.ts'
import type { Client } from './client.ts'
import { endpoints } from './endpoints.ts'
import { identifier } from './identifier.ts'

const access = z
  .array(z.object({ app: z.string(), admin: z.boolean() }))
  .nullish()
  .catch(undefined)

const me = z.object({
  data: z.object({
    id: identifier,
    name: z.string(),
    access,
    timezone_name: z.string().catch('UTC'),
    company_id: identifier,
    company_name: z.string(),
    company_country: z.string().nullish(),
    language: z
      .object({ language_code: z.string(), country_code: z.string().nullish() })
      .nullish()
      .catch(undefined),
  }),
})

const list = z.object({
  data: z
    .array(
      z.object({
        id: identifier,
        name: z.string(),
        email: z.string().nullish(),
        active_flag: z.boolean().catch(true),
        is_deleted: z.boolean().catch(false),
        access,
      }),
    )
    .nullable(),
})

/**
 * UNVERIFIED: Pipedrive names no flag for "administrator of the company" in its access sets. Whoever administers the
 * account's settings or everything is one; administering only sales is not enough. Neither is it known whether everybody is
 * told the sets of their colleagues.
 * @returns undefined where no sets are told
 */
function isAdministrator(sets: z.infer<typeof access>): boolean | undefined {
  return sets?.some(({ app, admin }) => admin && (app === 'global' || app === 'account_settings'))
}

export async function readIdentity(client: Client, session: CrmSession): Promise<Identity> {
  const { data } = await client(session, { endpoint: endpoints.me, answer: me, feature: 'set-up' })
  return {
    companyRef: data.company_id,
    companyName: data.company_name,
    userRef: data.id,
    userName: data.name,
    administrator: isAdministrator(data.access) ?? false,
    language: data.language?.language_code ?? 'en',
    country: data.company_country ?? data.language?.country_code ?? '',
    timeZone: data.timezone_name,
  }
}

export async function readUsers(client: Client, session: CrmSession): Promise<CrmUser[]> {
  const { data } = await client(session, { endpoint: endpoints.users, answer: list, feature: 'set-up' })
  return (data ?? []).map((user) => ({
    externalId: user.id,
    name: user.name,
    email: user.email ?? undefined,
    active: user.active_flag && !user.is_deleted,
    administrator: isAdministrator(user.access),
  }))
}
