import { createHmac } from 'node:crypto'
import { readExpected, readTraces } from '../../../sandbox/traces/index.ts'
import { phoneSystemConformance } from '../../../testing/conformance/phone-system.ts'
import type { RawRequest } from '../contract.ts'
import { generic } from './index.ts'

/** JSON with its facts deep inside, local times, outcomes in words of its own, signed over the body. */
const nested = {
  proof: { kind: 'hmac', name: 'X-Signature', algorithm: 'sha256', encoding: 'base64', prefix: 'sha256=' },
  format: 'json',
  fields: {
    event: '/event/type',
    time: '/event/at',
    call: '/call/uuid',
    direction: '/call/dir',
    from: '/call/src',
    to: '/call/dst',
    extension: 'device',
    outcome: '/result/cause',
    duration: '/result/talk',
  },
  events: [
    { says: 'New', means: 'started' },
    { says: 'Ring', means: 'ringing' },
    { says: 'Talk', means: 'answered' },
    { says: 'Leave', means: 'left' },
    { says: 'Done', means: 'ended' },
  ],
  directions: [
    { says: 'in', means: 'inbound' },
    { says: 'out', means: 'outbound' },
    { says: 'int', means: 'internal' },
  ],
  outcomes: [
    { says: 'OK', means: 'answered' },
    { says: 'NoAnswer', means: 'missed' },
    { says: 'VM', means: 'voicemail' },
  ],
  times: { kind: 'date', zone: 'Europe/Prague' },
} as const

/** A form with neither times, directions nor outcomes, behind a name and a password. */
const flat = {
  proof: { kind: 'basic', user: 'pbx' },
  format: 'form',
  fields: { event: 'evt', call: 'id', from: 'caller', to: 'callee', extension: 'ext' },
  events: [
    { says: 'dial', means: 'started' },
    { says: 'ringing', means: 'ringing' },
    { says: 'answer', means: 'answered' },
    { says: 'hangup', means: 'ended' },
  ],
} as const

const withHeader = (request: RawRequest, name: string) => (value: string | string[] | undefined) => ({
  ...request,
  headers: { ...request.headers, [name]: value },
})

phoneSystemConformance({
  phone: { ...generic, title: 'a phone system that sends JSON' },
  traces: await readTraces('generic-json'),
  expected: await readExpected(),
  settings: nested,
  deliver: (body, secret) => ({
    method: 'POST',
    headers: { 'x-signature': `sha256=${createHmac('sha256', secret).update(body).digest('base64')}` },
    body,
  }),
  forgeries: (request) => {
    const right = String(request.headers['x-signature'])
    const bare = right.slice('sha256='.length)
    const wrong = [
      undefined,
      '',
      bare,
      `sha1=${bare}`,
      right.slice(0, -1),
      right.toLowerCase(),
      [right, right],
    ]
    return [
      ...wrong.map(withHeader(request, 'x-signature')),
      { ...request, body: Buffer.concat([request.body, Buffer.from(' ')]) },
    ]
  },
  unknownKind: { event: { type: 'Parked', at: '2026-11-23 10:15:00' }, call: { uuid: 'c-1' } },
})

phoneSystemConformance({
  phone: { ...generic, title: 'a phone system that sends forms' },
  traces: await readTraces('generic-form'),
  expected: await readExpected(),
  settings: flat,
  deliver: (body, secret) => ({
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`pbx:${secret}`).toString('base64')}` },
    body: asForm(body),
  }),
  forgeries: (request) => {
    const right = String(request.headers['authorization'])
    const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`
    return [undefined, '', 'Basic', basic('pbx:'), basic(':'), basic('pbx:wrong'), right.slice(6)].map(
      withHeader(request, 'authorization'),
    )
  },
  unknownKind: { evt: 'PARKED', id: '1795425300.99' },
})

/** What cannot be a form is sent as it is. */
function asForm(body: Buffer): Buffer {
  try {
    const fields: unknown = JSON.parse(body.toString())
    if (fields === null || typeof fields !== 'object' || Array.isArray(fields)) return body
    const texts = Object.entries(fields).map(([name, value]) => [name, textOf(value)] as const)
    return Buffer.from(new URLSearchParams(texts.map((pair) => [...pair])).toString())
  } catch {
    return body
  }
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))
