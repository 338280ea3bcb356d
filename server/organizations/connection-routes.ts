import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { App } from '../app.ts'
import { portalSettings } from '../crms/own-app.ts'
import { failed } from '../failure.ts'
import { requireManaged, requireUser } from '../http/account.ts'
import { connectionList, connectionMade, connectionSettingsView } from '../http/shapes.ts'
import type { ConnectionSettings, PhoneSystem } from '../phones/contract.ts'
import { keySettingsChanged, testKey } from '../phones/key-settings.ts'
import { heldSettingsChanged } from '../phones/settings-changed.ts'
import { recordingSettingsChanged } from '../recordings/settings-changed.ts'
import { wayIn, waysOf } from '../recordings/ways.ts'
import { connect } from './connect.ts'
import { connectionViews } from './connection-health.ts'
import { changeSettings, showSettings } from './connection-settings.ts'
import { ownNumbersOf, setOwnNumbers } from './connections.ts'
import { crmOf } from './crm-of.ts'
import type { Organization } from './organization.ts'
import { removePhone, renewHook } from './remove-phone.ts'

const byId = z.object({ id: z.uuid() })
const nothing = z.undefined()

/** Connections and their own numbers: an administrator's, or the operator's for an organization. */
export function connectionRoutes(app: App): FastifyPluginAsyncZod {
  return async (http) => {
    http.get('/api/v1/connections', { schema: { response: { 200: connectionList } } }, async (request) => {
      const { organization, byOperator } = await requireManagedOrUser(app, request)
      return {
        connections: await connectionViews(app, organization, { withNames: !byOperator }),
        crms: [...app.crms.values()].map(({ name, title, portal }) => ({
          adapter: name,
          title,
          portal: portal !== undefined,
        })),
        phones: [...app.phones.values()].map(({ name, title, api }) => ({
          adapter: name,
          title,
          ...(api ? { access: api.access } : {}),
        })),
      }
    })

    http.post(
      '/api/v1/connections',
      {
        schema: {
          body: z.object({
            side: z.enum(['phone', 'crm']),
            adapter: z.string().max(40),
            ownNumbers: z.array(z.string().max(40)).max(500).optional(),
          }),
          response: { 201: connectionMade },
        },
      },
      async (request, reply) => {
        const organization = await requireManaged(app, request)
        const { ownNumbers, ...wish } = request.body
        const made = await connect(app, organization, { ...wish, ...(ownNumbers ? { ownNumbers } : {}) })
        return reply.code(201).send(made)
      },
    )

    http.post(
      '/api/v1/connections/:id/own-numbers',
      {
        schema: {
          params: byId,
          body: z.object({ numbers: z.array(z.string().max(40)).max(500) }),
          response: { 204: nothing },
        },
      },
      async (request, reply) => {
        const organization = await requireManaged(app, request)
        await setOwnNumbers(organization, request.params.id, request.body.numbers)
        app.changed(organization.id)
        return reply.code(204).send()
      },
    )

    const settingsPath = '/api/v1/connections/:id/settings'
    http.get(
      settingsPath,
      { schema: { params: byId, response: { 200: connectionSettingsView } } },
      async (request) => {
        const organization = await requireManaged(app, request)
        const { id } = request.params
        const { settings } = await settableOf(app, organization, id)
        const shown = await showSettings(organization, id, settings)
        return { ...shown, ownNumbers: await ownNumbersOf(organization, id) }
      },
    )

    http.put(
      settingsPath,
      {
        schema: { params: byId, body: z.record(z.string(), z.unknown()), response: { 204: nothing } },
      },
      async (request, reply) => {
        const organization = await requireManaged(app, request)
        const { id } = request.params
        const { settings, connection, phone } = await settableOf(app, organization, id)
        if (phone) await expectWay(app, organization, phone, request.body)
        await changeSettings(organization, id, settings, request.body, async (after) => {
          if (phone)
            await testKey(phone, organization, { ...connection, settings: after }, connection.settings)
        })
        if (phone) {
          await recordingSettingsChanged(app, organization, connection)
          await heldSettingsChanged(app, organization, connection)
        }
        app.changed(organization.id)
        if (phone) await keySettingsChanged(app, organization, connection)
        return reply.code(204).send()
      },
    )

    http.post(
      '/api/v1/connections/:id/hook',
      { schema: { params: byId, response: { 201: connectionMade } } },
      async (request, reply) => {
        const organization = await requireManaged(app, request)
        const { connection } = await phoneOf(app, organization, request.params.id)
        return reply.code(201).send(await renewHook(app, organization, connection))
      },
    )

    http.delete(
      '/api/v1/connections/:id',
      { schema: { params: byId, response: { 204: nothing } } },
      async (request, reply) => {
        const organization = await requireManaged(app, request)
        const { connection } = await phoneOf(app, organization, request.params.id)
        await removePhone(app, organization, connection)
        return reply.code(204).send()
      },
    )
  }
}

/** What the phone system and the CRM cannot do together is not taken. @throws `invalid-input` */
async function expectWay(
  app: App,
  organization: Organization,
  phone: PhoneSystem,
  change: Readonly<Record<string, unknown>>,
): Promise<void> {
  const way = wayIn(change)
  const crm = crmOf(await app.directories.of(organization), app.crms)
  if (way && crm && !waysOf(phone, crm).includes(way))
    failed({ code: 'invalid-input', field: 'recordings', rule: 'what both systems can do' })
}

/** A connection to a phone system. @throws `not-found` for any other */
async function phoneOf(app: App, organization: Organization, connectionId: string) {
  const { connection, phone } = await settableOf(app, organization, connectionId)
  return phone ? { connection, phone } : failed({ code: 'not-found', what: 'connection' })
}

async function settableOf(app: App, organization: Organization, connectionId: string) {
  const connection = (await app.directories.of(organization)).connections.get(connectionId)
  const phone = connection?.side === 'phone' ? app.phones.get(connection.adapter) : undefined
  const portal = connection?.side === 'crm' ? app.crms.get(connection.adapter)?.portal : undefined
  const settings: ConnectionSettings | undefined = phone?.settings ?? (portal && portalSettings)
  if (!connection || !settings) return failed({ code: 'not-found', what: 'connection' })
  return { connection, settings, phone }
}

async function requireManagedOrUser(
  app: App,
  request: Parameters<typeof requireManaged>[1],
): Promise<{ organization: Organization; byOperator: boolean }> {
  if (request.headers['x-organization'] !== undefined) {
    return { organization: await requireManaged(app, request), byOperator: true }
  }
  return { organization: (await requireUser(app, request)).organization, byOperator: false }
}
