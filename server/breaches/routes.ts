import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { App } from '../app.ts'
import { requireAdministrator, requireOperator } from '../http/account.ts'
import { breachView, noticeContactsView, noticeView } from '../http/shapes.ts'
import { mailAnnouncements } from '../privacy/policy-mail.ts'
import { affectedBy } from './affected.ts'
import { noticeContacts, setNoticeContacts } from './contacts.ts'
import { breachFacts, moreFacts, reach, signedEntry } from './facts.ts'
import { noteShown, noticesOfBreach, noticesTo } from './notices.ts'
import { mailUnsent, notify } from './notify.ts'
import { summaryOf } from './summary.ts'

const byId = z.object({ id: z.uuid() })
const nothing = z.undefined()
const made = z.object({ id: z.uuid() })
const told = z.object({ number: z.number(), organizations: z.number() })
const affectedView = z.object({
  affected: z.array(
    z.object({
      organization: z.uuid(),
      counted: z.boolean(),
      kinds: z.array(z.object({ kind: z.string(), records: z.number().nullable() })),
      subjects: z.record(z.string(), z.number().nullable()),
      reports: z.number().nullable(),
    }),
  ),
})

/** The operator's record of breaches, and telling those affected (BX-10). */
export function breachRoutes(app: App): FastifyPluginAsyncZod {
  const parts = {
    ...app,
    told: (organizationId: string) => {
      app.screens.tell(organizationId, 'notices')
      app.notices.tell({ about: 'notices', organizationId })
    },
  }
  return async (http) => {
    http.get(
      '/api/v1/breaches',
      { schema: { response: { 200: z.object({ breaches: z.array(breachView) }) } } },
      async (request) => {
        await requireOperator(app, request)
        const breaches = await app.breaches.list()
        const summaries = breaches.map(async (breach) =>
          summaryOf(breach, await noticesOfBreach(app.cluster, breach.id)),
        )
        return { breaches: await Promise.all(summaries) }
      },
    )

    http.post(
      '/api/v1/breaches',
      { schema: { body: breachFacts, response: { 201: made } } },
      async (request, reply) => {
        await requireOperator(app, request)
        return reply.code(201).send({ id: await app.breaches.record(request.body) })
      },
    )

    http.get(
      '/api/v1/breaches/:id',
      {
        schema: {
          params: byId,
          response: {
            200: z.object({
              breach: breachView,
              entries: z.array(z.object({ signed: signedEntry, jws: z.string() })),
              notices: z.array(
                noticeView
                  .omit({ subject: true, text: true })
                  .extend({ organization: z.uuid(), mailedTo: z.number() }),
              ),
            }),
          },
        },
      },
      async (request) => {
        await requireOperator(app, request)
        const breach = await app.breaches.get(request.params.id)
        const notices = await noticesOfBreach(app.cluster, breach.id)
        return {
          breach: summaryOf(breach, notices),
          entries: [...breach.entries],
          notices: notices.map(({ organizationId, ...notice }) => ({
            ...dated(notice),
            organization: organizationId,
          })),
        }
      },
    )

    http.post(
      '/api/v1/breaches/:id/facts',
      { schema: { params: byId, body: moreFacts, response: { 204: nothing } } },
      async (request, reply) => {
        await requireOperator(app, request)
        await app.breaches.addFacts(request.params.id, request.body)
        return reply.code(204).send()
      },
    )

    http.post(
      '/api/v1/breaches/:id/close',
      {
        schema: {
          params: byId,
          body: z.object({ reason: z.string().trim().min(1).max(4_000) }),
          response: { 204: nothing },
        },
      },
      async (request, reply) => {
        await requireOperator(app, request)
        await app.breaches.close(request.params.id, request.body.reason)
        return reply.code(204).send()
      },
    )

    http.post(
      '/api/v1/breaches/:id/notify',
      { schema: { params: byId, response: { 200: told } } },
      async (request) => {
        await requireOperator(app, request)
        return notify(parts, request.params.id)
      },
    )

    // It reads only: what is looked for does not fit into an address.
    http.post(
      '/api/v1/affected',
      { schema: { body: reach, response: { 200: affectedView } } },
      async (request) => {
        await requireOperator(app, request)
        return { affected: await affectedBy(app, request.body) }
      },
    )
  }
}

/** What an organization was told, and where it wants to be told: its administrators'. */
export function noticeRoutes(app: App): FastifyPluginAsyncZod {
  return async (http) => {
    http.get(
      '/api/v1/notices',
      { schema: { response: { 200: z.object({ notices: z.array(noticeView) }) } } },
      async (request) => {
        const { organization } = await requireAdministrator(app, request)
        return { notices: (await noticesTo(app.cluster, organization)).map(dated) }
      },
    )

    http.post(
      '/api/v1/notices/:id/shown',
      { schema: { params: byId, response: { 204: nothing } } },
      async (request, reply) => {
        const { organization } = await requireAdministrator(app, request)
        await noteShown(app.cluster, organization, request.params.id)
        return reply.code(204).send()
      },
    )

    const contactsPath = '/api/v1/notice-contacts'
    http.get(contactsPath, { schema: { response: { 200: noticeContactsView } } }, async (request) => {
      const { organization } = await requireAdministrator(app, request)
      return { addresses: await noticeContacts(organization, 'tell of a breach') }
    })

    http.put(
      contactsPath,
      { schema: { body: noticeContactsView, response: { 200: noticeContactsView } } },
      async (request) => {
        const { organization } = await requireAdministrator(app, request)
        await setNoticeContacts(organization, request.body.addresses)
        await mailUnsent(app, organization.id)
        await mailAnnouncements(app, organization.id)
        return { addresses: await noticeContacts(organization, 'tell of a breach') }
      },
    )
  }
}

function dated<T extends { madeAt: Date; mailedAt: Date | undefined; shownAt: Date | undefined }>(notice: T) {
  const { madeAt, mailedAt, shownAt, ...rest } = notice
  return {
    ...rest,
    madeAt: madeAt.toISOString(),
    ...(mailedAt ? { mailedAt: mailedAt.toISOString() } : {}),
    ...(shownAt ? { shownAt: shownAt.toISOString() } : {}),
  }
}
