import { demoCallers } from './demo-world.ts'
import type { Sandbox } from './index.ts'
import type { LedgerSummary, PlayedCall } from './ledger.ts'
import { type DemoCrm, type DemoPair, type DemoPhone, nameOfPair } from './pair-world.ts'
import { Random } from './random.ts'

/** A little of everything that is told: in and out, answered and not, passed on, asked for, between colleagues. */
const mixes = {
  optimcall: [
    'inbound-answered',
    'ring-group',
    'inbound-missed',
    'withheld-answered',
    'blind-transfer',
    'outbound-answered',
    'outbound-not-answered',
    'click-to-call',
    'voicemail',
    'internal',
  ],
  placetel: [
    'answered',
    'ring-all',
    'missed',
    'voicemail',
    'transfer',
    'duplicated',
    'hang-up-first',
    'outbound',
    'outbound-busy',
    'click-to-call',
    'internal',
  ],
  webex: [
    'inbound-answered',
    'hunt-group',
    'inbound-missed',
    'hunt-group-missed',
    'hold-resume',
    'blind-transfer',
    'outbound-answered',
    'outbound-not-answered',
    'click-to-call',
    'duplicate-delivery',
    'internal',
  ],
} as const satisfies Record<DemoPhone, readonly string[]>

const atOnce = 3

/**
 * Plays a short day of one pair, with events that come twice or in another order and a CRM that fails. Resolves when every
 * call has ended and its deliveries are over. No event is lost, as in the long day.
 */
export async function playPairDay(options: {
  sandbox: Sandbox
  pair: DemoPair
  seed: number
  /** How many seconds of a call pass in a real second; default 60. */
  speed?: number
}): Promise<void> {
  const { sandbox, pair, seed, speed = 60 } = options
  const name = nameOfPair(pair)
  const random = new Random(seed)
  const faultsOf = {
    optimcall: sandbox.faults,
    placetel: sandbox.placetel.faults,
    webex: sandbox.webex.faults,
  }
  const faults = faultsOf[pair.phone]
  const ids = (['duplicate', 'reorder'] as const).map((kind) =>
    faults.orderDelivery({ tenant: name, kind, probability: 0.1, delayMs: 700 }),
  )
  troubles[pair.crm](sandbox, name)
  const kinds = [...mixes[pair.phone]]
  let next = 0
  const worker = async () => {
    for (let at = next++; at < kinds.length; at = next++) {
      const caller = demoCallers[at % demoCallers.length]
      const outer = at % 4 === 3 ? `+4420794604${String(at).padStart(2, '0')}` : (caller?.number ?? '')
      await plays[pair.phone](sandbox, kinds[at] as never, { name, outer, speed, random })
    }
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
  await sandbox.idle()
  for (const id of ids) faults.cancel(id)
}

type Playing = { name: string; outer: string; speed: number; random: Random }

const plays: Record<DemoPhone, (sandbox: Sandbox, kind: never, call: Playing) => Promise<PlayedCall>> = {
  optimcall: ({ optimcall }, kind, { name, ...call }) =>
    optimcall.play(kind, { ...call, tenant: name, agents: ['21', '22'], startAt: longAgo() }),
  // Its events carry no time, so they are of now.
  placetel: ({ placetel }, kind, { name, ...call }) =>
    placetel.play(kind, { ...call, account: name, agents: ['21', '22'] }),
  webex: ({ webex }, kind, { name, ...call }) =>
    webex.play(kind, { ...call, org: name, agents: ['21', '22'], startAt: longAgo() }),
}

/** Played faster than it is, a call would end in the future if it began now. */
const longAgo = () => Date.now() - 600_000

const troubles: Record<DemoCrm, (sandbox: Sandbox, name: string) => void> = {
  pipedrive({ faults }) {
    const callLogs = { method: 'POST', path: '/api/v1/callLogs', times: 1 }
    faults.order({ ...callLogs, kind: '500' })
    faults.order({ ...callLogs, kind: 'late-effect', delayMs: 900, cutAfterMs: 200 })
  },
  bitrix24({ bitrix24 }, portal) {
    const late = { kind: 'late-effect', portal, times: 1, delayMs: 900, cutAfterMs: 200 } as const
    bitrix24.faults.order({ ...late, method: 'telephony.externalCall.register' })
    bitrix24.faults.order({ ...late, method: 'telephony.externalCall.finish' })
    bitrix24.faults.order({ kind: '503', portal, method: 'telephony.externalCall.finish', times: 1 })
  },
}

export type PairSummary = {
  name: string
  calls: number
  expected: number
  held: number
  lost: number
  duplicated: number
}

/** What became of the calls of each company. */
export function summaryByCompany({ ledger }: Sandbox): PairSummary[] {
  const summary: LedgerSummary = ledger.summary()
  const held = ledger.held()
  const names = [...new Set(ledger.calls.flatMap(({ company }) => company ?? []))]
  return names.map((name) => {
    const of = (all: readonly { company: string | null }[]) => all.filter(({ company }) => company === name)
    const played = of(ledger.calls) as PlayedCall[]
    return {
      name,
      calls: played.length,
      expected: played.filter(({ expectLog, endedAt }) => expectLog && endedAt !== null).length,
      held: of(held).length,
      lost: of(summary.lostCalls).length,
      duplicated: of(summary.duplicatedCalls).length,
    }
  })
}
