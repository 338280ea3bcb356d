import { z } from 'zod'
import { type Command, command, settingsCommand } from '../command.ts'
import { faultCommands } from '../fault-commands.ts'
import type { Sandbox } from '../index.ts'
import { playFields, startFields } from '../start-options.ts'
import type { Account } from './account.ts'
import { hangUpTypes } from './event.ts'
import { ContactInput, NewAccount } from './new-account.ts'
import { Did, E164 } from './numbers.ts'
import { scenarioNames } from './scenarios.ts'
import { PlacetelSettings } from './settings.ts'

const account = z.string().optional()
const callId = z.string()
/** An extension, or an outside phone. */
const party = z.union([E164, Did])
const started = {
  account,
  ...startFields,
}

/** `POST /control/placetel/<name>`: the same functions as in the process. */
export const placetelCommands: Record<string, Command> = {
  'placetel/create-account': command(NewAccount, (sandbox, input) =>
    accountView(sandbox.placetel.createAccount(input)),
  ),
  'placetel/configure': command(z.looseObject({ name: z.string() }), (sandbox, { name, ...changes }) =>
    accountView(sandbox.placetel.configure(name, changes)),
  ),
  'placetel/settings': settingsCommand(PlacetelSettings, ({ placetel }) => placetel),
  'placetel/revoke-key': command(z.object({ account }), (sandbox, input) =>
    sandbox.placetel.revokeKey(input.account),
  ),
  'placetel/exhaust-limit': command(z.object({ account }), (sandbox, input) =>
    sandbox.placetel.exhaustLimit(input.account),
  ),
  'placetel/add-contact': command(z.object({ account, contact: ContactInput }), (sandbox, input) =>
    sandbox.placetel.addContact(input.account, input.contact),
  ),
  'placetel/add-recording': command(
    z.strictObject({
      account,
      direction: z.enum(['in', 'out', 'queue']),
      from: E164.nullable(),
      to: E164,
      durationSeconds: z.number().nonnegative(),
      time: z.number(),
    }),
    (sandbox, { account: name, ...recording }) => sandbox.placetel.addRecording(name, recording),
  ),
  'placetel/ring': command(
    z.strictObject({
      ...started,
      from: z.string(),
      to: z.string().optional(),
      blocked: z.boolean().optional(),
    }),
    (sandbox, input) => sandbox.placetel.ring(input),
  ),
  'placetel/dial': command(
    z.strictObject({
      ...started,
      did: Did,
      to: z.union([z.string(), z.number()]),
      suppressed: z.boolean().optional(),
    }),
    (sandbox, input) => sandbox.placetel.dial(input),
  ),
  'placetel/pick-up': command(z.object({ callId }), (sandbox, input) =>
    sandbox.placetel.pickUp(input.callId),
  ),
  'placetel/answer': command(z.object({ callId, by: party.optional() }), (sandbox, input) =>
    sandbox.placetel.answer(input.callId, input.by),
  ),
  'placetel/transfer': command(z.object({ callId, to: party }), (sandbox, input) =>
    sandbox.placetel.transfer(input.callId, input.to),
  ),
  'placetel/hang-up': command(z.object({ callId, type: z.enum(hangUpTypes).optional() }), (sandbox, input) =>
    sandbox.placetel.hangUp(input.callId, input.type),
  ),
  'placetel/play': command(
    z.strictObject({
      name: z.enum(scenarioNames),
      account,
      ...playFields,
      number: z.string().optional(),
      agents: z.array(Did).optional(),
    }),
    (sandbox, { name, ...options }) => sandbox.placetel.play(name, options),
  ),
  ...faultCommands('placetel/faults', ({ placetel }) => placetel.faults),
}

/** `GET /control/placetel/<name>` */
export const placetelViews: Record<string, (sandbox: Sandbox) => unknown> = {
  'placetel/accounts': ({ placetel }) => [...placetel.accounts.values()].map(accountView),
  'placetel/calls': ({ placetel }) => placetel.liveCalls(),
  'placetel/recordings': ({ placetel }) => placetel.recordings(),
  'placetel/scenarios': () => scenarioNames,
  'placetel/faults': ({ placetel }) => placetel.faults.active(),
  'placetel/settings': ({ placetel }) => placetel.settings,
}

function accountView({ name, facts, sipUsers, subscriptions, keyWorks }: Account) {
  return {
    name,
    endpointUrl: facts.endpointUrl ?? null,
    keyWorks,
    sipUsers: sipUsers.map(({ id, sipuid, did, name: called }) => ({ id, sipuid, did, name: called })),
    numbers: facts.numbers,
    subscriptions: [...subscriptions.values()],
  }
}
