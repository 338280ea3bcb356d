import { z } from 'zod'
import { type Command, command, settingsCommand } from '../command.ts'
import { faultCommands } from '../fault-commands.ts'
import { playFields, startFields } from '../start-options.ts'
import { WebexApp } from './grants.ts'
import { NewOrg, NewPerson, type Org } from './org.ts'
import { scenarioNames } from './scenarios.ts'
import { WebexSettings } from './settings.ts'

const org = z.string().optional()
const callId = z.string()
const extension = z.string()
const started = {
  org,
  ...startFields,
}

/** `POST /control/webex/...` */
export const webexCommands: Record<string, Command> = {
  'webex/register-app': command(WebexApp, ({ webex }, input) => webex.registerApp(input)),
  'webex/create-org': command(NewOrg, ({ webex }, input) => orgView(webex.createOrg(input))),
  'webex/add-person': command(z.strictObject({ org: z.string(), person: NewPerson }), ({ webex }, input) =>
    webex.addPerson(input.org, input.person),
  ),
  'webex/deactivate-person': command(
    z.strictObject({ org: z.string(), user: z.string() }),
    ({ webex }, input) => webex.deactivatePerson(input.org, input.user),
  ),
  'webex/settings': settingsCommand(WebexSettings, ({ webex }) => webex),
  'webex/allow': command(
    z.strictObject({
      org,
      clientId: z.string(),
      user: z.string(),
      scopes: z.array(z.string()).optional(),
    }),
    ({ webex }, input) => webex.allow(input),
  ),
  'webex/kill-tokens': command(
    z.strictObject({ org, user: z.string(), refreshToo: z.boolean().optional() }),
    ({ webex }, input) => webex.killTokens(input),
  ),
  'webex/deactivate-webhooks': command(
    z.strictObject({ org, user: z.string().optional() }),
    ({ webex }, input) => webex.deactivateWebhooks(input),
  ),
  'webex/ring': command(
    z.strictObject({
      ...started,
      from: z.string(),
      to: z.string().optional(),
      ring: z.array(z.string()).optional(),
    }),
    ({ webex }, input) => webex.ring(input),
  ),
  'webex/dial': command(
    z.strictObject({ ...started, from: z.string(), to: z.string(), clickToDial: z.boolean().optional() }),
    ({ webex }, input) => webex.dial(input),
  ),
  'webex/answer': command(z.strictObject({ callId, number: z.string() }), ({ webex }, input) =>
    webex.answer(input.callId, input.number),
  ),
  'webex/pick-up': command(z.strictObject({ callId }), ({ webex }, input) => webex.pickUp(input.callId)),
  'webex/reject': command(z.strictObject({ callId, extension }), ({ webex }, input) =>
    webex.reject(input.callId, input.extension),
  ),
  'webex/hold': command(z.strictObject({ callId, extension: extension.optional() }), ({ webex }, input) =>
    webex.hold(input.callId, input.extension),
  ),
  'webex/resume': command(z.strictObject({ callId, extension: extension.optional() }), ({ webex }, input) =>
    webex.resume(input.callId, input.extension),
  ),
  'webex/transfer': command(
    z.strictObject({ callId, to: z.string(), kind: z.enum(['blind', 'attended']).optional() }),
    ({ webex }, input) => webex.transfer(input.callId, input.to, input.kind),
  ),
  'webex/complete-transfer': command(z.strictObject({ callId }), ({ webex }, input) =>
    webex.completeTransfer(input.callId),
  ),
  'webex/hang-up': command(
    z.strictObject({ callId, by: z.enum(['caller', 'callee', 'system']).optional() }),
    ({ webex }, input) => webex.hangUp(input.callId, input.by),
  ),
  'webex/play': command(
    z.strictObject({
      name: z.enum(scenarioNames),
      org,
      ...playFields,
      to: z.string().optional(),
      agents: z.array(z.string()).optional(),
    }),
    ({ webex }, { name, ...options }) => webex.play(name, options),
  ),
  ...faultCommands('webex/faults', ({ webex }) => webex.faults),
}

/** `GET /control/webex/...` */
export const webexViews: Record<string, (sandbox: Parameters<Command['run']>[0]) => unknown> = {
  'webex/orgs': ({ webex }) => [...webex.orgs.values()].map(orgView),
  'webex/calls': ({ webex }) => webex.liveCalls(),
  'webex/recordings': ({ webex }) => [...webex.orgs.keys()].flatMap((name) => webex.recordings(name)),
  'webex/scenarios': () => scenarioNames,
  'webex/faults': ({ webex }) => webex.faults.active(),
  'webex/settings': ({ webex }) => webex.settings,
}

function orgView(org: Org) {
  return {
    name: org.name,
    id: org.id,
    uuid: org.uuid,
    people: org.people,
    services: org.services,
    webhooks: [...org.webhooks.values()].map(({ createdBy, failures, ...hook }) => ({
      ...hook,
      createdBy: createdBy.id,
      failures: failures.length,
    })),
  }
}
