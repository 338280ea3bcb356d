import type {
  AgreementView,
  AllowanceView,
  BreachView,
  CallView,
  ConnectionList,
  ConnectionSettingsView,
  ConnectionView,
  DealTitles,
  DealView,
  LogView,
  MyTelephones,
  NoticeView,
  OrganizationView,
  PolicyChecksView,
  PolicyView,
  RecipientsView,
  ResultView,
  RulesView,
  SessionView,
  TelephonesView,
  UserView,
} from '../../server/http/shapes.ts'
import { aCall, adasNumber, aLog, aMatch, anE164, anExtension } from '../calls/fixture.ts'

/** What the fixture server shows. Everybody is invented; times are counted from the moment it starts. */
export const scenarios = [
  'ringing',
  'talking',
  'quiet',
  'agent',
  'announced',
  'asked',
  'waiting-for-you',
  'waiting-for-an-administrator',
  'operator',
  'signed-out',
] as const
export type Scenario = (typeof scenarios)[number]

const minute = 60
const day = 86_400
const start = Date.now()
const ago = (seconds: number): string => new Date(start - seconds * 1000).toISOString()

const kept = new Date(start + 7 * day * 1000).toISOString()
const line = anE164('+420222333444', '222 333 444', 'CZ', 'fixed')
const withheld = { kind: 'withheld', shown: '' } as const
const me = 'Grace Hopper'

const pipedrive = 'https://example.pipedrive.com'
const ada = aMatch({ url: `${pipedrive}/person/7` })
const bozena = aMatch({
  personId: '8',
  name: 'Božena Němcová',
  company: 'Babička s.r.o.',
  typed: '601 123 456',
  url: `${pipedrive}/person/8`,
})
const sharers = [
  aMatch({
    personId: '21',
    name: 'Karel Čapek',
    company: 'Robot a.s.',
    why: 'exact',
    typed: '+420 602 555 010',
  }),
  aMatch({ personId: '22', name: 'Josef Čapek', company: 'Robot a.s.', why: 'maybe', typed: '602 555 010' }),
  aMatch({ personId: '23', name: '', typed: '', hidden: true, why: 'maybe', url: '' }),
]
const bozenasDeals: DealView['open'] = [
  { kind: 'deal', externalId: '31' },
  { kind: 'deal', externalId: '32' },
  { kind: 'lead', externalId: 'a5e1c0de-0000-4000-8000-000000000001' },
]
/** What the viewer's own access reads. */
export const titles: DealTitles = {
  deals: bozenasDeals.map((deal, at) => ({
    ...deal,
    title:
      ['Babička, second edition', 'Fairy tales for the whole year', 'Asked about translations'][at] ?? '',
  })),
  read: 'own',
}
const bozenasNumber = anE164('+420601123456', '601 123 456')
const capeksNumber = anE164('+420602555010', '602 555 010')
const strangersNumber = anE164('+4915123456789', '+49 1512 3456789', 'DE')

const caller = (call: CallView, leftAt?: string): CallView['legs'][number] => ({
  party: call.remote,
  role: 'caller',
  joinedAt: call.startedAt,
  ...(leftAt === undefined ? {} : { leftAt }),
})

function ringingAt(call: CallView, extensions: readonly [string, string | undefined][]): CallView {
  const legs = extensions.map(([extension, user]) => ({
    party: anExtension(extension),
    role: 'callee' as const,
    ringingAt: new Date(Date.parse(call.startedAt) + 3000).toISOString(),
    ...(user === undefined ? {} : { user }),
  }))
  return { ...call, legs: [caller(call), ...legs] }
}

interface Ended {
  id: string
  secondsAgo: number
  ringSeconds: number
  talkSeconds: number
  log: LogView
  by?: string
}

