import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { App } from '../app.ts'
import { beginWork } from '../crms/begin-work.ts'
import { portalSettings } from '../crms/own-app.ts'
import { failed } from '../failure.ts'
import { requireAdministrator, requireManaged, requireOperator, requireUser } from '../http/account.ts'
import {
  agreementView,
  connectionList,
  connectionMade,
  connectionSettingsView,
  organizationDeleted,
  organizationList,
  organizationView,
  userList,
} from '../http/shapes.ts'
import type { ConnectionSettings, PhoneSystem } from '../phones/contract.ts'
import { keySettingsChanged, testKey } from '../phones/key-settings.ts'
import { enqueueRead } from '../phones/read-phone.ts'
import { heldSettingsChanged } from '../phones/settings-changed.ts'
import { enqueuePhones } from '../phones/tend-phones.ts'
import { acceptAgreement, agreementInForce, agreementOf } from '../privacy/agreement.ts'
import { recordingSettingsChanged } from '../recordings/settings-changed.ts'
import { wayIn, waysOf } from '../recordings/ways.ts'
import { accountView } from './account-view.ts'
import { connect } from './connect.ts'
import { connectionViews } from './connection-health.ts'
import { changeSettings, showSettings } from './connection-settings.ts'
import { ownNumbersOf, setExtensions, setOwnNumbers, setSees } from './connections.ts'
import { crmOf } from './crm-of.ts'
import { deleteCustomer } from './delete-organization.ts'
import type { Organization } from './organization.ts'
import { removePhone, renewHook } from './remove-phone.ts'
import { unmappedExtensions } from './seen-extensions.ts'
import { customerAccount, customerAccounts } from './subscriptions.ts'

const byId = z.object({ id: z.uuid() })
const nothing = z.undefined()

/** The operator's organizations. */
export function organizationRoutes(app: App): FastifyPluginAsyncZod {
  return async (http) => {
    http.get(
      '/api/v1/organizations',
      { schema: { response: { 200: organizationList } } },
      async (request) => {
        await requireOperator(app, request)
        const accounts = await customerAccounts(app.cluster)
        return { organizations: await Promise.all(accounts.map((account) => accountView(app, account))) }
      },
    )

    http.post(
      '/api/v1/organizations',
      {
        schema: {
          body: z.object({
            name: z.string().min(1).max(200),
            country: z.string().length(2),
            timeZone: z.string().max(60),
            language: z.enum(['en', 'cs']).optional(),
            // the last day of a trial, YYYY-MM-DD; left out: the subscription runs
            trialUntil: z.string().max(20).optional(),
          }),
          response: { 201: organizationView },
        },
      },
      async (request, reply) => {
        await requireOperator(app, request)
        await app.policies.expectInForce()
        const { language, trialUntil, ...wish } = request.body
        const { id } = await app.organizations.create({
          ...wish,
          ...(language ? { language } : {}),
          ...(trialUntil === undefined ? {} : { trialUntil }),
        })
        return reply.code(201).send(await accountView(app, await customerAccount(app.cluster, id)))
      },
    )

    http.delete(
      '/api/v1/organizations/:id',
      {
        schema: {
          params: byId,
          body: z.object({ name: z.string().max(200) }),
          response: { 200: organizationDeleted },
        },
      },
      async (request) => {
        await requireOperator(app, request)
        const { id, name } = await customerAccount(app.cluster, request.params.id)
        // What cannot be undone asks for the name of the thing.
        if (request.body.name !== name)
          failed({ code: 'invalid-input', field: 'name', rule: 'the name of the organization' })
        const left = await deleteCustomer(app, id)
        app.holder.tend()
        // The others are told; here too nothing of it stays in memory.
        app.changed(id)
        app.directories.drop(id)
        app.notices.tell({ about: 'organization gone', organizationId: id })
        await app.hooks.load()
        return { left }
      },
    )
  }
}

/** Connections, own numbers, users and their extensions: an administrator's, or the operator's for an organization. */
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

    http.get('/api/v1/users', { schema: { response: { 200: userList } } }, async (request) => {
      const { organization } = await requireAdministrator(app, request)
      return usersOf(app, organization)
    })

    http.put(
      '/api/v1/users/:id/extensions',
      {
        schema: {
          params: byId,
          body: z.object({ extensions: z.array(z.string().max(20)).max(20) }),
          response: { 204: nothing },
        },
      },
      async (request, reply) => {
        const { organization } = await requireAdministrator(app, request)
        await setExtensions(organization, request.params.id, request.body.extensions, 'administrator')
        app.changed(organization.id)
        await enqueueRead(app, organization)
        return reply.code(204).send()
      },
    )

    http.put(
      '/api/v1/users/:id/sees',
      {
        schema: {
          params: byId,
          body: z.object({ sees: z.enum(['own', 'all']) }),
          response: { 204: nothing },
        },
      },
      async (request, reply) => {
        const { organization } = await requireAdministrator(app, request)
        await setSees(organization, request.params.id, request.body.sees)
        app.changed(organization.id)
        return reply.code(204).send()
      },
    )
  }
}

/** The agreement: shown to everybody of the company, accepted by an administrator of it; then the mirror begins. */
export function agreementRoutes(app: App): FastifyPluginAsyncZod {
  return async (http) => {
    http.get('/api/v1/agreement', { schema: { response: { 200: agreementView } } }, async (request) => {
      const { organization, user } = await requireUser(app, request)
      const accepted = await agreementOf(organization)
      const directory = await app.directories.of(organization)
      const name = accepted && directory.users.get(accepted.acceptedBy)?.name
      return {
        ...(await agreementInForce(app.policies, user.language)),
        ...(accepted ? { acceptedAt: accepted.acceptedAt.toISOString() } : {}),
        ...(name ? { acceptedBy: name } : {}),
      }
    })

    http.post(
      '/api/v1/agreement/accept',
      { schema: { body: z.object({ version: z.string().max(40) }), response: { 204: nothing } } },
      async (request, reply) => {
        const { organization, user } = await requireAdministrator(app, request)
        const agreement = await agreementInForce(app.policies, user.language)
        if (agreement.version !== request.body.version)
          failed({ code: 'conflict', with: 'a newer agreement' })
        if (!(await agreementOf(organization))) await acceptAgreement(organization, user.id, agreement)
        await beginWork(app, organization, user.connectionId)
        app.changed(organization.id)
        await enqueuePhones(app, organization)
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

async function usersOf(app: App, organization: Organization) {
  const directory = await app.directories.of(organization)
  const signedIn = new Set((await app.sessions.signedIn(organization.id)).map((userId) => userId))
  return {
    users: [...directory.users.values()].map((user) => ({
      id: user.id,
      name: user.name,
      role: user.role,
      sees: user.sees,
      extensions: [...user.extensions],
      signedIn: signedIn.has(user.id),
    })),
    unmapped: await unmappedExtensions(organization, directory),
  }
}
