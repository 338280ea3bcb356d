import { readExpected, readTraces } from '../../../sandbox/traces/index.ts'
import { phoneSystemConformance } from '../../../testing/conformance/phone-system.ts'
import { optimcall } from './index.ts'

phoneSystemConformance({
  phone: optimcall,
  traces: await readTraces('optimcall'),
  expected: await readExpected(),
  deliver: (body, secret) => ({ method: 'POST', headers: { 'x-optimcall-key': secret }, body }),
  forgeries: (request) => {
    const key = String(request.headers['x-optimcall-key'])
    return [undefined, '', `${key} `, key.slice(0, -1), key.toUpperCase(), [key, key]].map((forged) => ({
      ...request,
      headers: { 'x-optimcall-key': forged },
    }))
  },
  unknownKind: { name: 'callParked', eventTime: '2026-11-23T09:15:00Z', callId: '6a5f1b09fea66f42e3a991fb' },
})
