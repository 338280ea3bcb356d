import { createHash, timingSafeEqual } from 'node:crypto'
import { failed } from '../../failure.ts'
import type { RawRequest } from '../../phones/contract.ts'
import type { PortalEvent } from '../contract.ts'
import type { PhpForm } from './php-form.ts'
import { partIn, readPhpForm, textIn } from './php-form.ts'

/**
 * Which company an event or a page is of. Known to be true only once its application token was compared, or it was asked.
 * @throws {RingfenceError} `invalid-input`
 */
export function companyOf({ body }: RawRequest): string {
  const form = readPhpForm(body)
  return (
    textIn(partIn(form, 'auth'), 'member_id') ??
    textIn(form, 'member_id') ??
    failed({ code: 'invalid-input', field: 'member_id', rule: 'as a portal posts it' })
  )
}

/**
 * What one event says, in our words. Bitrix24 signs nothing and sends each event once; the application token in it is the
 * only proof. A proven event that we cannot use gives nothing instead of an error.
 *
 * @param applicationToken as it was told when the app was installed
 * @throws {RingfenceError} `unauthorized`; `invalid-input` for what is no event of Bitrix24 at all
 * @see https://apidocs.bitrix24.com/api-reference/events/index.html
 */
export function receive(request: RawRequest, applicationToken: string): PortalEvent[] {
  const event = readEvent(request)
  if (!isSame(event.applicationToken, applicationToken)) return failed({ code: 'unauthorized' })
  switch (event.name) {
    case 'ONEXTERNALCALLSTART':
      return callRequested(event)
    case 'ONAPPUNINSTALL':
      return [{ kind: 'app-removed', eventId: `${event.memberId} ${event.name} ${event.at}` }]
    default:
      return []
  }
}

interface Event {
  name: string
  memberId: string
  applicationToken: string
  /** seconds since 1970, when it was sent */
  at: string
  data: PhpForm
}

function readEvent({ body }: RawRequest): Event {
  const form = readPhpForm(body)
  const auth = partIn(form, 'auth')
  const name = textIn(form, 'event')
  const memberId = textIn(auth, 'member_id')
  if (name === undefined || memberId === undefined)
    return failed({ code: 'invalid-input', field: 'body', rule: 'an event of bitrix24' })
  return {
    name: name.toUpperCase(),
    memberId,
    applicationToken: textIn(auth, 'application_token') ?? '',
    at: textIn(form, 'ts') ?? '',
    data: partIn(form, 'data'),
  }
}

/** The portal has registered a call for this click already: it is finished by that id, and never registered again. */
function callRequested({ name, memberId, data }: Event): PortalEvent[] {
  const userRef = textIn(data, 'USER_ID')
  const ref = textIn(data, 'CALL_ID')
  const number = textIn(data, 'PHONE_NUMBER_INTERNATIONAL') ?? textIn(data, 'PHONE_NUMBER')
  if (userRef === undefined || ref === undefined || number === undefined) return []
  return [{ kind: 'call-requested', userRef, number, ref, eventId: `${memberId} ${name} ${ref}` }]
}

/** Digests are compared, so that neither content nor length shows in the time it takes. Nothing is like nothing. */
function isSame(given: string, kept: string): boolean {
  return kept !== '' && timingSafeEqual(digest(given), digest(kept))
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
