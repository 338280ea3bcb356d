import { z } from 'zod'
import { type Command, command, settingsCommand } from '../command.ts'
import { endFaultCommands } from '../fault-commands.ts'
import type { Sandbox } from '../index.ts'
import { NewEventFault, NewRequestFault } from './faults.ts'
import { NewApp, NewEntity, NewPortal, NewUser } from './inputs.ts'
import { Bitrix24Settings } from './settings.ts'
import { entityTypes, type Portal } from './world.ts'

const portal = z.string()
const clientId = z.string()
const userId = z.number().int()
const type = z.enum(entityTypes)
const entity = z.strictObject({ type, id: z.number().int() })

/** `POST /control/bitrix24/<name>` */
export const bitrix24Commands: Record<string, Command> = {
  'bitrix24/register-app': command(NewApp, ({ bitrix24 }, app) => bitrix24.registerApp(app)),
  'bitrix24/create-portal': command(NewPortal, (sandbox, input) =>
    portalView(sandbox, sandbox.bitrix24.createPortal(input)),
  ),
  'bitrix24/settings': settingsCommand(Bitrix24Settings, ({ bitrix24 }) => bitrix24),
  'bitrix24/install': command(z.object({ portal, userId, clientId }), async ({ bitrix24 }, input) => ({
    page: await bitrix24.install(input),
  })),
  'bitrix24/finish-install': command(
    z.object({ portal, clientId, userId: userId.optional() }),
    ({ bitrix24 }, input) => bitrix24.finishInstall(input),
  ),
  'bitrix24/open-app': command(
    z.object({
      portal,
      userId,
      clientId: clientId.optional(),
      page: z.enum(['app', 'install', 'placement']).optional(),
      placement: z.string().optional(),
      options: z.record(z.string(), z.unknown()).optional(),
    }),
    ({ bitrix24 }, input) => bitrix24.openApp(input),
  ),
  'bitrix24/update-app': command(z.object({ portal, clientId }), ({ bitrix24 }, input) =>
    bitrix24.installs.update(input),
  ),
  'bitrix24/uninstall': command(
    z.object({ portal, clientId, clean: z.boolean().optional() }),
    ({ bitrix24 }, input) => bitrix24.uninstall(input),
  ),
  'bitrix24/set-outgoing': command(
    z.object({ portal, clientId, line: z.string().optional(), userId: userId.optional() }),
    ({ bitrix24 }, input) => bitrix24.setOutgoing(input),
  ),
  'bitrix24/click-to-call': command(
    z.object({
      portal,
      userId,
      number: z.string(),
      entity: entity.optional(),
      line: z.string().optional(),
      callListId: z.number().int().optional(),
      mobile: z.boolean().optional(),
    }),
    ({ bitrix24 }, input) => bitrix24.clickToCall(input),
  ),
  'bitrix24/request-callback': command(
    z.object({
      portal,
      number: z.string(),
      text: z.string().optional(),
      voice: z.string().optional(),
      line: z.string().optional(),
      entity: entity.optional(),
    }),
    ({ bitrix24 }, input) => bitrix24.requestCallback(input),
  ),
  'bitrix24/close-card': command(
    z.object({ portal, userId, callId: z.string() }),
    ({ bitrix24 }, { portal: name, ...input }) => bitrix24.people.closeCard(name, input),
  ),
  'bitrix24/drop-open-calls': command(
    z.object({ portal, olderThanSeconds: z.number().default(0) }),
    ({ bitrix24 }, input) => ({
      dropped: bitrix24.calls.dropOpen(bitrix24.portal(input.portal), input.olderThanSeconds),
    }),
  ),

  'bitrix24/add-user': command(z.object({ portal, user: NewUser }), ({ bitrix24 }, input) =>
    bitrix24.people.addUser(input.portal, input.user),
  ),
  'bitrix24/edit-user': command(
    z.object({
      portal,
      userId,
      innerPhone: z.string().nullable().optional(),
      admin: z.boolean().optional(),
      active: z.boolean().optional(),
    }),
    ({ bitrix24 }, { portal: name, userId: id, ...changes }) => bitrix24.people.editUser(name, id, changes),
  ),
  'bitrix24/dismiss-user': command(z.object({ portal, userId }), ({ bitrix24 }, input) =>
    bitrix24.people.dismissUser(input.portal, input.userId),
  ),
  'bitrix24/add-entity': command(z.object({ portal, type, entity: NewEntity }), ({ bitrix24 }, input) =>
    bitrix24.people.add(input.portal, input.type, input.entity),
  ),
  'bitrix24/edit-entity': command(
    z.object({ portal, entity, changes: z.record(z.string(), z.unknown()) }),
    ({ bitrix24 }, input) => bitrix24.people.edit(input.portal, input.entity, input.changes),
  ),
  'bitrix24/delete-entity': command(z.object({ portal, entity }), ({ bitrix24 }, input) =>
    bitrix24.people.delete(input.portal, input.entity),
  ),

  'bitrix24/call-counts': command(
    z.object({ portal, expected: z.array(z.string()) }),
    ({ bitrix24 }, input) => bitrix24.callCounts(input),
  ),
  'bitrix24/rename': command(z.object({ portal, to: z.string() }), ({ bitrix24 }, input) =>
    bitrix24.rename(input),
  ),
  'bitrix24/set-state': command(
    z.object({ portal, state: z.enum(['active', 'deleted', 'unpaid', 'rest-off']) }),
    ({ bitrix24 }, input) => bitrix24.setState(input),
  ),
  'bitrix24/create-webhook': command(z.object({ portal, userId }), ({ bitrix24 }, input) => ({
    url: bitrix24.createWebhook(input),
  })),
  'bitrix24/expire-tokens': command(z.object({ portal, userId: userId.optional() }), ({ bitrix24 }, input) =>
    bitrix24.expireTokens(input),
  ),
  'bitrix24/revoke-tokens': command(z.object({ portal, userId: userId.optional() }), ({ bitrix24 }, input) =>
    bitrix24.revokeTokens(input),
  ),
  'bitrix24/exhaust-rate': command(z.object({ portal, ip: z.string().optional() }), ({ bitrix24 }, input) =>
    bitrix24.exhaustRate(input),
  ),
  'bitrix24/exhaust-method': command(
    z.object({ portal, clientId, method: z.string() }),
    ({ bitrix24 }, input) => bitrix24.exhaustMethod(input),
  ),

  'bitrix24/faults/order': command(NewRequestFault, ({ bitrix24 }, input) => ({
    id: bitrix24.faults.order(input),
  })),
  'bitrix24/faults/order-delivery': command(NewEventFault, ({ bitrix24 }, input) => ({
    id: bitrix24.faults.orderDelivery(input),
  })),
  ...endFaultCommands('bitrix24/faults', ({ bitrix24 }) => bitrix24.faults),
}

