import { createHmac } from 'node:crypto'
import { adapterConformance, phoneSystemConformance, readJson, tracesIn } from 'ringfence/adapter/conformance'
import { adapter } from './index.ts'

// Every promise that Ringfence makes of phone systems, checked over what this one sends.
phoneSystemConformance({
  phone: adapterConformance(adapter),
  // One file for each call, with what was posted in its order: record them from the real system, with numbers of fiction.
  traces: await tracesIn(new URL('traces/', import.meta.url)),
  // What anybody who was there would say of each call.
  expected: await readJson(new URL('expected.json', import.meta.url)),
  deliver: (body, secret) => ({ method: 'POST', headers: signed(body, secret), body }),
  // The same delivery by somebody who does not know the secret.
  forgeries: (request) => [
    { ...request, headers: {} },
    { ...request, headers: { 'x-example-signature': '' } },
    { ...request, headers: signed(request.body, 'guessed') },
    { ...request, body: Buffer.concat([request.body, Buffer.from(' ')]) },
  ],
  unknownKind: { event: 'parked', call: '1001', at: '2026-11-23T09:15:00Z', direction: 'in' },
})

function signed(body: Buffer, secret: string) {
  return { 'x-example-signature': createHmac('sha256', secret).update(body).digest('hex') }
}
