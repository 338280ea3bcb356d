import { setTimeout as waited } from 'node:timers/promises'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { App } from '../app.ts'
import { retryAmend } from '../crms/amend-call.ts'
import { retryCall } from '../crms/write-call.ts'
import { failed } from '../failure.ts'
import { requireUser, type SignedInUser } from '../http/account.ts'
import { type CallView, callView, deskState, journalPage } from '../http/shapes.ts'
import { retryRecording } from '../recordings/attach.ts'
import type { CallOnScreen } from './call-on-screen.ts'
import { hourMs } from './call-record.ts'
import { readCall, readJournal } from './journal.ts'
import { isMine, maySee } from './who-sees.ts'
import { readCallsWith } from './with-person.ts'

const callId = z.object({ id: z.uuid() })
/** A desk that is loaded anew asks the CRM about so many of its calls at most whether their persons may be seen. */
const mostLookedAt = 10
/** So long a page of the CRM's own waits to hear whether its reader may see the person; then they may not. */
const patienceMs = 3_000
const logStates = z.enum(['waiting', 'sending', 'written', 'failed', 'left-out'])

/** What the desk and the journal ask. A call of another organization, or one that is not theirs to see, is not found. */
export function callRoutes(app: App): FastifyPluginAsyncZod {
  return async (http) => {
    http.get('/api/v1/desk', { schema: { response: { 200: deskState } } }, async (request) => {
      const viewer = await requireUser(app, request)
      const reader = await app.reader(viewer.organization)
      const { live, recent } = await viewer.organization.transaction(
        async (db) => ({
          live: await readJournal(db, reader, { ...visibleTo(viewer), live: true, limit: 100 }),
          recent: await readJournal(db, reader, { of: viewer.user.id, limit: 30 }),
        }),
        'show calls to the people they are for',
      )
      const seen = new Map([...live, ...recent].map((call) => [call.record.id, call]))
      const since = app.clock.ms() - 12 * hourMs
      const shown = [...seen.values()].filter(
        ({ record }) => (record.call.endedAt ?? Number.POSITIVE_INFINITY) > since,
      )
      const own = shown.filter((call) => isMine(call, viewer.user))
      app.look(viewer.organization, viewer.user, own.slice(0, mostLookedAt))
      return { calls: await views(app, viewer, shown) }
    })

    http.get(
      '/api/v1/calls',
      {
        schema: {
          querystring: z.object({
            before: z
              .string()
              .regex(/^\d{1,18}$/)
              .optional(),
            limit: z.coerce.number().int().min(1).max(500).default(100),
            state: logStates.optional(),
            person: z
              .string()
              .regex(/^[\w-]{1,64}$/)
              .optional(),
          }),
          response: { 200: journalPage },
        },
      },
      async (request) => {
        const viewer = await requireUser(app, request)
        const { before, limit, state, person } = request.query
        const reader = await app.reader(viewer.organization)
        if (person !== undefined) {
          const { organization, user } = viewer
          const { personId, calls } = await readCallsWith(reader, app.rights.viewer(user), person, (hidden) =>
            Promise.race([
              app.rights.ask(organization, user, hidden),
              waited(patienceMs, undefined, { ref: false }),
            ]),
          )
          return { calls: await views(app, viewer, calls), personId }
        }
        const calls = await viewer.organization.transaction(
          (db) =>
            readJournal(db, reader, {
              ...visibleTo(viewer),
              ...(before === undefined ? {} : { before }),
              ...(state === undefined ? {} : { logStates: [state] }),
              limit,
            }),
          'show calls to the people they are for',
        )
        const next = calls.length === limit ? calls.at(-1)?.record.arrival : undefined
        return { calls: await views(app, viewer, calls), ...(next === undefined ? {} : { next }) }
      },
    )

    http.get(
      '/api/v1/calls/:id',
      { schema: { params: callId, response: { 200: callView } } },
      async (request) => {
        const viewer = await requireUser(app, request)
        const call = await oneCall(app, viewer, request.params.id)
        app.look(viewer.organization, viewer.user, [call], { card: true })
        return app.view(viewer.organization, viewer.user, call)
      },
    )

    http.post(
      '/api/v1/calls/:id/retry',
      { schema: { params: callId, response: { 200: callView } } },
      async (request) => {
        const viewer = await requireUser(app, request)
        const { id } = await oneView(app, viewer, request.params.id)
        await retryCall(app, viewer.organization, id)
        await retryAmend(app, viewer.organization, id)
        return oneView(app, viewer, id)
      },
    )

    http.post(
      '/api/v1/calls/:id/recording/retry',
      { schema: { params: callId, response: { 200: callView } } },
      async (request) => {
        const viewer = await requireUser(app, request)
        const { id } = await oneView(app, viewer, request.params.id)
        await retryRecording(app, viewer.organization, id)
        return oneView(app, viewer, id)
      },
    )
  }
}

/** Fresh users see their own calls; an administrator can let somebody see all. */
function visibleTo({ user }: SignedInUser): { of?: string } {
  return user.sees === 'all' ? {} : { of: user.id }
}

/** @throws RingfenceError `not-found` also when it is not theirs to see */
export async function oneView(app: App, viewer: SignedInUser, id: string): Promise<CallView> {
  return app.view(viewer.organization, viewer.user, await oneCall(app, viewer, id))
}

async function oneCall(app: App, viewer: SignedInUser, id: string): Promise<CallOnScreen> {
  const reader = await app.reader(viewer.organization)
  const call = await viewer.organization.transaction(
    (db) => readCall(db, reader, id),
    'show calls to the people they are for',
  )
  return call && maySee(call, viewer.user) ? call : failed({ code: 'not-found', what: 'call' })
}

async function views(app: App, viewer: SignedInUser, calls: readonly CallOnScreen[]): Promise<CallView[]> {
  return Promise.all(calls.map((call) => app.view(viewer.organization, viewer.user, call)))
}
