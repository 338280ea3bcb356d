import type { Sandbox } from '../index.ts'
import type { HeldCall } from '../ledger.ts'
import type { LiveCall } from '../optimcall/index.ts'
import { button } from './button.ts'
import { escapeHtml, textOf } from './html.ts'
import { pairCalls } from './pair-phones.ts'
import { socketPart } from './socket.ts'

const shownRows = 25

/** The parts of the page that change, as HTML by the id of their place. */
export function pageParts(sandbox: Sandbox): Record<string, string> {
  return {
    live: liveCalls(sandbox),
    numbers: numbers(sandbox),
    held: heldCalls(sandbox),
    webhooks: webhooks(sandbox),
    deliveries: deliveries(sandbox),
    requests: requests(sandbox),
    faults: faults(sandbox),
    ...Object.fromEntries(
      [...sandbox.optimcall.tenants.values()].map((tenant) => [
        `socket-${tenant.name}`,
        socketPart(sandbox, tenant),
      ]),
    ),
  }
}

/** What the CRM's persons are called by number, else by the telephone system's address book. */
function nameOf(sandbox: Sandbox, number: string | null): string {
  if (number === null) return 'Withheld'
  const call = sandbox.ledger.calls.findLast((item) => item.from === number || item.to === number)
  const person = call?.expectedPersonId
  if (call?.company == null || person == null) return number
  const found = sandbox.pipedrive.companies.get(call.company)?.persons.get(person)
  return found === undefined ? number : `${sandbox.pipedrive.needle.name(found.name)} (${number})`
}

function liveCalls(sandbox: Sandbox): string {
  const calls = sandbox.optimcall.liveCalls()
  const others = pairCalls(sandbox)
  if (calls.length === 0 && others === '') return '<p class="quiet-text">No call is going on.</p>'
  return calls.map((call) => liveCall(sandbox, call)).join('') + others
}

function liveCall(sandbox: Sandbox, call: LiveCall): string {
  const { extensions } = sandbox.optimcall.tenant(call.tenant)
  const others = extensions
    .map(({ number }) => number)
    .filter((number) => !call.ringing.includes(number) && !call.connected.includes(number))
  const buttons = call.ringing.map((number) =>
    button({
      label: `Answer as ${number}`,
      command: 'optimcall/answer',
      input: { callId: call.id, number },
      done: `${number} has answered.`,
    }),
  )
  for (const number of call.ringing) {
    buttons.push(
      button({
        label: `Refuse as ${number}`,
        command: 'optimcall/reject',
        input: { callId: call.id, number },
        done: `${number} has refused.`,
        quiet: true,
      }),
    )
  }
  buttons.push(...(call.answered ? transferButtons(call, others) : pickUpButtons(call, others)))
  buttons.push(
    button({
      label: call.answered ? 'Caller hangs up' : 'Caller hangs up (missed)',
      command: 'optimcall/hang-up',
      input: { callId: call.id, by: 'caller' },
      done: 'The call is over.',
    }),
  )
  if (call.answered) {
    buttons.push(
      button({
        label: 'Called party hangs up',
        command: 'optimcall/hang-up',
        input: { callId: call.id, by: 'callee' },
        done: 'The call is over.',
      }),
    )
  } else if (call.type === 'externalInbound') {
    buttons.push(
      button({
        label: 'Leaves a message',
        command: 'optimcall/hang-up',
        input: { callId: call.id, by: 'caller', outcome: 'voicemail' },
        done: 'The caller has left a message.',
        quiet: true,
      }),
    )
  }
  const state = call.answered
    ? `talking with ${call.connected.filter((number) => number !== '' && number !== call.from).join(', ')}`
    : `ringing at ${call.ringing.join(', ') || 'nobody'}`
  return `<div class="call${call.answered ? ' answered' : ''}"><h3>${escapeHtml(nameOf(sandbox, call.from))} → ${escapeHtml(nameOf(sandbox, call.to))}</h3><p>${escapeHtml(state)}</p><div class="row">${buttons.join('')}</div></div>`
}

function transferButtons(call: LiveCall, others: string[]): string[] {
  const buttons = others.flatMap((to) => [
    button({
      label: `Transfer to ${to}`,
      command: 'optimcall/transfer',
      input: { callId: call.id, to, kind: 'blind' },
      done: `Transferred; ${to} rings.`,
      quiet: true,
    }),
    button({
      label: `Ask ${to} first`,
      command: 'optimcall/transfer',
      input: { callId: call.id, to, kind: 'attended' },
      done: `${to} is being asked.`,
      quiet: true,
    }),
  ])
  // Three parties in the call: the caller and two agents, of whom the first may now leave.
  if (call.connected.length > 2) {
    buttons.push(
      button({
        label: 'Complete the transfer',
        command: 'optimcall/complete-transfer',
        input: { callId: call.id },
        done: 'Transferred.',
      }),
    )
  }
  return buttons
}

