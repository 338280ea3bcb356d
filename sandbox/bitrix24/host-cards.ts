import { entityName } from './entity-view.ts'
import type { Bitrix24 } from './index.ts'
import type { Portal } from './world.ts'

/** A call card on somebody's screen, with what a widget on it would get. */
export type HostCard = {
  callId: string
  number: string
  name: string
  direction: 'incoming' | 'outgoing' | 'callback'
  placementOptions: Record<string, unknown>
}

/** The cards that this user sees now. */
export function cardsOf(bitrix: Bitrix24, portal: Portal, userId: number): HostCard[] {
  return bitrix.cardBoard
    .of(portal)
    .shown.filter((card) => card.userId === userId)
    .flatMap(({ callId }) => {
      const call = portal.calls.get(callId)
      if (call === undefined) return []
      const entity = call.entity === null ? undefined : portal.entity(call.entity)
      const direction = call.type === 1 ? 'outgoing' : call.type === 4 ? 'callback' : 'incoming'
      const line = portal.lines.find((item) => item.number === call.line)
      const bindings = call.entity && [{ ENTITY_TYPE: call.entity.type, ENTITY_ID: call.entity.id }]
      return [
        {
          callId,
          number: call.phone,
          name: entity === undefined ? '' : entityName(bitrix.needle, entity),
          direction,
          placementOptions: {
            CALL_ID: callId,
            PHONE_NUMBER: call.phone,
            LINE_NUMBER: call.line ?? '',
            LINE_NAME: line?.name ?? '',
            CRM_ENTITY_TYPE: call.entity?.type ?? '',
            CRM_ENTITY_ID: String(call.entity?.id ?? 0),
            ...(bindings === null ? {} : { CRM_BINDINGS: bindings }),
            CRM_ACTIVITY_ID: 'undefined',
            CALL_DIRECTION: direction,
            CALL_STATE: 'connecting',
            CALL_LIST_MODE: 'false',
          },
        },
      ]
    })
}
