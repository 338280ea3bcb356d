import { z } from 'zod'
import { keysOfTyped } from '../../contacts/numbers.ts'
import type { ApiClient } from '../api-client.ts'
import type { PhoneSession, PhoneUser } from '../contract.ts'
import { readAll } from './client.ts'
import { german } from './numbers.ts'

const id = z.union([z.number(), z.string()]).transform(String)
const sipUser = z.object({
  sipuid: z.string().min(3).max(200),
  name: z.string().nullish(),
  did: id.nullish(),
  webuser: z.object({ email: z.string().nullish(), name: z.string().nullish() }).nullish().catch(null),
  type: z.string().nullish(),
})
const number = z.object({ number: z.string(), activated: z.boolean().nullish() })

/** SIP users with a telephone; fax machines and trunks answer nobody. */
export async function readUsers(client: ApiClient, session: PhoneSession): Promise<PhoneUser[]> {
  const users = await readAll(client, session, { path: '/sip_users', one: sipUser })
  return users
    .filter(({ type }) => type !== 'fax' && type !== 'trunk')
    .map(({ sipuid, name, did, webuser }) => ({
      ref: sipuid,
      name: name || webuser?.name || sipuid.split('@')[0] || sipuid,
      email: webuser?.email || undefined,
      extension: did && /^\d{1,8}$/.test(did) ? did : undefined,
    }))
}

/** @returns in E.164 */
export async function readLines(client: ApiClient, session: PhoneSession): Promise<string[]> {
  const numbers = await readAll(client, session, { path: '/numbers', one: number })
  const lines = numbers
    .filter(({ activated }) => activated !== false)
    .flatMap((one) => keysOfTyped(one.number, german(session.numbers)).exact ?? [])
  return [...new Set(lines)].sort()
}