/** A call that is over: it rang at 21 and 22, and `by` took it where it was answered. */
function ended(wanted: Partial<CallView>, facts: Ended): CallView {
  const begun = start - facts.secondsAgo * 1000
  const at = (seconds: number): string => new Date(begun + seconds * 1000).toISOString()
  const over = 3 + facts.ringSeconds + facts.talkSeconds
  const answered = facts.talkSeconds > 0
  const call = aCall({
    id: facts.id,
    version: 9,
    state: 'ended',
    outcome: answered ? 'answered' : 'missed',
    startedAt: at(0),
    endedAt: at(over),
    talkSeconds: facts.talkSeconds,
    line,
    log: facts.log,
    keptUntil: new Date(begun + 7 * day * 1000).toISOString(),
    ...(answered ? { answeredAt: at(3 + facts.ringSeconds), answeredBy: facts.by ?? me } : {}),
    ...wanted,
  })
  const outbound = call.direction === 'outbound'
  const ours = (extension: string, user: string, took: boolean): CallView['legs'][number] => ({
    party: anExtension(extension),
    user,
    role: outbound ? 'caller' : 'callee',
    ringingAt: at(3),
    leftAt: took ? at(over) : at(3 + facts.ringSeconds),
    ...(took ? { joinedAt: at(3 + facts.ringSeconds) } : {}),
  })
  const theirs: CallView['legs'][number] = outbound
    ? {
        party: call.remote,
        role: 'callee',
        ringingAt: at(3),
        leftAt: at(over),
        ...(answered ? { joinedAt: at(3 + facts.ringSeconds) } : {}),
      }
    : caller(call, at(over))
  const mine = (facts.by ?? me) === me
  const legs = outbound
    ? [ours('21', me, answered), theirs]
    : [theirs, ours('21', me, answered && mine), ours('22', 'Alan Turing', answered && !mine)]
  return { ...call, legs }
}

const written = (endedSecondsAgo: number, afterSeconds = 6): LogView =>
  aLog({
    state: 'written',
    tries: 1,
    writtenAt: ago(endedSecondsAgo - afterSeconds),
    reference: 'RF-7K2M',
    url: `${pipedrive}/activities/list`,
  })

const incoming = ringingAt(
  aCall({ id: 'incoming', keptUntil: kept, startedAt: ago(7), remote: adasNumber, line, matches: [ada] }),
  [
    ['21', me],
    ['22', 'Alan Turing'],
    ['23', undefined],
  ],
)
const sharedIncoming = ringingAt(
  aCall({ id: 'shared', keptUntil: kept, startedAt: ago(12), remote: capeksNumber, line, matches: sharers }),
  [['21', me]],
)
const colleagues = ringingAt(
  aCall({
    id: 'colleagues',
    keptUntil: kept,
    startedAt: ago(21),
    remote: strangersNumber,
    line,
    mine: false,
  }),
  [['24', 'Edsger Dijkstra']],
)
const conversation: CallView = {
  ...aCall({
    id: 'conversation',
    keptUntil: kept,
    version: 4,
    state: 'answered',
    startedAt: ago(4 * minute + 20),
    answeredAt: ago(4 * minute + 8),
    answeredBy: me,
    remote: bozenasNumber,
    line,
    matches: [bozena],
    note: {
      text: 'Wants to move the delivery to Thursday, before noon.\nAsks for the invoice by e-mail.',
      result: { id: 'call-again', label: 'Call again' },
      version: 3,
      crm: { state: 'with-the-call' },
    },
    deal: { state: 'ask', open: bozenasDeals },
  }),
  legs: [
    { party: bozenasNumber, role: 'caller', joinedAt: ago(4 * minute + 20) },
    {
      party: anExtension('22'),
      user: 'Alan Turing',
      role: 'callee',
      ringingAt: ago(4 * minute + 17),
      leftAt: ago(4 * minute + 8),
    },
    {
      party: anExtension('21'),
      user: me,
      role: 'callee',
      ringingAt: ago(4 * minute + 17),
      joinedAt: ago(4 * minute + 8),
    },
  ],
}
const otherConversation = aCall({
  id: 'other-conversation',
  keptUntil: kept,
  state: 'answered',
  direction: 'outbound',
  startedAt: ago(11 * minute),
  answeredAt: ago(10 * minute + 40),
  answeredBy: 'Alan Turing',
  remote: strangersNumber,
  line,
  mine: false,
  legs: [{ party: anExtension('22'), user: 'Alan Turing', role: 'caller', joinedAt: ago(11 * minute) }],
})

