import { failed } from '../../failure.ts'
import type { CallToWrite, CrmSession, Written } from '../contract.ts'
import type { Client } from './client.ts'
import { addWords } from './comments.ts'
import { entityOf, refOf } from './entities.ts'
import { methods } from './methods.ts'
import { isGoneCall, isWrong, provider } from './refused.ts'
import { callToRegister, register } from './register.ts'
import { entityOfCall, findWritten, type WireCall, wireCall, writtenFrom } from './statistics.ts'
import { resultOf } from './wire.ts'

type Part = NonNullable<Written['without']>[number]

const statusCodes: Record<CallToWrite['outcome'], string> = {
  answered: '200',
  missed: '304',
  voicemail: '304',
  busy: '486',
  rejected: '603',
  failed: '480',
  blocked: '403',
  'not-set-up': '404',
}

const answer = resultOf(wireCall)

/**
 * Finishes the call, which closes its card and writes statistics and the CRM's activity; one that was never begun is
 * registered first, with the time when it really began.
 *
 * A call is finished at most once: to finish it again says "not found". So do calls that the portal gave up meanwhile. Which
 * of both it was the statistics know; only what is not there is begun anew.
 *
 * @throws {RingfenceError} `provider-outcome-unknown` when it may be finished: ask before finishing again
 * @see https://apidocs.bitrix24.com/api-reference/telephony/telephony-external-call-finish.html
 */
export async function writeActivity(
  client: Client,
  session: CrmSession,
  call: CallToWrite,
): Promise<Written> {
  const begun =
    call.liveRef === undefined ? undefined : await finishOrFind(client, session, call, call.liveRef)
  if (begun !== undefined) return begun
  const entity = call.personExternalId === undefined ? undefined : entityOf(call.personExternalId)
  const { ref } = await register(client, session, callToRegister(call, entity), 'call log')
  // UNVERIFIED whether a finished call is given out once more: then the statistics have it, or will have it soon
  return (
    (await finishOrFind(client, session, call, ref)) ?? failed({ code: 'provider-outcome-unknown', provider })
  )
}

/** undefined: the portal does not know the call, finished or not. */
async function finishOrFind(
  client: Client,
  session: CrmSession,
  call: CallToWrite,
  ref: string,
): Promise<Written | undefined> {
  try {
    return await finish(client, session, call, ref)
  } catch (error) {
    if (!isGoneCall(error)) throw error
    return findWritten(client, session, call)
  }
}

async function finish(client: Client, session: CrmSession, call: CallToWrite, ref: string): Promise<Written> {
  const send = (userRef: string) =>
    client(session, {
      method: methods.finish,
      params: {
        CALL_ID: ref,
        USER_ID: Number(userRef),
        DURATION: Math.max(0, Math.round(call.talkSeconds)),
        STATUS_CODE: statusCodes[call.outcome],
        ADD_TO_CHAT: 0,
      },
      answer,
      feature: 'call log',
    })
  const owner = call.ownerExternalId ?? session.userRef
  const without: Part[] = call.deal === undefined ? [] : ['deal']
  const { result: row } = await send(owner).catch((error: unknown) => {
    if (owner === session.userRef || !isWrong(error, 'user')) throw error
    without.push('owner')
    return send(session.userRef)
  })
  if (!isWith(row, call.personExternalId)) without.push('person')
  if (call.words.trim() !== '' && !(await addWords(client, session, row, call.words))) without.push('words')
  return { ...writtenFrom(row), ...(without.length === 0 ? {} : { without }) }
}

function isWith(row: WireCall, person: string | undefined): boolean {
  if (person === undefined) return true
  const entity = entityOfCall(row)
  return entity !== undefined && refOf(entity) === person
}
