import { type CrmStage, crmConformance } from '../../../testing/conformance/crm.ts'
import type { RawRequest } from '../../phones/contract.ts'
import { aCall } from '../pipedrive/stand-in.ts'
import { anna, app, connectStandIn, installed } from './stand-in.ts'

const finish = 'telephony.externalCall.finish'

crmConformance({
  title: 'Bitrix24',
  parts: ['portal', 'persons', 'live', 'identify', 'amend'],
  stage,
  call: aCall,
  forgeries: (request) => {
    const sent = new URLSearchParams(request.body.toString())
    const token = sent.get('auth[application_token]') ?? ''
    return [undefined, '', 'x', token.slice(1), `${token}0`, token.toUpperCase(), [token]].map((other) => {
      const form = new URLSearchParams(sent)
      form.delete('auth[application_token]')
      if (Array.isArray(other)) form.append('auth[application_token][0]', other[0] ?? '')
      else if (other !== undefined) form.set('auth[application_token]', other)
      return { ...request, body: Buffer.from(form.toString()) }
    })
  },
})

async function stage(): Promise<CrmStage> {
  const on = await connectStandIn({ timeoutMs: 800 })
  const { crm, bitrix24, sandbox } = on
  const { people } = bitrix24
  const portal = bitrix24.portal('acme')
  const told = async (event: string): Promise<RawRequest> => {
    await sandbox.idle()
    const events = on.arrived.filter(({ request }) => request.body.includes(`event=${event}`))
    const last = events.at(-1)
    if (!last) throw new Error('the portal told nothing')
    return last.request
  }
  const faults = {
    '429': { kind: '429' },
    '500': { kind: '500' },
    '503': { kind: 'html', status: 503 },
    timeout: { kind: 'timeout' },
    'late-effect': { kind: 'late-effect', delayMs: 900 },
  } as const
  return {
    crm,
    async signIn() {
      const session = await installed(on)
      await crm.portal.setUp(session, { eventUrl: `${on.url}/event`, lines: [] })
      bitrix24.setOutgoing({ portal: 'acme', clientId: app.clientId })
      return session
    },
    persons: {
      add: (name, number) => String(people.add('acme', 'CONTACT', { name, phones: [number] }).id),
      rename: (id, name) => void people.edit('acme', { type: 'CONTACT', id: Number(id) }, { name }),
      remove: (id) => people.delete('acme', { type: 'CONTACT', id: Number(id) }),
    },
    fault: (kind, where, times) =>
      void bitrix24.faults.order({
        ...faults[kind],
        times,
        ...(where === 'write' ? { method: finish } : {}),
      }),
    expireTokens: () => bitrix24.expireTokens({ portal: 'acme' }),
    held: () => portal.statistics.length,
    writes: () => sandbox.ledger.requests.filter(({ path }) => path === `/rest/${finish}`).length,
    idle: () => sandbox.idle(),
    portal: {
      companyRef: portal.memberId,
      applicationToken: () => portal.install(app.clientId).applicationToken,
      async click(number) {
        const { callId } = bitrix24.clickToCall({ portal: 'acme', userId: Number(anna), number })
        return { told: await told('ONEXTERNALCALLSTART'), ref: callId }
      },
    },
    async uninstall() {
      bitrix24.uninstall({ portal: 'acme', clientId: app.clientId })
      return told('ONAPPUNINSTALL')
    },
    close: () => on.close(),
  }
}
