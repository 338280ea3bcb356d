import { z } from 'zod'
import type { Caller, CrmSession } from '../contract.ts'
import type { Client } from './client.ts'
import type { EntityType } from './entities.ts'
import { entityFrom, entityUrl, refOf } from './entities.ts'
import { methods } from './methods.ts'
import { idOrNone, resultOf, textOrNone } from './wire.ts'

const found = resultOf(
  z.array(
    z.object({
      CRM_ENTITY_TYPE: textOrNone,
      CRM_ENTITY_ID: idOrNone,
      ASSIGNED_BY_ID: idOrNone,
      NAME: textOrNone,
    }),
  ),
)
const kinds: Record<EntityType, Caller['kind']> = { CONTACT: 'person', COMPANY: 'company', LEAD: 'lead' }
const order: readonly Caller['kind'][] = ['person', 'company', 'lead']

/**
 * Who has this number, as far as this token's user may know: persons first, then companies and leads. One request, and the
 * best Bitrix24 has for it: how numbers are compared is its own affair.
 */
export async function identify(client: Client, session: CrmSession, number: string): Promise<Caller[]> {
  const { result } = await client(session, {
    method: methods.search,
    params: { PHONE_NUMBER: number },
    answer: found,
    feature: 'caller',
  })
  return result
    .flatMap((one): Caller[] => {
      const entity = entityFrom(one.CRM_ENTITY_TYPE, one.CRM_ENTITY_ID)
      if (entity === undefined) return []
      return [
        {
          externalId: refOf(entity),
          kind: kinds[entity.type],
          name: one.NAME ?? '',
          ownerExternalId: one.ASSIGNED_BY_ID,
          url: entityUrl(session.apiBase, entity),
        },
      ]
    })
    .sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind))
}
