import { createHmac } from 'node:crypto'
import { readExpected, readPeople, readTraces } from '../../../sandbox/traces/index.ts'
import { phoneSystemConformance } from '../../../testing/conformance/phone-system.ts'
import { createEgress } from '../../egress/index.ts'
import { createWebex } from './index.ts'

const egress = createEgress({ declared: [], privateHosts: [] })

phoneSystemConformance({
  phone: createWebex({ egress, url: 'https://webexapis.com', clientId: 'fiction', clientSecret: 'fiction' }),
  traces: await readTraces('webex'),
  expected: await readExpected(),
  people: { extensionOf: new Map(Object.entries(await readPeople('webex'))), rungBy: new Map() },
  deliver: (body, secret) => ({
    method: 'POST',
    headers: { 'x-spark-signature': createHmac('sha1', secret).update(body).digest('hex') },
    body,
  }),
  forgeries: (request) => {
    const right = String(request.headers['x-spark-signature'])
    const forged = [
      undefined,
      '',
      `${right} 0`,
      right.slice(1),
      right.split('').reverse().join(''),
      [right, right],
    ]
    return [
      ...forged.map((signature) => ({ ...request, headers: { 'x-spark-signature': signature } })),
      { ...request, body: Buffer.concat([request.body, Buffer.from(' ')]) },
    ]
  },
  unknownKind: { resource: 'telephony_weather', event: 'created', actorId: 'P_A', data: {} },
})