const past: CallView[] = [
  ended(
    {
      remote: capeksNumber,
      matches: sharers.slice(0, 1),
      followUp: { state: 'open', owner: 'Alan Turing', url: `${pipedrive}/activities/list` },
    },
    {
      id: 'p1',
      secondsAgo: 18 * minute,
      ringSeconds: 24,
      talkSeconds: 0,
      log: { ...written(17 * minute), writtenAs: 'Alan Turing', writtenFor: me },
    },
  ),
  ended(
    {
      remote: adasNumber,
      matches: [ada],
      recording: { state: 'attached' },
      note: { text: 'Has the new price list.', version: 2, crm: { state: 'there' } },
      newPerson: { state: 'made', as: 'Alan Turing', own: false },
      deal: { state: 'linked', open: bozenasDeals.slice(0, 1), deal: bozenasDeals[0] },
    },
    { id: 'p2', secondsAgo: 41 * minute, ringSeconds: 8, talkSeconds: 372, log: written(34 * minute, 6) },
  ),
  ended(
    { remote: withheld },
    {
      id: 'p3',
      secondsAgo: 66 * minute,
      ringSeconds: 31,
      talkSeconds: 0,
      log: aLog({
        state: 'waiting',
        tries: 3,
        why: 'away',
        nextAt: new Date(start + 4 * minute * 1000).toISOString(),
      }),
    },
  ),
  ended(
    { remote: strangersNumber, direction: 'outbound', recording: { state: 'waiting', why: 'log' } },
    {
      id: 'p4',
      secondsAgo: 95 * minute,
      ringSeconds: 12,
      talkSeconds: 64,
      log: aLog({ state: 'failed', tries: 5, why: 'rejected-400' }),
    },
  ),
  ended(
    {
      remote: bozenasNumber,
      matches: [bozena],
      deal: { state: 'changing', why: 'away', open: bozenasDeals, deal: bozenasDeals[1] },
      recording: {
        state: 'waiting',
        why: 'phone-refused',
        nextAt: new Date(start + 5 * minute * 1000).toISOString(),
      },
    },
    {
      id: 'p5',
      secondsAgo: 140 * minute,
      ringSeconds: 5,
      talkSeconds: 1204,
      log: written(119 * minute, 130),
      by: 'Alan Turing',
    },
  ),
  ended(
    {
      remote: anE164('+420608777888', '608 777 888'),
      matches: [aMatch({ personId: '30', name: '', typed: '', hidden: true, url: '' })],
    },
    { id: 'p6', secondsAgo: 3 * 3600, ringSeconds: 9, talkSeconds: 47, log: written(3 * 3600 - minute) },
  ),
  ended(
    { remote: anExtension('24'), direction: 'internal' },
    {
      id: 'p7',
      secondsAgo: 4 * 3600,
      ringSeconds: 4,
      talkSeconds: 95,
      log: aLog({ state: 'left-out', why: 'internal' }),
    },
  ),
]

const names = [
  'Mary Somerville',
  'Emmy Noether',
  'Sofia Kovalevskaya',
  'Jan Evangelista Purkyně',
  'Lise Meitner',
  'Otto Wichterle',
]
const companies = [
  'Prism & Sons',
  'Symmetry Ltd',
  'Rotary Works',
  'Fyziologie s.r.o.',
  'Nucleus GmbH',
  'Čočky a.s.',
]

