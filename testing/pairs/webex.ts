import { WebexOrg } from '../webex-org.ts'
import type { PhoneHand, PhoneOffice } from './hands.ts'

export const webex: PhoneHand = {
  name: 'webex',
  async open(office, workers): Promise<PhoneOffice> {
    const { hub, domain } = office
    const { webex: stand } = hub.sandbox
    const org = await WebexOrg.of(office, workers, true)
    for (const worker of workers) await org.connect(worker)
    return {
      connectionId: org.id,
      rings: (call) => stand.ring({ ...call, org: domain, ring: [workers[0].extension] }).id,
      answers: (id, { extension }) => void stand.answer(id, extension),
      hangsUp: (id) => stand.hangUp(id),
      asked: () => stand.liveCalls().find((live) => live.org === domain)?.id,
      connects(id, _, number) {
        stand.pickUp(id)
        stand.answer(id, number)
      },
      disturb: (kind, times) => void stand.faults.orderDelivery({ kind, times, tenant: domain }),
      left: () => org.webhooks,
    }
  },
}
