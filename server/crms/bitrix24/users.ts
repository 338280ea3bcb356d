import { z } from 'zod'
import type { CrmSession, CrmUser } from '../contract.ts'
import type { Client } from './client.ts'
import { methods } from './methods.ts'
import { identifier, pageOf, phpBoolean, textOrNone } from './wire.ts'

const page = pageOf(
  z.object({
    ID: identifier,
    ACTIVE: phpBoolean,
    NAME: textOrNone,
    LAST_NAME: textOrNone,
    EMAIL: textOrNone,
    UF_PHONE_INNER: z.union([z.string(), z.number()]).nullish().catch(undefined),
  }),
)

/**
 * Everybody who works there, dismissed or not. Which fields come depends on the app's scope; who is an administrator is not
 * told of others.
 */
export async function readUsers(client: Client, session: CrmSession): Promise<CrmUser[]> {
  const users: CrmUser[] = []
  let start = 0
  for (;;) {
    const { result, next } = await client(session, {
      method: methods.users,
      params: { FILTER: { USER_TYPE: 'employee' }, sort: 'ID', order: 'ASC', start },
      answer: page,
      feature: 'set-up',
    })
    users.push(...result.map(userFrom))
    if (next == null || next <= start) return users
    start = next
  }
}

function userFrom(user: z.infer<typeof page>['result'][number]): CrmUser {
  const extension = String(user.UF_PHONE_INNER ?? '').replace(/\D/g, '')
  return {
    externalId: user.ID,
    name: [user.NAME, user.LAST_NAME].filter(Boolean).join(' ') || `#${user.ID}`,
    email: user.EMAIL || undefined,
    active: user.ACTIVE,
    administrator: undefined,
    ...(extension === '' ? {} : { extension }),
  }
}