/** Older calls, enough to scroll: an hour apart through the week, in a fixed mixture. */
const older: CallView[] = Array.from({ length: 2400 }, (_, index) => {
  const number = `60${String(3_000_000 + index * 17).padStart(7, '0')}`
  const shown = `${number.slice(0, 3)} ${number.slice(3, 6)} ${number.slice(6)}`
  const secondsAgo = 5 * 3600 + index * 240
  const known = index % 4 !== 3
  const answered = index % 5 !== 2
  const match = aMatch({
    personId: String(100 + index),
    name: names[index % names.length] ?? '',
    company: companies[index % companies.length] ?? '',
    typed: shown,
  })
  return ended(
    {
      remote: anE164(`+420${number}`, shown),
      matches: known ? [match] : [],
      direction: index % 3 === 1 ? 'outbound' : 'inbound',
    },
    {
      id: `older-${index}`,
      secondsAgo,
      ringSeconds: 4 + (index % 20),
      talkSeconds: answered ? 30 + ((index * 37) % 900) : 0,
      log: written(secondsAgo - 60, 3 + (index % 8)),
      by: index % 2 === 0 ? me : 'Alan Turing',
    },
  )
})

export function deskCalls(scenario: Scenario): CallView[] {
  if (scenario === 'quiet') return []
  if (scenario === 'agent') return [otherConversation, ...past]
  const live = scenario === 'talking' ? [conversation, sharedIncoming] : [sharedIncoming, incoming]
  return [...live, colleagues, otherConversation, ...past]
}

export function journalCalls(scenario: Scenario): CallView[] {
  return scenario === 'quiet' ? [] : [...deskCalls(scenario), ...older]
}

export function session(scenario: Scenario, language: 'en' | 'cs'): SessionView | undefined {
  if (scenario === 'signed-out') return undefined
  const base = { language, country: language === 'cs' ? 'CZ' : 'GB' }
  if (scenario === 'operator') {
    return { ...base, kind: 'operator', name: '', role: 'operator', extensions: [], agreement: 'none' }
  }
  return {
    ...base,
    kind: 'user',
    name: me,
    role: scenario === 'agent' || scenario === 'waiting-for-an-administrator' ? 'agent' : 'administrator',
    organization: { id: 'o1', name: 'Compilers Ltd' },
    extensions: scenario === 'quiet' ? [] : ['21'],
    agreement:
      scenario === 'waiting-for-you' || scenario === 'waiting-for-an-administrator' ? scenario : 'accepted',
    ...(scenario === 'asked' ? { trialUntil: ago(-9 * day).slice(0, 10) } : {}),
  }
}

export const results: ResultView[] = [
  { id: 'done', label: 'Dealt with', outcome: 'connected' },
  { id: 'call-again', label: 'Call again', outcome: 'connected' },
  { id: 'not-reached', label: 'Not reached', outcome: 'no-answer' },
  { id: 'left-message', label: 'Left a message', outcome: 'left-message' },
  { id: 'wrong-number', label: 'Wrong number', outcome: 'wrong-number' },
]

export const users: UserView[] = [
  { id: 'u1', name: me, role: 'administrator', sees: 'all', extensions: ['21'], signedIn: true },
  { id: 'u2', name: 'Alan Turing', role: 'agent', sees: 'own', extensions: ['22', '122'], signedIn: true },
  { id: 'u3', name: 'Edsger Dijkstra', role: 'agent', sees: 'own', extensions: [], signedIn: false },
]
export const unmapped = ['23', '24']

const silentPhone: ConnectionView = {
  id: 'c1',
  side: 'phone',
  adapter: 'optimcall',
  title: 'OptimCall',
  health: 'waiting',
  reason: 'no-event-yet',
  recordingWays: ['attach', 'leave'],
  counts: {},
  installedBy: [],
}
const phone: ConnectionView = {
  ...silentPhone,
  health: 'healthy',
  reason: 'ok',
  lastEventAt: ago(7),
  counts: { events: 1482, 'no-use': 36 },
}
/** We connect to it, and it is not there just now. */
const heldPhone: ConnectionView = {
  ...phone,
  health: 'trouble',
  reason: 'held-away',
  held: {
    since: ago(5 * minute),
    gaps: [
      { from: ago(5 * minute) },
      { from: ago(2 * 3_600), to: ago(2 * 3_600 - 3 * minute) },
      { from: ago(day), to: ago(day - 12) },
    ],
  },
}
const crm: ConnectionView = {
  id: 'c2',
  side: 'crm',
  adapter: 'pipedrive',
  title: 'Pipedrive',
  health: 'healthy',
  reason: 'copying',
  lastEventAt: ago(3 * minute),
  counts: { 'contact changes': 41 },
  mirror: { state: 'copying', persons: 8345, numbers: 11_020, startedAt: ago(90) },
  allowance: {
    usedToday: 3300,
    byFeature: { 'call log': 1950, recording: 990, contacts: 300, deals: 30, check: 30 },
    left: 296_010,
    limit: 300_000,
    others: 690,
    reserve: 60_000,
  },
  waitingCalls: 2,
  installedBy: [me, 'Alan Turing'],
  notes: ['only-administrator', 'deals-refused'],
}

