import { z } from 'zod'
import { bitrix24Commands, bitrix24Views } from './bitrix24/control.ts'
import { type Command, command, settingsCommand } from './command.ts'
import { playDay } from './day.ts'
import { seedDemoWorld } from './demo-world.ts'
import { faultCommands } from './fault-commands.ts'
import { NewCommandFault } from './faults.ts'
import { type Answer, type Incoming, parseJson } from './http.ts'
import type { Sandbox } from './index.ts'
import { scenarioNames } from './optimcall/scenarios.ts'
import { NewTenant } from './optimcall/tenant.ts'
import { playPairDay, summaryByCompany } from './pair-day.ts'
import { demoCrms, demoPhones, seedPair } from './pair-world.ts'
import { DealInput, LeadInput } from './pipedrive/deals.ts'
import { App, NewCompany, NewUser, PipedriveSettings } from './pipedrive/index.ts'
import { PersonInput } from './pipedrive/persons.ts'
import type { Company, Person, User } from './pipedrive/world.ts'
import { placetelCommands, placetelViews } from './placetel/control.ts'
import { playFields, startFields } from './start-options.ts'
import { webexCommands, webexViews } from './webex/control.ts'

const domain = z.string()
const pair = { phone: z.enum(demoPhones), crm: z.enum(demoCrms) }
const callId = z.string()
const started = {
  tenant: z.string().optional(),
  ...startFields,
}
const party = z.enum(['caller', 'callee', 'system']).optional()
const outcome = z
  .enum(['notAnswered', 'answered', 'voicemail', 'blocked', 'setupFailed', 'failed'])
  .optional()

