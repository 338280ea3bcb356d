import { describe, expect } from 'vitest'
import type { Colleague, Company } from '../../testing/company.ts'
import type { Hub } from '../../testing/hub.ts'
import { itWithHub } from '../../testing/it.ts'
import { until } from '../../testing/until.ts'
import { WebexOrg } from '../../testing/webex-org.ts'

const it = itWithHub()
const [ada, bea] = ['+442079460123', '+442079460124'] as const
const minuteMs = 60_000

async function connected(hub: Hub): Promise<{ acme: Company; anna: Colleague; org: WebexOrg }> {
  const acme = await hub.given.organization()
  const anna = await acme.given.user({ extension: '21' })
  const org = await WebexOrg.of(acme, [anna])
  await org.connect(anna)
  return { acme, anna, org }
}

/** A call that nobody takes. */
async function missed(hub: Hub, acme: Company, from: string): Promise<void> {
  const { id } = hub.sandbox.webex.ring({ org: acme.domain, from, ring: ['21'] })
  hub.sandbox.webex.hangUp(id)
  await hub.sandbox.idle()
}

const callsOf = (acme: Company, org: WebexOrg) =>
  acme.query<{ id: string; expires_at: Date }>(
    'select id, expires_at from calls where connection_id = $1 order by arrival',
    [org.id],
  )

describe('calls of which nobody told us', () => {
  it('BX-2 BX-5 are found in the phone system’s own list, added once, kept from their own end, and counted', async ({
    hub,
  }) => {
    const { acme, anna, org } = await connected(hub)
    const desk = await acme.deskOf(anna)
    await missed(hub, acme, ada)
    expect(await callsOf(acme, org)).toHaveLength(1)
    hub.sandbox.webex.deactivateWebhooks({ org: acme.domain })
    await missed(hub, acme, bea)
    expect(await callsOf(acme, org)).toHaveLength(1)
    await hub.moveClock('40 minutes')
    await org.tend()

    const calls = await callsOf(acme, org)
    expect(calls).toHaveLength(2)
    const found = await desk.shows(calls[1]?.id ?? '')
    expect(found).toMatchObject({
      direction: 'inbound',
      state: 'ended',
      outcome: 'missed',
      remote: { e164: bea },
      approximate: true,
      mine: true,
    })
    // A week from its own end, rounded up to the hour: not from today, when it was found.
    const week = Date.parse(found.endedAt ?? '') + 7 * 24 * 60 * minuteMs
    expect(Date.parse(found.keptUntil)).toBe(Math.ceil(week / (60 * minuteMs)) * 60 * minuteMs)
    await until('it is written', async () => {
      const rows = await acme.query('select 1 from call_logs where call_id = $1 and state = $2', [
        found.id,
        'written',
      ])
      return rows.length === 1
    })
    expect((await cardOf(acme, org))?.asked?.compared).toMatchObject({ missing: 1 })

    await hub.control('update phone_accesses set compared_at = null where connection_id = $1', [org.id])
    await org.night()
    expect(await callsOf(acme, org)).toHaveLength(2)
    expect((await cardOf(acme, org))?.asked?.compared).toMatchObject({ missing: 0 })
  })
})

async function cardOf(acme: Company, org: WebexOrg) {
  type Card = { id: string; asked?: { compared?: object } }
  const { connections } = await acme.admin.client.ok<{ connections: Card[] }>('GET', '/api/v1/connections')
  return connections.find(({ id }) => id === org.id)
}