/** Two weeks of a company where somebody began to attach recordings after one. */
export function allowance(): AllowanceView {
  const days = Array.from({ length: 14 }, (_, before) => {
    const weekend = before % 7 === 2 || before % 7 === 3
    const calls = weekend ? 60 : 1_950 - ((before * 137) % 700)
    return {
      day: ago(before * day).slice(0, 10),
      byFeature: {
        'call log': calls,
        ...(before < 7 ? { recording: before === 0 ? 990 : Math.round(calls / 2) } : {}),
        contacts: 300,
        deals: 30,
        check: 30,
        ...(before === 13 ? { 'set-up': 62 } : {}),
      },
      ...(before > 11 ? {} : { others: weekend ? 40 : 690 + before * 55, limit: 300_000 }),
    }
  }).reverse()
  const resetsAt = new Date((Math.floor(start / (day * 1000)) + 1) * day * 1000).toISOString()
  return { ...(crm.allowance ?? { usedToday: 0, byFeature: {} }), resetsAt, days }
}

/** Nobody has chosen yet what is done with recordings. */
export const rules: RulesView = {
  written: {
    'inbound-answered': true,
    'inbound-missed': true,
    voicemail: true,
    'outbound-answered': true,
    'outbound-not-reached': false,
  },
  followUps: true,
  numbersLeftOut: ['+420 601 555 010', '020 7946 0199'],
}

export const phoneSettings: ConnectionSettingsView = {
  values: { baseUrl: 'https://compilers.optimcall.example' },
  secretsSet: [],
  ownNumbers: ['+420222333444'],
}

const askedPhone: ConnectionView = {
  id: 'c3',
  side: 'phone',
  adapter: 'placetel',
  title: 'Placetel',
  health: 'healthy',
  reason: 'asked',
  lastEventAt: ago(40),
  recordingWays: ['attach', 'leave'],
  counts: { events: 214 },
  installedBy: [],
  asked: {
    access: 'key',
    ready: true,
    handsOut: true,
    told: 'subscribed',
    compared: { at: ago(5 * 3600), calls: 87, missing: 2 },
  },
}

export const crms: ConnectionList['crms'] = [
  { adapter: 'pipedrive', title: 'Pipedrive', portal: false },
  { adapter: 'bitrix24', title: 'Bitrix24', portal: true },
]

export const phones: ConnectionList['phones'] = [
  { adapter: 'optimcall', title: 'OptimCall' },
  { adapter: 'placetel', title: 'Placetel', access: 'key' },
  { adapter: 'webex', title: 'Webex Calling', access: 'user' },
  { adapter: 'generic', title: 'PBX (HTTP)' },
]

const describedPhone: ConnectionView = {
  id: 'c4',
  side: 'phone',
  adapter: 'generic',
  title: 'PBX (HTTP)',
  health: 'healthy',
  reason: 'ok',
  lastEventAt: ago(90),
  counts: { events: 31, 'unknown-kind': 2 },
  installedBy: [],
}