function pickUpButtons(call: LiveCall, others: string[]): string[] {
  if (call.type !== 'externalInbound') return []
  return others.map((number) =>
    button({
      label: `Pick up as ${number}`,
      command: 'optimcall/pick-up',
      input: { callId: call.id, number },
      done: `${number} has picked up.`,
      quiet: true,
    }),
  )
}

function numbers(sandbox: Sandbox): string {
  const summary = sandbox.ledger.summary()
  const items: [string, string | number][] = [
    ['Calls played', summary.calls],
    ['Due in the CRM', summary.expected],
    ['Held by the CRM', summary.activities],
    ['Lost', summary.lost],
    ['Duplicated', summary.duplicated],
  ]
  const now = sandbox.clock.now()
  for (const company of sandbox.pipedrive.companies.values()) {
    items.push([`Tokens, ${company.name}`, `${company.budget.used(now)} of ${company.budget.dailyLimit}`])
  }
  return `<dl>${items.map(([term, value]) => `<div><dt>${escapeHtml(term)}</dt><dd>${escapeHtml(String(value))}</dd></div>`).join('')}</dl>`
}

function table(caption: string, head: string[], rows: string[][]): string {
  if (rows.length === 0) return '<p class="quiet-text">Nothing yet.</p>'
  const cells = (row: string[]) => row.map((cell) => `<td>${escapeHtml(cell)}</td>`).join('')
  return `<div class="scroll" tabindex="0" role="region" aria-label="${escapeHtml(caption)}"><table><thead><tr>${head.map((name) => `<th scope="col">${name}</th>`).join('')}</tr></thead><tbody>${rows.map((row) => `<tr>${cells(row)}</tr>`).join('')}</tbody></table></div>`
}

function heldCalls(sandbox: Sandbox): string {
  const { pipedrive } = sandbox
  const row = (call: HeldCall): string[] => {
    const company = pipedrive.companies.get(call.company)
    const owner = company?.users.get(call.userId)?.name
    const person = call.personId === null ? undefined : company?.persons.get(call.personId)?.name
    return [
      call.startTime.slice(11, 19),
      call.subject,
      owner === undefined ? '' : pipedrive.needle.name(owner),
      person === undefined ? '-' : pipedrive.needle.name(person),
      call.outcome,
      call.from ?? 'withheld',
      call.to,
      `${call.duration} s`,
      call.hasRecording ? 'yes' : 'no',
      textOf(call.note),
    ]
  }
  const rows = sandbox.ledger.held().slice(-shownRows).reverse().map(row)
  const head = [
    'Start (UTC)',
    'Subject',
    'Owner',
    'Person',
    'Outcome',
    'From',
    'To',
    'Length',
    'Recording',
    'Note',
  ]
  return table('Table of calls', head, rows)
}

function webhooks(sandbox: Sandbox): string {
  const rows = [...sandbox.pipedrive.companies.values()].flatMap((company) =>
    [...company.webhooks.values()].map((hook) => [
      company.name,
      `${hook.event_action}.${hook.event_object}`,
      hook.subscription_url,
      String(hook.last_http_status ?? '-'),
    ]),
  )
  return table('Table of webhooks', ['Company', 'Event', 'Address', 'Last status'], rows)
}

function deliveries(sandbox: Sandbox): string {
  const rows = sandbox.ledger.hooks
    .slice(-shownRows)
    .reverse()
    .map((hook) => [
      hook.at.slice(11, 19),
      hook.sender,
      hook.event,
      hook.status === null ? (hook.error ?? '-') : String(hook.status),
      String(hook.attempt),
      hook.fault ?? '',
    ])
  return table('Table of deliveries', ['Time', 'From', 'Event', 'Status', 'Attempt', 'Fault'], rows)
}

function requests(sandbox: Sandbox): string {
  const rows = sandbox.ledger.requests
    .slice(-shownRows)
    .reverse()
    .map((request) => [
      request.at.slice(11, 19),
      `${request.method} ${request.template}`,
      request.status === null ? 'no answer' : String(request.status),
      String(request.tokens),
      request.fault ?? '',
    ])
  return table('Table of requests', ['Time', 'Request', 'Status', 'Tokens', 'Fault'], rows)
}

function faults(sandbox: Sandbox): string {
  const active = sandbox.faults.active()
  if (active.length === 0) return '<p class="quiet-text">Nothing is ordered.</p>'
  const rows = active.map(({ order, left, hits }) => [
    order.kind,
    'path' in order ? (order.path ?? 'any') : 'event' in order ? (order.event ?? 'any') : 'any',
    left === null ? '-' : String(left),
    String(hits),
  ])
  return table('Table of ordered trouble', ['Fault', 'Where', 'Left', 'Hits'], rows)
}
