import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Sandbox, startSandbox } from '../index.ts'
import { type Receiver, startReceiver } from '../receiver.ts'
import { scenarioNames } from './scenarios.ts'

let sandbox: Sandbox
let receiver: Receiver

beforeEach(async () => {
  sandbox = await startSandbox()
  receiver = await startReceiver()
  sandbox.optimcall.createTenant({
    name: 'acme',
    hookUrl: `${receiver.url}/hook`,
    extensions: [{ number: '21', devices: 2 }, { number: '22', name: 'Boris Král' }, { number: '30' }],
    groups: { '20': ['21', '22'] },
    lines: [{ number: '+420222333444' }],
    recording: { afterSeconds: 60 },
  })
})

afterEach(async () => {
  await sandbox.close()
  await receiver.close()
})

type Body = Record<string, unknown>
const startAt = Date.parse('2026-11-23T09:15:00.400Z')

async function played(name: (typeof scenarioNames)[number]) {
  const call = await sandbox.optimcall.play(name, { outer: '+442079460123', startAt, speed: 100_000 })
  await sandbox.idle()
  return { call, events: receiver.received.map(({ body }) => body) }
}

const named = (events: Body[], ...names: string[]) =>
  events.filter((event) => names.includes(String(event['name'])))
/** Which number, what kind of leg and what happened, in order. */
const legs = (events: Body[]) =>
  events
    .filter((event) => 'legId' in event)
    .map(
      (event) =>
        `${event['legType']} ${event['legNumber']} ${String(event['name']).slice(3)}${
          event['legDisconnectedBy'] === undefined ? '' : ` ${event['legDisconnectedBy']}`
        }`,
    )

const outcomes: Record<string, string> = {
  voicemail: 'voicemail',
  blocked: 'blocked',
  'outbound-failed': 'failed',
  'setup-failed': 'setupFailed',
}

describe.each(scenarioNames)('%s', (name) => {
  test('is a true sequence of events', async () => {
    const { call, events } = await played(name)
    const first = events[0]
    expect(first).toMatchObject({
      name: 'callStarted',
      startTime: '2026-11-23T09:15:00Z',
      eventTime: '2026-11-23T09:15:00Z',
      totalLength: 0,
    })
    const ends = named(events, 'callDisconnected')
    expect(ends).toHaveLength(name === 'lost-hang-up' ? 0 : 1)
    for (const end of ends) {
      const spent = Date.parse(String(end['eventTime'])) - Date.parse(String(end['startTime']))
      const { setupLength, welcomeLength, ringingLength, conversationLength } = end as Record<string, number>
      const phases = [setupLength, welcomeLength, ringingLength, conversationLength]
      expect(phases.reduce<number>((sum, seconds) => sum + (seconds ?? 0), 0)).toBe(spent / 1000)
      expect(end['totalLength']).toBe(spent / 1000 - Number(setupLength))
      if (outcomes[name] !== undefined) expect(end['callOutcome']).toBe(outcomes[name])
    }
    // Cumulative: nothing a call event said is missing in the next one.
    const callEvents = named(events, 'callStarted', 'callConnected', 'callDisconnected', 'callRecordingReady')
    for (const [i, event] of callEvents.entries()) {
      expect(Object.keys(callEvents[i + 1] ?? event)).toEqual(expect.arrayContaining(Object.keys(event)))
    }
    const byLeg = Object.groupBy(
      events.filter((event) => 'legId' in event),
      (event) => String(event['legId']),
    )
    for (const leg of Object.values(byLeg)) {
      expect(leg?.at(-1)).toMatchObject({ name: 'legDisconnected' })
      for (const event of leg ?? []) {
        expect(event['legTotalLength']).toBe(
          Number(event['legRingingLength']) + Number(event['legConnectedLength']),
        )
      }
    }
    expect(call.endedAt).not.toBeNull()
    expect(call.expectLog).toBe(!['internal', 'blocked', 'setup-failed'].includes(name))
  })
})

