import { z } from 'zod'
import type { CrmSession } from '../contract.ts'
import type { Client } from './client.ts'
import { endpoints } from './endpoints.ts'
import { identifier } from './identifier.ts'
import { isUnseen } from './refusal.ts'

/** Nothing of the person is read: that there is an answer is the answer. */
const seen = z.object({ data: z.object({ id: identifier, is_deleted: z.boolean().nullish() }) })

/** A token sees what its user may see, so one request, at the price of one token, tells it. */
export async function canSee(client: Client, session: CrmSession, externalId: string): Promise<boolean> {
  try {
    const { data } = await client(session, {
      endpoint: endpoints.person,
      id: externalId,
      answer: seen,
      feature: 'rights',
    })
    return data.id === externalId && data.is_deleted !== true
  } catch (error) {
    if (isUnseen(error)) return false
    throw error
  }
}
