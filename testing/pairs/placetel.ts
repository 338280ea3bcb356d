import { PlacetelAccount, placetelLine } from '../placetel-account.ts'
import { until } from '../until.ts'
import type { PhoneHand, PhoneOffice } from './hands.ts'

export const placetel: PhoneHand = {
  name: 'placetel',
  async open(office, workers): Promise<PhoneOffice> {
    const { hub, domain, admin } = office
    const { placetel: stand } = hub.sandbox
    const account = await PlacetelAccount.of(office, workers, { recording: true, recordingAfterSeconds: 0 })
    await account.connect({ recordingHost: new URL(hub.sandbox.url).host.replace('127.0.0.1', 'localhost') })
    await until('telephones are whose their e-mail says', async () => {
      const { users } = await account.telephones()
      return workers.every(({ id }) => users.some((user) => user.id === id && user.state === 'connected'))
    })
    await admin.client.ok('PUT', `/api/v1/connections/${account.id}/lines`, {
      number: placetelLine,
      users: [workers[0].id],
    })
    return {
      connectionId: account.id,
      rings: (call) => stand.ring({ ...call, account: domain, to: placetelLine }).id,
      answers: (id, { extension }) => void stand.answer(id, extension),
      hangsUp: (id) => void stand.hangUp(id),
      asked: () => stand.liveCalls().find((live) => live.account === domain)?.id,
      connects(id) {
        stand.pickUp(id)
        stand.answer(id)
      },
      disturb: (kind, times) => void stand.faults.orderDelivery({ kind, times, tenant: domain }),
      left: () => account.subscriptions,
    }
  },
}
