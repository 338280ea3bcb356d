import { dialTemplate } from '../../sandbox/optimcall/commands.ts'
import type { ConnectionMade } from '../../server/http/shapes.ts'
import { line } from '../company.ts'
import type { PhoneHand, PhoneOffice } from './hands.ts'

export const optimcall: PhoneHand = {
  name: 'optimcall',
  async open(office, workers): Promise<PhoneOffice> {
    const { hub, domain, admin } = office
    const { optimcall: stand, faults } = hub.sandbox
    const { client } = admin
    const made = await client.ok<ConnectionMade>('POST', '/api/v1/connections', {
      side: 'phone',
      adapter: 'optimcall',
      ownNumbers: [line],
    })
    const tenant = stand.createTenant({
      name: domain,
      company: domain,
      hookUrl: made.hookUrl,
      secret: made.secret,
      apiKey: `key-of-${domain}`,
      retryIntervalSeconds: 0.3,
      extensions: workers.map(({ extension, name }) => ({ number: extension, name })),
      lines: [{ number: line, name: 'Sales', rings: [] }],
      recording: { afterSeconds: 0 },
    })
    await client.ok('PUT', `/api/v1/connections/${made.id}/settings`, {
      baseUrl: hub.sandbox.url,
      dial: dialTemplate(tenant),
    })
    for (const { id, extension } of workers)
      await client.ok('PUT', `/api/v1/users/${id}/extensions`, { extensions: [extension] })
    return {
      connectionId: made.id,
      rings: (call) => stand.ring({ ...call, tenant: domain, ring: [workers[0].extension] }).id,
      answers: (id, { extension }) => void stand.answer(id, extension),
      hangsUp: (id) => void stand.hangUp(id, 'caller'),
      asked: () => stand.liveCalls().find(({ tenant: of }) => of === domain)?.id,
      connects(id, { extension }, number) {
        stand.answer(id, extension)
        stand.answer(id, number)
      },
      disturb: (kind, times) => void faults.orderDelivery({ kind, times, tenant: domain }),
      left: () => [],
    }
  },
}