/** `POST /control/<name>` with a JSON object: the same functions as in the process. */
const commands: Record<string, Command> = {
  ...webexCommands,

  reset: command(z.object({}), (sandbox) => sandbox.reset()),
  idle: command(z.object({}), (sandbox) => sandbox.idle()),
  'clock/advance': command(z.object({ seconds: z.number() }), (sandbox, { seconds }) =>
    sandbox.clock.advance(seconds),
  ),

  'pipedrive/register-app': command(App, (sandbox, app) => sandbox.pipedrive.registerApp(app)),
  'pipedrive/create-company': command(NewCompany, (sandbox, input) =>
    companyView(sandbox.pipedrive.createCompany(input), sandbox),
  ),
  'pipedrive/add-user': command(z.object({ domain, user: NewUser }), (sandbox, input) =>
    sandbox.pipedrive.addUser(input.domain, input.user),
  ),
  'pipedrive/deactivate-user': command(z.object({ domain, userId: z.number() }), (sandbox, input) =>
    sandbox.pipedrive.deactivateUser(input.domain, input.userId),
  ),
  'pipedrive/move-user': command(
    z.object({ domain, userId: z.number(), group: z.string() }),
    (sandbox, input) => sandbox.pipedrive.moveUser(input.domain, input.userId, input.group),
  ),
  'pipedrive/add-organization': command(
    z.object({ domain, name: z.string(), address: z.string().optional() }),
    (sandbox, { domain: where, name, address }) =>
      sandbox.pipedrive.addOrganization(where, address === undefined ? { name } : { name, address }),
  ),
  'pipedrive/add-phone-field': command(z.object({ domain, name: z.string() }), (sandbox, input) => ({
    key: sandbox.pipedrive.addPhoneField(input.domain, input.name),
  })),
  'pipedrive/add-person': command(z.object({ domain, person: PersonInput }), (sandbox, input) =>
    sandbox.pipedrive.addPerson(input.domain, input.person),
  ),
  'pipedrive/edit-person': command(
    z.object({ domain, id: z.number(), person: PersonInput }),
    (sandbox, input) => sandbox.pipedrive.editPerson(input.domain, input.id, input.person),
  ),
  'pipedrive/delete-person': command(z.object({ domain, id: z.number() }), (sandbox, input) =>
    sandbox.pipedrive.deletePerson(input.domain, input.id),
  ),
  'pipedrive/add-deal': command(z.object({ domain, deal: DealInput }), (sandbox, input) =>
    sandbox.pipedrive.deals.addDeal(input.domain, input.deal),
  ),
  'pipedrive/edit-deal': command(z.object({ domain, id: z.number(), deal: DealInput }), (sandbox, input) =>
    sandbox.pipedrive.deals.editDeal(input.domain, input.id, input.deal),
  ),
  'pipedrive/add-lead': command(z.object({ domain, lead: LeadInput }), (sandbox, input) =>
    sandbox.pipedrive.deals.addLead(input.domain, input.lead),
  ),
  'pipedrive/edit-lead': command(z.object({ domain, id: z.string(), lead: LeadInput }), (sandbox, input) =>
    sandbox.pipedrive.deals.editLead(input.domain, input.id, input.lead),
  ),
  'pipedrive/merge-persons': command(
    z.object({ domain, fromId: z.number(), intoId: z.number() }),
    (sandbox, input) => sandbox.pipedrive.mergePersons(input.domain, input),
  ),
  'pipedrive/uninstall': command(
    z.object({ userId: z.number(), clientId: z.string().optional() }),
    async (sandbox, input) => ({
      status: await sandbox.pipedrive.uninstall(input.userId, input.clientId),
    }),
  ),
  'pipedrive/settings': settingsCommand(PipedriveSettings, ({ pipedrive }) => pipedrive),
  'pipedrive/exhaust-budget': command(z.object({ domain }), (sandbox, input) =>
    sandbox.pipedrive.company(input.domain).budget.exhaust(sandbox.clock.now()),
  ),
  'pipedrive/restore-budget': command(z.object({ domain }), (sandbox, input) =>
    sandbox.pipedrive.company(input.domain).budget.restore(),
  ),

  'optimcall/create-tenant': command(NewTenant, (sandbox, input) => sandbox.optimcall.createTenant(input)),
  'optimcall/configure': command(z.looseObject({ name: z.string() }), (sandbox, { name, ...changes }) =>
    sandbox.optimcall.configure(name, changes),
  ),
  'optimcall/ring': command(
    z.strictObject({
      ...started,
      from: z.string(),
      to: z.string().optional(),
      ring: z.array(z.string()).optional(),
      withheldAs: z.enum(['missing', 'empty', 'anonymous']).optional(),
    }),
    (sandbox, input) => sandbox.optimcall.ring(input),
  ),
  'optimcall/dial': command(
    z.strictObject({
      ...started,
      from: z.string(),
      to: z.string(),
      clickToCall: z.boolean().optional(),
      outgoingNumber: z.string().optional(),
    }),
    (sandbox, input) => sandbox.optimcall.dial(input),
  ),
  'optimcall/answer': command(
    z.object({ callId, number: z.string(), device: z.number().optional() }),
    (sandbox, input) => sandbox.optimcall.answer(input.callId, input.number, input.device),
  ),
  'optimcall/reject': command(z.object({ callId, number: z.string() }), (sandbox, input) =>
    sandbox.optimcall.reject(input.callId, input.number),
  ),
  'optimcall/pick-up': command(z.object({ callId, number: z.string() }), (sandbox, input) =>
    sandbox.optimcall.pickUp(input.callId, input.number),
  ),
  'optimcall/transfer': command(
    z.object({ callId, to: z.string(), kind: z.enum(['blind', 'attended']).optional() }),
    (sandbox, input) => sandbox.optimcall.transfer(input.callId, input.to, input.kind),
  ),
  'optimcall/complete-transfer': command(z.object({ callId }), (sandbox, input) =>
    sandbox.optimcall.completeTransfer(input.callId),
  ),
  'optimcall/monitor': command(z.object({ callId, number: z.string() }), (sandbox, input) =>
    sandbox.optimcall.monitor(input.callId, input.number),
  ),
  'optimcall/tags': command(z.object({ callId, tags: z.array(z.string()) }), (sandbox, input) =>
    sandbox.optimcall.setTags(input.callId, input.tags),
  ),
  'optimcall/hang-up': command(z.object({ callId, by: party, outcome }), (sandbox, input) =>
    sandbox.optimcall.hangUp(input.callId, input.by, input.outcome),
  ),
  'optimcall/drop-sockets': command(
    z.object({ tenant: z.string().optional(), how: z.enum(['cut', 'close']).optional() }),
    (sandbox, input) => sandbox.optimcall.dropSockets(input),
  ),
  'optimcall/silence-sockets': command(z.object({ tenant: z.string().optional() }), (sandbox, input) =>
    sandbox.optimcall.silenceSockets(input),
  ),
  'optimcall/send-over-sockets': command(
    z.object({ tenant: z.string().optional(), text: z.string() }),
    (sandbox, input) => sandbox.optimcall.sendOverSockets(input),
  ),

  'optimcall/play': command(
    z.strictObject({
      name: z.enum(scenarioNames),
      tenant: z.string().optional(),
      ...playFields,
      line: z.string().optional(),
      agents: z.array(z.string()).optional(),
      group: z.string().optional(),
      withheldAs: z.enum(['missing', 'empty', 'anonymous']).optional(),
    }),
    (sandbox, { name, ...options }) => sandbox.optimcall.play(name, options),
  ),
  ...placetelCommands,
  'demo/seed': command(
    z.object({
      callbackUrl: z.string().optional(),
      hookUrl: z.string().optional(),
      secret: z.string().optional(),
    }),
    (sandbox, { callbackUrl, hookUrl, secret }) =>
      seedDemoWorld(sandbox, {
        ...(callbackUrl === undefined ? {} : { callbackUrl }),
        ...(hookUrl === undefined ? {} : { hookUrl }),
        ...(secret === undefined ? {} : { secret }),
      }),
  ),
  'demo/seed-pair': command(z.strictObject(pair), (sandbox, input) => seedPair(sandbox, input)),
  /** Answers when the short day of that pair is over. */
  'day/play-pair': command(
    z.strictObject({ ...pair, seed: z.number().int().default(1), speed: z.number().positive().default(60) }),
    (sandbox, { seed, speed, ...of }) => playPairDay({ sandbox, pair: of, seed, speed }),
  ),
  /** Answers when the day is over. */
  'day/play': command(
    z.object({
      seed: z.number().int().default(1),
      calls: z.number().int().positive().default(200),
      speed: z.number().positive().default(60),
      withFaults: z.boolean().default(true),
    }),
    async (sandbox, input) => {
      const { kinds } = await playDay({ sandbox, ...input })
      return { kinds, summary: sandbox.ledger.summary() }
    },
  ),

  ...bitrix24Commands,

  ...faultCommands('faults', (sandbox) => sandbox.faults),
  'faults/order-command': command(NewCommandFault, (sandbox, input) => ({
    id: sandbox.faults.orderCommand(input),
  })),
}

