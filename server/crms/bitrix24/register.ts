import { z } from 'zod'
import type { CallToWrite, CrmSession, Feature, LiveCall } from '../contract.ts'
import { numberTold } from '../number-told.ts'
import type { Client } from './client.ts'
import type { Entity } from './entities.ts'
import { methods } from './methods.ts'
import { isWrong } from './refused.ts'
import { resultOf, toWireTime } from './wire.ts'

const answer = resultOf(z.object({ CALL_ID: z.string().min(1) }))
const isNumber = /^[+\d][\d ().-]*$/
/** UNVERIFIED what stands for a withheld or unreadable number: the field is required and takes no letters. */
const noNumber = '0'
const types: Record<LiveCall['direction'], number> = { outbound: 1, inbound: 2 }

export interface CallToRegister
  extends Pick<LiveCall, 'marker' | 'direction' | 'outer' | 'line' | 'startedAt'> {
  ownerExternalId: string | undefined
  entity?: Entity | undefined
}

/**
 * Registers a call without showing a card or entering anybody into the CRM.
 *
 * Within half an hour the same words give the same call as long as it is not finished: compared are number, type, user, line
 * and our marker. So everything here follows from the call alone, and nothing is left to the moment.
 *
 * @returns the portal's id of the call, and whose it is: the token's user where the owner is not active there
 * @see https://apidocs.bitrix24.com/api-reference/telephony/telephony-external-call-register.html
 */
export async function register(
  client: Client,
  session: CrmSession,
  call: CallToRegister,
  feature: Feature,
): Promise<{ ref: string; userRef: string }> {
  const send = async (userRef: string) => {
    const { result } = await client(session, {
      method: methods.register,
      params: { ...bodyOf(call), USER_ID: Number(userRef) },
      answer,
      feature,
    })
    return { ref: result.CALL_ID, userRef }
  }
  const owner = call.ownerExternalId ?? session.userRef
  try {
    return await send(owner)
  } catch (error) {
    if (owner === session.userRef || !isWrong(error, 'user')) throw error
    return send(session.userRef)
  }
}

function bodyOf({ marker, direction, outer, line, startedAt, entity }: CallToRegister) {
  return {
    PHONE_NUMBER: isNumber.test(outer) ? outer : noNumber,
    TYPE: types[direction],
    ...(line === undefined ? {} : { LINE_NUMBER: line }),
    CALL_START_DATE: toWireTime(startedAt),
    EXTERNAL_CALL_ID: marker,
    CRM_CREATE: 0,
    SHOW: 0,
    ADD_TO_CHAT: 0,
    ...(entity === undefined ? {} : { CRM_ENTITY_TYPE: entity.type, CRM_ENTITY_ID: Number(entity.id) }),
  }
}

/** A call that is over, as it has to be registered when nothing was begun while it lasted. */
export function callToRegister(call: CallToWrite, entity: Entity | undefined): CallToRegister {
  const [outer, line] = call.direction === 'inbound' ? [call.from, call.to] : [call.to, call.from]
  const { marker, direction, startedAt, ownerExternalId } = call
  return {
    marker,
    direction,
    outer: numberTold(outer) ?? '',
    line: line?.kind === 'e164' ? line.e164 : undefined,
    startedAt,
    ownerExternalId,
    entity,
  }
}
