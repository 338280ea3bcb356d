import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { App } from '../app.ts'
import { askForPerson } from '../crms/make-person.ts'
import { failed } from '../failure.ts'
import { requireAdministrator, requireUser } from '../http/account.ts'
import { callView, noteConflict, resultList, resultView } from '../http/shapes.ts'
import { remoteParty } from './fold.ts'
import { readCall } from './journal.ts'
import { saveNote } from './note.ts'
import { mostResults, readResults, setResults } from './results.ts'
import { oneView } from './routes.ts'

const callId = z.object({ id: z.uuid() })
const resultId = z.string().regex(/^[a-z0-9-]{1,40}$/)

/** What people do with a call: write about it, say how it came out, enter who it was. */
export function noteRoutes(app: App): FastifyPluginAsyncZod {
  return async (http) => {
    http.put(
      '/api/v1/calls/:id/note',
      {
        schema: {
          params: callId,
          body: z.object({
            note: z.string().max(10_000),
            result: resultId.optional(),
            /** the one that was seen; 0: nobody had written anything */
            version: z.number().int().min(0),
          }),
          response: { 200: callView, 409: noteConflict },
        },
      },
      async (request, reply) => {
        const viewer = await requireUser(app, request)
        const { id } = await oneView(app, viewer, request.params.id)
        const { note: text, result, version } = request.body
        const kept = await saveNote(app, viewer.organization, id, { text, result, version })
        if ('other' in kept) {
          const { other } = kept
          const conflict = { code: 'conflict', what: 'note' } as const
          return reply.code(409).send({
            ...conflict,
            other: {
              text: other.text,
              version: other.version,
              ...(other.result ? { result: { id: other.result.id, label: other.result.label } } : {}),
            },
          })
        }
        if (kept.saved !== version) await app.showCall(viewer.organization, id)
        return oneView(app, viewer, id)
      },
    )

    http.post(
      '/api/v1/calls/:id/person',
      {
        schema: {
          params: callId,
          body: z.object({ name: z.string().trim().min(1).max(200) }),
          response: { 200: callView },
        },
      },
      async (request) => {
        const viewer = await requireUser(app, request)
        const { organization, user } = viewer
        const { id } = await oneView(app, viewer, request.params.id)
        const reader = await app.reader(organization)
        const call = await organization.transaction(
          (db) => readCall(db, reader, id),
          'show calls to the people they are for',
        )
        const number = call && remoteParty(call.record.call)
        if (number?.kind !== 'e164' || reader.finder.ownNumbers.has(number.e164))
          return failed({ code: 'invalid-input', field: 'number', rule: 'an outer number' })
        await askForPerson(app, organization, await app.directories.of(organization), {
          name: request.body.name,
          number: number.e164,
          userId: user.id,
        })
        await app.showCall(organization, id)
        return oneView(app, viewer, id)
      },
    )

    http.get('/api/v1/results', { schema: { response: { 200: resultList } } }, async (request) => {
      const { organization } = await requireUser(app, request)
      return {
        results: [
          ...(await organization.transaction(
            (db) => readResults(organization, db),
            'show calls to the people they are for',
          )),
        ],
      }
    })

    http.put(
      '/api/v1/results',
      {
        schema: {
          body: z.object({
            results: z
              .array(resultView.extend({ id: resultId.optional(), label: z.string().trim().min(1).max(40) }))
              .min(1)
              .max(mostResults),
          }),
          response: { 200: resultList },
        },
      },
      async (request) => {
        const { organization } = await requireAdministrator(app, request)
        return { results: [...(await setResults(organization, request.body.results))] }
      },
    )
  }
}
