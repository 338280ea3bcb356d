import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { App } from '../app.ts'
import { requireAdministrator } from '../http/account.ts'
import { rulesView } from '../http/shapes.ts'
import type { Organization } from '../organizations/organization.ts'
import { callKinds, readRules, saveRules } from './rules.ts'

/** What an administrator decides of calls: read and set as a whole. It holds for calls that are not written yet. */
export function ruleRoutes(app: App): FastifyPluginAsyncZod {
  return async (http) => {
    http.get('/api/v1/rules', { schema: { response: { 200: rulesView } } }, async (request) => {
      const { organization, user } = await requireAdministrator(app, request)
      return rulesOf(organization, user.connectionId)
    })

    http.put(
      '/api/v1/rules',
      { schema: { body: rulesView, response: { 200: rulesView } } },
      async (request) => {
        const { organization, user } = await requireAdministrator(app, request)
        const { written, followUps, numbersLeftOut } = request.body
        await saveRules(organization, user.connectionId, {
          leftOutKinds: callKinds.filter((kind) => !written[kind]),
          followUps,
          numbers: numbersLeftOut,
        })
        return rulesOf(organization, user.connectionId)
      },
    )
  }
}

async function rulesOf(organization: Organization, connectionId: string) {
  const rules = await organization.transaction(
    (db) => readRules(organization, db, connectionId),
    'log the call in the CRM',
  )
  const isWritten = (kind: (typeof callKinds)[number]) => !rules.leftOutKinds.includes(kind)
  return {
    written: {
      'inbound-answered': isWritten('inbound-answered'),
      'inbound-missed': isWritten('inbound-missed'),
      voicemail: isWritten('voicemail'),
      'outbound-answered': isWritten('outbound-answered'),
      'outbound-not-reached': isWritten('outbound-not-reached'),
    },
    followUps: rules.followUps,
    numbersLeftOut: rules.numbers.map(({ typed }) => typed),
  }
}
