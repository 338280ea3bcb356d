import type { CrmHand, CrmOffice } from './hands.ts'

const callLogs = { method: 'POST', path: '/api/v1/callLogs', times: 1 } as const

export const pipedrive: CrmHand = {
  name: 'pipedrive',
  async open(hub, name): Promise<CrmOffice> {
    const acme = await hub.given.organization({ name, phone: 'none' })
    const { faults } = hub.sandbox
    const workers = [acme.admin.vendorId]
    return {
      hub,
      id: acme.id,
      domain: acme.domain,
      admin: acme.admin,
      async worker(called, login) {
        const made = await acme.given.userWithoutPhone({ name: called, login })
        workers.push(made.vendorId)
        return made
      },
      async person(called, number) {
        await acme.given.person({ name: called, number })
      },
      disturb(how) {
        if (how === 'refused') faults.order({ ...callLogs, kind: '500' })
        else faults.order({ ...callLogs, kind: 'late-effect', delayMs: 400, cutAfterMs: 100 })
      },
      disturbed: () => faults.active().some(({ order }) => 'path' in order && order.path === callLogs.path),
      async uninstall() {
        for (const vendorId of workers) await hub.sandbox.pipedrive.uninstall(vendorId)
      },
      left: () => [...hub.sandbox.pipedrive.company(acme.domain).webhooks.values()],
    }
  },
}