export const describedSettings: ConnectionSettingsView = {
  values: {
    proof: { kind: 'hmac', name: 'X-Signature', algorithm: 'sha256', encoding: 'hex' },
    format: 'json',
    fields: {
      event: '/event/type',
      call: '/call/id',
      from: '/call/from',
      time: '/event/at',
      outcome: 'result',
    },
    times: { kind: 'date', zone: 'Europe/Prague' },
    events: [
      { says: 'Ring', means: 'ringing' },
      { says: 'Hangup', means: 'ended' },
    ],
  },
  secretsSet: ['ownSecret'],
  ownNumbers: [],
}

export const telephones: TelephonesView = {
  access: 'key',
  users: [
    { id: 'u1', name: me, state: 'connected', extension: '21' },
    { id: 'u2', name: 'Alan Turing', state: 'connected', extension: '22' },
    { id: 'u3', name: 'Edsger Dijkstra', state: 'not-connected' },
  ],
  lines: [
    { number: '+4922129191999', shown: '+49 221 29191999', users: null },
    { number: '+4922129191998', shown: '+49 221 29191998', users: ['u2'] },
  ],
  telephones: [
    { name: 'Grace (desk)', extension: '21', userId: 'u1' },
    { name: 'Alan', extension: '22', userId: 'u2' },
    { name: 'Reception', extension: '30' },
  ],
}

export const myTelephones: MyTelephones = {
  telephones: [
    {
      connectionId: 'c4',
      title: 'Webex Calling',
      access: 'user',
      state: 'refused',
      endsAt: ago(-5 * day),
    },
    {
      connectionId: 'c3',
      title: 'Placetel',
      access: 'key',
      state: 'connected',
      extension: '21',
    },
  ],
}

export function connections(scenario: Scenario, organization: string | undefined): ConnectionView[] {
  if (organization === 'o3') return []
  if (scenario === 'quiet')
    return [{ ...crm, health: 'waiting', reason: 'agreement-missing', counts: {}, waitingCalls: 0 }]
  if (organization === 'o2') {
    return [
      silentPhone,
      {
        ...crm,
        health: 'trouble',
        reason: 'probably-uninstalled',
        endsAt: ago(-5 * day),
        ends: 'company',
        notes: ['hooks-refused', 'only-user'],
        mirror: { state: 'complete', persons: 1, numbers: 1, completedAt: ago(2 * day) },
        allowance: {
          usedToday: 2310,
          byFeature: { 'call log': 1980, contacts: 300, check: 30 },
          left: 12_990,
          limit: 90_000,
          others: 74_700,
          reserve: 18_000,
          usedUpAt: ago(-2 * 3600),
          slowed: { how: 'slower', by: 'others', share: 0.83 },
        },
      },
    ]
  }
  if (scenario === 'talking') return [heldPhone, crm]
  if (scenario === 'asked') return [askedPhone, crm, describedPhone]
  return [phone, crm]
}

export const organizations: OrganizationView[] = [
  {
    id: 'o1',
    name: 'Compilers Ltd',
    country: 'GB',
    timeZone: 'Europe/London',
    createdAt: ago(12 * day),
    connections: 2,
    health: 'healthy',
    subscription: { state: 'active' },
  },
  {
    id: 'o2',
    name: 'Robot a.s.',
    country: 'CZ',
    timeZone: 'Europe/Prague',
    createdAt: ago(40 * day),
    connections: 2,
    health: 'trouble',
    subscription: { state: 'trial', until: ago(-9 * day).slice(0, 10) },
  },
  {
    id: 'o3',
    name: 'Prism & Sons',
    country: 'IE',
    timeZone: 'Europe/Dublin',
    createdAt: ago(2 * 3600),
    connections: 0,
    health: 'waiting',
    subscription: { state: 'ended' },
  },
]

export function agreement(scenario: Scenario): AgreementView {
  const paragraph =
    'Ringfence keeps the names and telephone numbers of your contacts while the connection exists, so that a caller is recognised at once, and the facts of a call for seven days after its end, so that it is written to Pipedrive and can be corrected.'
  return {
    version: '3f9c21ab07de',
    language: 'en',
    languages: ['en', 'de', 'cs', 'sl', 'nb', 'ro'],
    title: 'Data processing agreement',
    blocks: [
      {
        text: 'This agreement is between your company, the controller, and the operator of this installation, the processor.',
      },
      ...['What is processed', 'Who receives it', 'When it ends', 'What stays yours'].flatMap((heading) => [
        { heading },
        { text: paragraph },
        { text: paragraph },
      ]),
    ],
    ...(scenario.startsWith('waiting') ? {} : { acceptedAt: ago(12 * day), acceptedBy: me }),
  }
}

