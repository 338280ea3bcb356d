import { demoCallers } from '../demo-world.ts'
import type { Sandbox } from '../index.ts'
import { button } from './button.ts'
import { escapeHtml } from './html.ts'

const [ada] = demoCallers

/** One press rings the phones of a company at Placetel or Webex. */
export function pairButtons(sandbox: Sandbox): string {
  const ring = (name: string, title: string, command: string, where: object) =>
    button({
      label: `Ada calls ${title} of ${name}`,
      command,
      input: { from: ada?.number ?? '', ...where },
      done: `Ada calls ${name}: it rings.`,
    })
  const buttons = [
    ...[...sandbox.placetel.accounts.keys()].map((name) =>
      ring(name, 'Placetel', 'placetel/ring', { account: name }),
    ),
    ...[...sandbox.webex.orgs.keys()].map((name) => ring(name, 'Webex Calling', 'webex/ring', { org: name })),
  ]
  return buttons.length === 0 ? '' : `<div class="row">${buttons.join('')}</div>`
}

/** Calls that go on there, each with what can be done next; empty: none. */
export function pairCalls(sandbox: Sandbox): string {
  const { placetel, webex } = sandbox
  const ofPlacetel = placetel.liveCalls().map((call) => {
    const { sipUsers } = placetel.account(call.account)
    const steps =
      call.state === 'asked'
        ? [step('Picks up the own phone', 'placetel/pick-up', { callId: call.id })]
        : call.state === 'answered'
          ? []
          : call.direction === 'inbound'
            ? sipUsers.map(({ did }) =>
                step(`Answer as ${did}`, 'placetel/answer', { callId: call.id, by: Number(did) }),
              )
            : [step('The other end answers', 'placetel/answer', { callId: call.id })]
    const end = step('Hang up', 'placetel/hang-up', { callId: call.id })
    return shown(call, call.state === 'answered', [...steps, end])
  })
  const ofWebex = webex.liveCalls().map((call) => {
    const asked = call.halves.find(({ personality }) => personality === 'clickToDial')
    const rings = call.halves.filter(
      ({ personality, state }) => personality === 'terminator' && state === 'alerting',
    )
    const steps = [
      ...(asked?.state === 'alerting'
        ? [step('Picks up the own phone', 'webex/pick-up', { callId: call.id })]
        : []),
      ...rings.map(({ extension }) =>
        step(`Answer as ${extension}`, 'webex/answer', { callId: call.id, number: extension }),
      ),
      ...(call.direction === 'outbound' && !call.answered
        ? [step('The other end answers', 'webex/answer', { callId: call.id, number: call.to })]
        : []),
    ]
    const end = step('Hang up', 'webex/hang-up', { callId: call.id })
    return shown(call, call.answered, [...steps, end])
  })
  return [...ofPlacetel, ...ofWebex].join('')
}

const step = (label: string, command: string, input: Record<string, unknown>): string =>
  button({ label, command, input, done: `${label}: done.` })

function shown(call: { from: string | null; to: string }, answered: boolean, buttons: string[]): string {
  const parties = `${call.from ?? 'Withheld'} → ${call.to}`
  return `<div class="call${answered ? ' answered' : ''}"><h3>${escapeHtml(parties)}</h3><p>${answered ? 'talking' : 'ringing'}</p><div class="row">${buttons.join('')}</div></div>`
}