test('ring group: every device rings, losers are let go by the system', async () => {
  const { events } = await played('ring-group')
  const ringing = named(events, 'legRinging').map((event) => event['legDeviceId'])
  expect(ringing).toEqual(['21-1', '21-2', '22-1'])
  const connected = events.findIndex((event) => event['name'] === 'callConnected')
  const losers = legs(events.slice(connected + 1)).slice(0, 2)
  expect(losers.every((leg) => /^callee 2[12] Disconnected system$/.test(leg))).toBe(true)
})

test('blind transfer: the first agent is let go, then the next one rings as transferee', async () => {
  const { events } = await played('blind-transfer')
  const story = legs(events)
  const letGo = story.indexOf('callee 21 Disconnected system', story.indexOf('callee 21 Connected') + 2)
  expect(story.slice(letGo, letGo + 3)).toEqual([
    'callee 21 Disconnected system',
    'transferee 22 Ringing',
    'transferee 22 Connected',
  ])
  expect(named(events, 'callDisconnected')[0]).toMatchObject({ answeredByNumber: '22' })
})

test('attended transfer: the first agent stays until the next one has answered', async () => {
  const { events } = await played('attended-transfer')
  const story = legs(events)
  expect(story.indexOf('transferee 22 Connected')).toBeLessThan(
    story.lastIndexOf('callee 21 Disconnected system'),
  )
})

test('click-to-call: the own phones ring first, as caller', async () => {
  const { events } = await played('click-to-call')
  expect(legs(events).slice(0, 5)).toEqual([
    'caller 21 Ringing',
    'caller 21 Ringing',
    'caller 21 Connected',
    'caller 21 Disconnected system',
    'callee +442079460123 Ringing',
  ])
  const end = named(events, 'callDisconnected')[0]
  expect(end).toMatchObject({
    startedByClickToCall: true,
    answeredByNumber: '+442079460123',
    outgoingNumber: '+420222333444',
  })
  expect(Number(end?.['setupLength'])).toBeGreaterThan(0)
})

test('monitoring, pick-up, voicemail, IVR and blocked calls have their legs', async () => {
  const first = await played('monitored')
  expect(legs(first.events)).toContain('monitoring 30 Connected')
  receiver.received.length = 0
  const { events } = await played('pick-up')
  expect(named(events, 'callConnected')[0]).toMatchObject({ answeredByNumber: '22' })
  receiver.received.length = 0
  expect(legs((await played('ivr-only')).events).every((leg) => leg.startsWith('caller'))).toBe(true)
  receiver.received.length = 0
  expect(legs((await played('blocked')).events)).toEqual([])
})

test('a recording can be fetched once it is ready', async () => {
  const { events } = await played('inbound-answered')
  const ready = named(events, 'callRecordingReady')[0]
  const address = String(ready?.['recordingUriMp3'])
  expect(address).toMatch(/^\/recording\/download\?id=[0-9a-f]{24}&type=mp3$/)
  const mp3 = await fetch(`${sandbox.optimcall.baseUrl()}${address}`)
  expect(mp3.headers.get('content-type')).toBe('audio/mpeg')
  const wav = await fetch(`${sandbox.url}${ready?.['recordingUriWav']}`)
  expect(Buffer.from(await wav.arrayBuffer()).toString('latin1', 0, 4)).toBe('RIFF')
  sandbox.optimcall.configure('acme', { recordingAuth: { kind: 'bearer', token: 't' } })
  expect((await fetch(`${sandbox.optimcall.baseUrl()}${address}`)).status).toBe(401)
  expect((await fetch(`${sandbox.url}/recording/download?id=0&type=mp3`)).status).toBe(404)
})

test('calls of one number begin far enough apart to be told', async () => {
  for (let i = 0; i < 4; i += 1) {
    await sandbox.optimcall.play('inbound-missed', { outer: '+442079460123', startAt, speed: 100_000 })
    await sandbox.optimcall.play('withheld-missed', { outer: '', startAt, speed: 100_000 })
  }
  const starts = sandbox.ledger.calls.map(({ from, startTime }) => ({ from, at: Date.parse(startTime) }))
  expect(new Set(starts.map(({ at }) => at)).size).toBe(8)
  for (const a of starts) {
    const near = starts.filter((b) => a !== b && a.from === b.from && Math.abs(a.at - b.at) < 5000)
    expect(near).toEqual([])
  }
})