/** `GET /control/bitrix24/<name>` */
export const bitrix24Views: Record<string, (sandbox: Sandbox) => unknown> = {
  'bitrix24/portals': (sandbox) =>
    [...sandbox.bitrix24.portals.values()].map((item) => portalView(sandbox, item)),
  'bitrix24/cards': ({ bitrix24 }) =>
    Object.fromEntries([...bitrix24.portals.keys()].map((name) => [name, bitrix24.cards(name)])),
  'bitrix24/external-calls': ({ bitrix24 }) =>
    Object.fromEntries([...bitrix24.portals.keys()].map((name) => [name, bitrix24.externalCalls(name)])),
  'bitrix24/faults': ({ bitrix24 }) => bitrix24.faults.active(),
}

function portalView({ bitrix24 }: Sandbox, item: Portal) {
  return {
    name: item.name,
    url: bitrix24.portalUrl(item.name),
    clientEndpoint: bitrix24.clientEndpoint(item),
    memberId: item.memberId,
    region: item.region,
    state: item.state,
    users: [...item.users.values()],
    contacts: [...item.entities.CONTACT.values()],
    companies: [...item.entities.COMPANY.values()],
    leads: [...item.entities.LEAD.values()],
    deals: [...item.entities.DEAL.values()],
    installs: [...item.installs.values()].map(({ applicationToken: _, ...rest }) => rest),
    handlers: item.handlers,
    placements: item.placements,
    lines: item.lines,
    calls: [...item.calls.values()],
    statistics: item.statistics,
    activities: [...item.activities.values()],
    comments: [...item.comments.values()],
  }
}