/** Three versions, of which the organization used two. */
export const policy: PolicyView = {
  version: '8c41d07be95a',
  effectiveAt: ago(2 * day),
  url: '/privacy/policy',
  versions: [
    {
      version: '8c41d07be95a',
      effectiveAt: ago(2 * day),
      state: 'in force',
      reasons: { en: [], cs: [] },
      url: '/privacy/policy/8c41d07be95a',
      changes: {
        en: [
          'Calls – kept: until now “for 7 days after the end of the call”, now “for 3 days after the end of the call”.',
          'Calls – data kept readable: no longer “the extensions that rang”.',
        ],
        cs: [
          'Hovory – doba uchování: dosud „7 dní od konce hovoru“, nyní „3 dny od konce hovoru“.',
          'Hovory – údaje uložené čitelně: už ne „linky, na kterých hovor zvonil“.',
        ],
      },
    },
    {
      version: '27fe0a6c13b8',
      effectiveAt: ago(90 * day),
      state: 'earlier',
      reasons: { en: [], cs: [] },
      url: '/privacy/policy/27fe0a6c13b8',
      changes: {
        en: ['New kind of data: Where a recording lies.', 'Worded differently: “Recordings of calls”.'],
        cs: ['Nový druh údajů: Umístění nahrávky.', 'Jinak formulováno: „Nahrávky hovorů“.'],
      },
    },
    {
      version: 'f00d5a1e2c77',
      effectiveAt: ago(200 * day),
      state: 'earlier',
      reasons: { en: [], cs: [] },
      url: '/privacy/policy/f00d5a1e2c77',
      changes: { en: [], cs: [] },
    },
  ],
  uses: [
    { version: '8c41d07be95a', since: ago(2 * day) },
    { version: '27fe0a6c13b8', since: ago(40 * day) },
  ],
}

/** The same, and one that will allow more. */
export const announcedPolicy: PolicyView = {
  ...policy,
  versions: [
    {
      version: '51d0c2a97e44',
      effectiveAt: ago(-28 * day),
      state: 'announced',
      verdict: 'less restrictive',
      url: '/privacy/policy/51d0c2a97e44',
      changes: { en: [], cs: [] },
      reasons: {
        en: ['Calls: kept longer, for 14 days after the end of the call.'],
        cs: ['Hovory: údaje se uchovávají déle: 14 dní od konce hovoru.'],
      },
    },
    ...policy.versions,
  ],
}

export const policyChecks: PolicyChecksView = {
  confirmed: ['Nothing is kept past its time', 'No key is left whose time is over'],
  checks: [
    {
      checkedAt: ago(3 * 3600),
      holds: false,
      wrong: [{ measure: 'Connections that leave the machine are encrypted', sentences: [] }],
      notChecked: [],
    },
    { checkedAt: ago(day + 3 * 3600), holds: true, wrong: [], notChecked: [] },
  ],
}

