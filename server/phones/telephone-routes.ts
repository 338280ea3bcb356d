import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { App } from '../app.ts'
import { formatForReader, parseE164 } from '../contacts/numbers.ts'
import { failureOf } from '../failure.ts'
import type { SignedInUser } from '../http/account.ts'
import { requireAdministrator, requireUser } from '../http/account.ts'
import { myTelephones, telephoneConnect, telephonesView } from '../http/shapes.ts'
import type { Organization } from '../organizations/organization.ts'
import { connectByKey, ticketFor } from './connect-phone.ts'
import { disconnectPhone } from './disconnect.ts'
import { type AskedPhone, askedPhone, askedPhones } from './parts.ts'
import { storeLine } from './people.ts'
import { readPhone, telephonesNow } from './read-phone.ts'

const byId = z.object({ id: z.uuid() })
const nothing = z.undefined()

/** Whose telephone is which, who is rung by a line, and one's own telephone. */
export function telephoneRoutes(app: App): FastifyPluginAsyncZod {
  return async (http) => {
    // Names as the phone system has them at this moment: they are shown to put things right, and kept nowhere.
    http.get(
      '/api/v1/connections/:id/telephones',
      { schema: { params: byId, response: { 200: telephonesView } } },
      async (request) => {
        const { organization } = await requireAdministrator(app, request)
        return telephonesOf(app, await askedPhone(app, organization, request.params.id))
      },
    )

    http.post(
      '/api/v1/connections/:id/telephones/read',
      { schema: { params: byId, response: { 204: nothing } } },
      async (request, reply) => {
        const { organization } = await requireAdministrator(app, request)
        const { connection } = await askedPhone(app, organization, request.params.id)
        await readPhone(app, organization, connection.id)
        return reply.code(204).send()
      },
    )

    http.put(
      '/api/v1/connections/:id/lines',
      {
        schema: {
          params: byId,
          body: z.strictObject({
            number: z.string().max(20),
            users: z.array(z.uuid()).max(1000).nullable(),
          }),
          response: { 204: nothing },
        },
      },
      async (request, reply) => {
        const { organization } = await requireAdministrator(app, request)
        const { connection } = await askedPhone(app, organization, request.params.id)
        const { number, users } = request.body
        const { lines } = await app.directories.of(organization)
        if (lines.some((line) => line.connectionId === connection.id && line.number === number))
          await organization.transaction(
            async (db) =>
              storeLine(organization, db, { connectionId: connection.id, number, users: users ?? undefined }),
            'show calls to the people they are for',
          )
        app.changed(organization.id)
        return reply.code(204).send()
      },
    )

    http.get(
      '/api/v1/users/me/telephones',
      { schema: { response: { 200: myTelephones } } },
      async (request) => mine(app, await requireUser(app, request)),
    )

    http.post(
      '/api/v1/users/me/telephones/:id/connect',
      { schema: { params: byId, response: { 200: telephoneConnect } } },
      async (request) => {
        const { organization, user } = await requireUser(app, request)
        const asked = await askedPhone(app, organization, request.params.id)
        if (asked.api.grants) {
          const ticket = await ticketFor(app, asked, user)
          return { url: `${app.url}/apps/${asked.phone.name}/connect?ticket=${ticket}` }
        }
        await connectByKey(app, organization, user)
        app.changed(organization.id)
        return {}
      },
    )

    http.delete(
      '/api/v1/users/me/telephones',
      { schema: { response: { 204: nothing } } },
      async (request, reply) => {
        const { organization, user } = await requireUser(app, request)
        await disconnectPhone(app, organization, user.id)
        return reply.code(204).send()
      },
    )
  }
}

async function telephonesOf(app: App, asked: AskedPhone) {
  const { api, connection, organization } = asked
  const directory = await app.directories.of(organization)
  const accesses = await app.accesses.ofConnection(connection.id)
  const lines = directory.lines
    .filter(({ connectionId }) => connectionId === connection.id)
    .map(({ number, users }) => ({
      number,
      shown: shownAs(number, organization.country),
      users: users?.filter((id) => directory.users.has(id)) ?? null,
    }))
  const users = [...directory.users.values()].map((user) => {
    const person = directory.people.find(
      ({ connectionId, userId }) => connectionId === connection.id && userId === user.id,
    )
    const access = accesses.find(({ userId }) => userId === user.id)
    return {
      id: user.id,
      name: user.name,
      ...(person ? { extension: person.extension } : {}),
      state: access ? stateOf(access.state) : person ? ('connected' as const) : ('not-connected' as const),
      ...(access ? { told: access.told } : {}),
      ...(access?.endsAt ? { endsAt: access.endsAt.toISOString() } : {}),
    }
  })
  return { access: api.access, users, lines, ...(await listedNow(app, asked, directory.agreed)) }
}

async function listedNow(app: App, asked: AskedPhone, agreed: boolean) {
  if (asked.api.access !== 'key' || !agreed || !asked.api.ready(asked.connection.settings)) return {}
  try {
    const matched = await telephonesNow(app, asked)
    return {
      telephones: matched.map(({ user, extension, userId }) => ({
        name: user.name,
        extension,
        ...(userId === undefined ? {} : { userId }),
      })),
    }
  } catch (error) {
    const code = failureOf(error)?.code
    if (code === 'provider-refused') return { problem: 'refused' as const }
    if (code === 'provider-unavailable' || code === 'provider-rejected') return { problem: 'away' as const }
    throw error
  }
}

async function mine(app: App, { organization, user }: SignedInUser) {
  const phones = await askedPhones(app, organization)
  const accesses = await app.accesses.ofUser(user.id)
  const { people } = await app.directories.of(organization)
  return {
    telephones: phones
      .filter(({ api, connection }) => api.ready(connection.settings))
      .map(({ api, connection, phone }) => {
        const person = people.find((one) => one.connectionId === connection.id && one.userId === user.id)
        const access = accesses.find(({ connectionId }) => connectionId === connection.id)
        return {
          connectionId: connection.id,
          title: phone.title,
          access: api.access,
          ...(person ? { extension: person.extension } : {}),
          state: access
            ? stateOf(access.state)
            : person
              ? ('connected' as const)
              : ('not-connected' as const),
          ...(access ? { told: access.told } : {}),
          ...(access?.endsAt ? { endsAt: access.endsAt.toISOString() } : {}),
        }
      }),
  }
}

const stateOf = (state: 'active' | 'refused' | 'ending') =>
  state === 'active' ? ('connected' as const) : ('refused' as const)

function shownAs(number: string, country: Organization['country']): string {
  const e164 = parseE164(number)
  return e164 ? formatForReader(e164, country) : number
}
