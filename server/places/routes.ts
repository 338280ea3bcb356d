import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { type Declaration, inForce } from '../../policy/index.ts'
import type { App } from '../app.ts'
import { requireAccount, requireManaged, requireOperator, requireUser } from '../http/account.ts'
import { recipientsView } from '../http/shapes.ts'
import type { Organization } from '../organizations/organization.ts'
import { effectiveKinds } from '../privacy/both-allow.ts'
import { type MapRecipient, recipientsOf as mapRecipients } from '../privacy/map-nodes.ts'
import { type Vocabulary, vocabularies, wordOf } from '../privacy/words/words.ts'
import { type Transfer, transferWish } from './transfers.ts'

const byId = z.object({ id: z.uuid() })
const nothing = z.undefined()
const transferView = transferWish.extend({
  id: z.uuid(),
  since: z.string(),
  endedAt: z.string().optional(),
  due: z.boolean(),
  jws: z.string(),
  endJws: z.string().optional(),
})

/** Who gets what and where, for everybody it concerns; grounds for transfers, for the operator (BX-8, BX-9). */
export function placeRoutes(app: App): FastifyPluginAsyncZod {
  const changed = async () => {
    await app.places.load()
    app.notices.tell({ about: 'transfers' })
  }
  return async (http) => {
    http.get('/api/v1/recipients', { schema: { response: { 200: recipientsView } } }, async (request) => {
      const account = await requireAccount(app, request)
      if (account.kind === 'operator') {
        const organization = await requireManaged(app, request)
        return recipientsOf(app, organization, organization.language)
      }
      const { organization, user } = await requireUser(app, request)
      return recipientsOf(app, organization, user.language)
    })

    http.get(
      '/api/v1/transfers',
      { schema: { response: { 200: z.object({ transfers: z.array(transferView) }) } } },
      async (request) => {
        await requireOperator(app, request)
        return { transfers: (await app.transfers.list()).map(shown) }
      },
    )

    http.post(
      '/api/v1/transfers',
      { schema: { body: transferWish, response: { 201: byId } } },
      async (request, reply) => {
        await requireOperator(app, request)
        const id = await app.transfers.add(request.body)
        await changed()
        return reply.code(201).send({ id })
      },
    )

    http.delete(
      '/api/v1/transfers/:id',
      { schema: { params: byId, response: { 204: nothing } } },
      async (request, reply) => {
        await requireOperator(app, request)
        await app.transfers.end(request.params.id)
        await changed()
        return reply.code(204).send()
      },
    )
  }
}

/**
 * Only those who really may get something of this organization, by the policy in force: its own vendors, whatever adapters
 * of others connect, and the relay where there is one.
 */
async function recipientsOf(app: App, organization: Organization, language: Organization['language']) {
  const connections = [...(await app.directories.of(organization)).connections.values()]
  const kinds = effectiveKinds(inForce())
  const refused = await app.refusals.of(organization.id)
  const { name, country } = app.settings.hosting
  return {
    region: app.places.region,
    host: { ...(name ? { name } : {}), ...(country ? { country } : {}) },
    recipients: mapRecipients(app, kinds, { connections, language })
      .filter(({ connected }) => connected)
      .sort((a, b) => (a.id < b.id ? -1 : 1))
      .map((recipient) => recipientIn(language, recipient, kinds)),
    refused: refused.map(({ connectionId, ...one }) => ({
      ...one,
      ...(connectionId ? { connectionId } : {}),
    })),
  }
}

/** In the words of the policy: what it gets and what for follows from the declarations alone. */
function recipientIn(
  language: Organization['language'],
  { id, name, countries, ground, document }: MapRecipient,
  all: readonly Declaration[],
) {
  const words: Vocabulary = vocabularies[language]
  const kinds = all.filter((kind) => kind.recipients.some((one) => one.name === id))
  const purposes = new Set(kinds.flatMap((kind) => kind.purposes))
  const [country, ...others] = countries
  return {
    name,
    ...(country && others.length === 0 ? { country } : {}),
    ...(ground ? { ground } : {}),
    ...(document ? { document } : {}),
    kinds: kinds.map(({ kind }) => words.kinds[kind]?.name ?? wordOf({}, kind)),
    purposes: [...purposes].map((purpose) => words.purposes[purpose]),
  }
}

function shown({ since, endedAt, endJws, ...rest }: Transfer) {
  return {
    ...rest,
    since: since.toISOString(),
    ...(endedAt ? { endedAt: endedAt.toISOString() } : {}),
    ...(endJws ? { endJws } : {}),
  }
}
