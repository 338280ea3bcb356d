import { createHmac } from 'node:crypto'
import { readExpected, readPeople, readTraces } from '../../../sandbox/traces/index.ts'
import { phoneSystemConformance } from '../../../testing/conformance/phone-system.ts'
import { createEgress } from '../../egress/index.ts'
import { createPlacetel } from './index.ts'

const egress = createEgress({ declared: [], privateHosts: [] })

phoneSystemConformance({
  phone: createPlacetel({ egress, url: 'https://api.placetel.de' }),
  traces: await readTraces('placetel'),
  expected: await readExpected('placetel'),
  // Nobody has mapped a line to anybody, so who rings is known to nobody.
  people: { extensionOf: new Map(Object.entries(await readPeople('placetel'))), rungBy: new Map() },
  deliver: (body, secret) => {
    const form = formOf(body)
    const signature = createHmac('sha256', secret).update(form).digest('hex')
    return { method: 'POST', headers: { 'x-placetel-signature': signature }, body: form }
  },
  forgeries: (request) => {
    const right = String(request.headers['x-placetel-signature'])
    const forged = [undefined, '', `${right}00`, right.slice(1), right.toUpperCase(), [right, right]]
    return [
      ...forged.map((signature) => ({ ...request, headers: { 'x-placetel-signature': signature } })),
      { ...request, body: Buffer.concat([request.body, Buffer.from('&x=')]) },
    ]
  },
  unknownKind: { event: 'CallParked', call_id: 'aa01', from: '01711234567' },
})

/** The fields of a trace as they are sent; what is no set of fields goes as it is. */
function formOf(body: Buffer): Buffer {
  let fields: unknown
  try {
    fields = JSON.parse(body.toString('utf8'))
  } catch {
    return body
  }
  if (fields === null || typeof fields !== 'object' || Array.isArray(fields)) return body
  const pairs = Object.entries(fields).map(([name, value]): [string, string] => [
    name,
    typeof value === 'string' ? value : JSON.stringify(value),
  ])
  return Buffer.from(new URLSearchParams(pairs).toString())
}