/** A breach of which the organization was told an hour ago, in the quiet scenario. */
export function notices(scenario: Scenario, language: 'en' | 'cs'): NoticeView[] {
  if (scenario !== 'quiet') return []
  return [
    {
      id: 'n1',
      breachId: '6f1d2c3b-8a90-4e57-9f0a-6d4fd1f3a001',
      number: 1,
      madeAt: ago(hour),
      mail: 'sent',
      mailedAt: ago(hour - 20),
      ...noticeWords[language],
    },
  ]
}
const hour = 3_600
const noticeWords = {
  en: {
    subject: 'Notice of a personal data breach (Art. 33(2) GDPR)',
    text: [
      'What happened',
      'A copy of the disk of one server was taken.',
      '',
      'Which data of yours, and approximately how many records',
      '- Calls: 1,204',
      '- Copy of the CRM’s contacts: 8,310',
      '',
      'Likely consequences',
      'This is not known yet. We are looking into it and will tell you as soon as we know.',
    ].join('\n'),
  },
  cs: {
    subject: 'Oznámení o porušení zabezpečení osobních údajů (čl. 33 odst. 2 GDPR)',
    text: [
      'Co se stalo',
      'Někdo si pořídil kopii disku jednoho serveru.',
      '',
      'Kterých vašich údajů se to týká a přibližně kolika záznamů',
      '- Hovory: 1 204',
      '- Kopie kontaktů z CRM: 8 310',
      '',
      'Pravděpodobné důsledky',
      'Zatím to nevíme. Zjišťujeme to a sdělíme vám to, jakmile to budeme vědět.',
    ].join('\n'),
  },
}

export const breaches: BreachView[] = [
  {
    id: '6f1d2c3b-8a90-4e57-9f0a-6d4fd1f3a001',
    what: 'A copy of the disk of one server was taken.',
    known: ago(3 * hour),
    organizationsBy: ago(-21 * hour),
    authorityBy: ago(-69 * hour),
    closed: false,
    genuine: true,
    notices: 0,
    mailed: 0,
    shown: 0,
  },
  {
    id: '1b7e0c55-22ab-4b0e-8f7d-90c1d2e3f402',
    what: 'A notebook with a list of connections was lost in a train.',
    known: ago(90 * day),
    organizationsBy: ago(89 * day),
    authorityBy: ago(87 * day),
    closed: true,
    genuine: true,
    notices: 12,
    notifiedAt: ago(90 * day - 5 * hour),
    mailed: 11,
    shown: 9,
  },
]

const refused = [
  { day: ago(day).slice(0, 10), host: 'metrics.example', why: 'undeclared', count: 3 },
  { day: ago(4 * day).slice(0, 10), host: '10.0.0.7', why: 'private', count: 1 },
]
const placed = {
  region: 'EU',
  host: { name: 'Hostitel a.s.', country: 'CZ' },
  refused,
}
export const recipients: Record<'en' | 'cs', RecipientsView> = {
  en: {
    ...placed,
    recipients: [
      {
        name: 'Pipedrive',
        country: 'EE',
        ground: 'in-region',
        kinds: ['Calls', 'Notes and results of calls', 'Copy of the CRM’s contacts', 'Users of the app'],
        purposes: ['to say who is calling', 'to log the call in the CRM'],
      },
      {
        name: 'Webex, where it is the connected phone system',
        country: 'US',
        ground: 'clauses',
        document: 'Clauses 2021/914, module 3, no. 17, 2026-09-01',
        kinds: ['Telephones of users', 'Calls'],
        purposes: ['to place a call that a user asks for'],
      },
      {
        name: 'the operator’s mail server',
        kinds: ['Notices of a breach'],
        purposes: ['to tell of a breach'],
      },
    ],
  },
  cs: {
    ...placed,
    recipients: [
      {
        name: 'Pipedrive',
        country: 'EE',
        ground: 'in-region',
        kinds: ['Hovory', 'Poznámky a výsledky hovorů', 'Kopie kontaktů z CRM', 'Uživatelé aplikace'],
        purposes: ['abychom zjistili, kdo volá', 'abychom hovor zapsali do CRM'],
      },
      {
        name: 'Webex, pokud je připojenou ústřednou',
        country: 'US',
        ground: 'clauses',
        document: 'Doložky 2021/914, modul 3, č. 17, 2026-09-01',
        kinds: ['Telefony uživatelů', 'Hovory'],
        purposes: ['abychom spojili hovor, o který uživatel požádá'],
      },
      {
        name: 'poštovní server provozovatele',
        kinds: ['Oznámení o porušení zabezpečení'],
        purposes: ['k oznámení porušení zabezpečení osobních údajů'],
      },
    ],
  },
}
