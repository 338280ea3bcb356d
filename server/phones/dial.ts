import type { App } from '../app.ts'
import type { Egress } from '../egress/index.ts'
import { failed } from '../failure.ts'
import type { DialAnswer } from '../http/shapes.ts'
import { readSettings } from '../organizations/connection-settings.ts'
import type { Directory, DirectoryUser } from '../organizations/directory.ts'
import type { Organization } from '../organizations/organization.ts'
import type { DialRequest, PhoneSystem } from './contract.ts'
import { countDial } from './dial-limits.ts'
import { mayDial } from './may-dial.ts'
import { askedPhones } from './parts.ts'
import { sessionOf } from './subscription.ts'

/** Somebody sits before the screen and waits. */
const patienceMs = 10_000
const largestAnswerBytes = 256 * 1024

/**
 * Click-to-call: rings the user's phone, then the number. Where no command is configured, or the user has no phone that
 * could ring, the answer is a `tel:` link and says why. A request is sent once and never repeated: a phone that rings
 * twice is worse than one that does not.
 *
 * @param given the number as somebody typed or sees it
 * @throws RingfenceError `not-dialled` for a number that is refused, `too-often`, `undeclared`, and of the phone system
 *   `provider-unavailable`: nothing was sent, `provider-outcome-unknown`: the phone may ring, `provider-refused`,
 *   `provider-rejected`
 */
export async function dial(
  app: Pick<App, 'accesses' | 'directories' | 'phones' | 'egress' | 'log'>,
  { organization, user }: { organization: Organization; user: DirectoryUser },
  given: string,
): Promise<DialAnswer> {
  const directory = await app.directories.of(organization)
  const verdict = mayDial(given, {
    numbers: directory.numbers,
    extensions: new Set(directory.extensions.keys()),
  })
  if (!verdict.may) return failed({ code: 'not-dialled', why: verdict.why })
  const number = verdict.dial
  await countDial(organization, user.id)
  const tel = { how: 'tel', uri: `tel:${number}`, number } as const
  const asked = await askPhone(app, { organization, user }, directory, number)
  if (typeof asked === 'object') {
    app.log.info('dialled', { connectionId: asked.connectionId })
    return { how: 'ringing', extension: asked.extension, number }
  }
  // A code with a star is no telephone that could ring.
  const extension = user.extensions.find((one) => /^\d{1,8}$/.test(one) && one !== number)
  if (extension === undefined) return { ...tel, why: asked ?? 'no-extension' }
  const command = await commandFor(app, organization, directory, { extension, to: number })
  if (!command) return { ...tel, why: asked ?? 'no-command' }
  await ask(app.egress, command.request, { title: command.phone.title, organizationId: organization.id })
  app.log.info('dialled', { connectionId: command.connectionId })
  return { how: 'ringing', extension, number }
}

/**
 * By the first phone system that can be asked in the user's name and knows their telephone.
 * @returns `not-connected`: there is one, but this user's telephone is not connected with it; undefined: there is none
 */
async function askPhone(
  app: Pick<App, 'accesses' | 'directories' | 'phones'>,
  { organization, user }: { organization: Organization; user: DirectoryUser },
  { people }: Directory,
  to: string,
): Promise<{ connectionId: string; extension: string } | 'not-connected' | undefined> {
  const phones = await askedPhones(app, organization)
  for (const asked of phones) {
    const { connection, api } = asked
    const own = people.find(
      (one) => one.connectionId === connection.id && one.userId === user.id && one.extension !== to,
    )
    if (!own || !api.ready(connection.settings)) continue
    const access = (await app.accesses.ofConnection(connection.id)).find(
      ({ state, userId }) => state === 'active' && (api.access === 'key' || userId === user.id),
    )
    if (!access) continue
    await api.dial(sessionOf(app, asked, access), { ref: own.ref, to })
    return { connectionId: connection.id, extension: own.extension }
  }
  return phones.length > 0 ? 'not-connected' : undefined
}

/** Of the first connected phone system that has one configured. */
async function commandFor(
  { phones }: Pick<App, 'phones'>,
  organization: Organization,
  directory: Directory,
  call: { extension: string; to: string },
): Promise<{ phone: PhoneSystem; connectionId: string; request: DialRequest } | undefined> {
  for (const { id, side, adapter } of directory.connections.values()) {
    const phone = side === 'phone' ? phones.get(adapter) : undefined
    if (!phone?.dial) continue
    const settings = await organization.transaction(
      (db) => readSettings(organization, db, id, phone.settings),
      'place a call',
    )
    const request = phone.dial.request(settings, call)
    if (request) return { phone, connectionId: id, request }
  }
  return undefined
}

/** Sends the command once, to the connection's own host and no other. */
export async function ask(
  egress: Egress,
  request: DialRequest,
  phone: { title: string; organizationId: string },
): Promise<void> {
  const provider = phone.title
  const { method, url, host, headers, body, accepted } = request
  const answer = await egress.request({
    // A GET that makes a phone ring changes something: how it ended must not count as "nothing was sent".
    method,
    changes: true,
    url,
    headers,
    allow: [host],
    organizationId: phone.organizationId,
    timeoutMs: patienceMs,
    maxBytes: largestAnswerBytes,
    provider,
    sends: 'as an administrator configured it',
    ...(body === undefined ? {} : { body }),
  })
  if (accepted(answer)) return
  const { status } = answer
  if (status === 401 || status === 403) failed({ code: 'provider-refused', provider, status })
  // A gateway that gave up cannot say what happened behind it.
  if (status >= 500) failed({ code: 'provider-outcome-unknown', provider })
  failed({ code: 'provider-rejected', provider, status })
}