/** `GET /control/<name>` */
const views: Record<string, (sandbox: Sandbox) => unknown> = {
  ...webexViews,
  companies: (sandbox) =>
    [...sandbox.pipedrive.companies.values()].map((company) => companyView(company, sandbox)),
  tenants: (sandbox) => [...sandbox.optimcall.tenants.values()],
  sockets: (sandbox) =>
    Object.fromEntries(
      [...sandbox.optimcall.tenants.keys()].map((name) => [
        name,
        { url: sandbox.optimcall.socketUrl(name), ...sandbox.optimcall.sockets(name) },
      ]),
    ),
  calls: (sandbox) => sandbox.optimcall.liveCalls(),
  ...bitrix24Views,
  ...placetelViews,
  scenarios: () => scenarioNames,
  faults: (sandbox) => sandbox.faults.active(),
  ledger: ({ ledger }) => ({
    calls: ledger.calls,
    hooks: ledger.hooks,
    requests: ledger.requests,
    requestViolations: ledger.requestViolations,
    held: ledger.held(),
    tokens: ledger.tokens(),
  }),
  'ledger/by-company': (sandbox) => summaryByCompany(sandbox),
  'ledger/summary': ({ ledger }) => ledger.summary(),
}

/** Answers a control request. Only JSON is taken, so that no web page elsewhere can press these buttons. */
export async function controlAnswer(sandbox: Sandbox, incoming: Incoming): Promise<Answer> {
  // A page elsewhere cannot reach this by a host name of its own that leads to this computer.
  if (!/^(127\.0\.0\.1|localhost)(:\d+)?$/.test(incoming.headers.host ?? '')) return { status: 403 }
  const name = incoming.path.slice('/control/'.length)
  if (incoming.method === 'GET') {
    const view = views[name]
    return view === undefined ? { status: 404 } : { status: 200, body: view(sandbox) }
  }
  const found = commands[name]
  if (incoming.method !== 'POST' || found === undefined) return { status: 404 }
  if (!(incoming.headers['content-type'] ?? '').startsWith('application/json')) return { status: 415 }
  const parsed = found.input.safeParse(incoming.body.length === 0 ? {} : parseJson(incoming.body))
  if (!parsed.success) return { status: 400, body: { error: z.prettifyError(parsed.error) } }
  try {
    const result = await found.run(sandbox, parsed.data as never)
    return { status: 200, body: result ?? { done: true } }
  } catch (error) {
    return { status: 409, body: { error: error instanceof Error ? error.message : String(error) } }
  }
}

function companyView(company: Company, sandbox: Sandbox) {
  const now = sandbox.clock.now()
  const persons: Person[] = [...company.persons.values()].filter((person) => !person.is_deleted)
  const users: User[] = [...company.users.values()]
  return {
    id: company.id,
    domain: company.domain,
    name: company.name,
    users,
    persons,
    organizations: [...company.organizations.values()],
    deals: [...company.deals.values()],
    leads: [...company.leads.values()],
    activities: [...company.activities.values()].filter((activity) => !activity.is_deleted),
    webhooks: [...company.webhooks.values()],
    tokensUsed: company.budget.used(now),
    tokensPerDay: company.budget.dailyLimit,
  }
}
