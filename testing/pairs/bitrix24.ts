import { PortalCompany, portalApp } from '../portal-company.ts'
import type { CrmHand, CrmOffice, Worker } from './hands.ts'

const finish = { method: 'telephony.externalCall.finish', times: 1 } as const

export const bitrix24: CrmHand = {
  name: 'bitrix24',
  async open(hub, name): Promise<CrmOffice> {
    const acme = await PortalCompany.found(hub, name, { phone: 'none' })
    const { bitrix24: stand } = hub.sandbox
    const portal = () => stand.portal(name)
    return {
      hub,
      id: acme.id,
      domain: name,
      admin: { ...acme.admin, name: 'Anna Nováková', email: `anna@${name}.example` },
      async worker(called, login): Promise<Worker> {
        const made = await acme.given.userWithoutPhone({ name: called, login })
        return { ...made, name: called, email: `${login}@${name}.example` }
      },
      async person(called, number) {
        stand.people.add(name, 'CONTACT', { name: called, phones: [number] })
      },
      cards: () => acme.shownTo(),
      clicks(worker, number) {
        stand.setOutgoing({ portal: name, clientId: portalApp.clientId })
        stand.clickToCall({ portal: name, userId: worker.vendorId, number })
      },
      disturb(how) {
        if (how === 'refused') stand.faults.order({ ...finish, portal: name, kind: '500' })
        else
          stand.faults.order({ ...finish, portal: name, kind: 'late-effect', delayMs: 400, cutAfterMs: 100 })
      },
      disturbed: () => stand.faults.active().some(({ order }) => order.portal === name),
      linkedRecording() {
        const texts = JSON.stringify([...portal().comments.values()])
        return /\/recordings\/[\w-]+/.exec(texts)?.[0]
      },
      async uninstall() {
        stand.uninstall({ portal: name, clientId: portalApp.clientId })
      },
      left: () => portal().handlers,
    }
  },
}
