import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { declarations } from '../../policy/index.ts'
import type { App } from '../app.ts'
import { requireAccount, requireManaged, requireOperator, requireUser } from '../http/account.ts'
import { recipientsView } from '../http/shapes.ts'
import type { Organization } from '../organizations/organization.ts'
import { type Vocabulary, vocabularies, wordOf } from '../privacy/words/words.ts'
import { recipientsInUse } from './in-use.ts'
import type { Placed } from './places.ts'
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

/** Only those who really may get something of this organization: its own vendors, and the relay where there is one. */
async function recipientsOf(app: App, organization: Organization, language: Organization['language']) {
  const { connections } = await app.directories.of(organization)
  const all = app.places.all()
  const known = all.map(({ recipient }) => recipient)
  const used = new Set(recipientsInUse(app, [...connections.values()], known))
  const refused = await app.refusals.of(organization.id)
  const { name, country } = app.settings.hosting
  return {
    region: app.places.region,
    host: { ...(name ? { name } : {}), ...(country ? { country } : {}) },
    recipients: all
      .filter(({ recipient }) => used.has(recipient))
      .map((placed) => recipientIn(language, placed)),
    refused: refused.map(({ connectionId, ...one }) => ({
      ...one,
      ...(connectionId ? { connectionId } : {}),
    })),
  }
}

/** In the words of the policy: what it gets and what for follows from the declarations alone. */
function recipientIn(language: Organization['language'], { recipient, country, ground, transfer }: Placed) {
  const words: Vocabulary = vocabularies[language]
  const kinds = declarations.filter((kind) => kind.recipients.some(({ name }) => name === recipient.name))
  const purposes = new Set(kinds.flatMap((kind) => kind.purposes))
  return {
    name: wordOf(words.recipients, recipient.name),
    ...(country ? { country } : {}),
    ...(ground ? { ground } : {}),
    ...(transfer ? { document: `${transfer.document}, ${transfer.dated}` } : {}),
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
