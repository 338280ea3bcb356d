import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect } from 'vitest'
import { Random } from '../../sandbox/random.ts'
import { howOften } from '../../testing/how-often.ts'
import { itWithHub } from '../../testing/it.ts'
import { until } from '../../testing/until.ts'

const it = itWithHub({ as: 'process' })

describe('a server that is killed again and again', () => {
  it('PD-4 loses no call and writes none twice', async ({ hub }) => {
    const acme = await hub.given.organization()
    await acme.given.person({ number: '+442079460300' })
    for (const extension of ['21', '22']) await acme.given.user({ extension })
    const [calls, kills] = [howOften(12, 60), howOften(3, 12)]
    const random = new Random(11)
    const { optimcall, faults } = hub.sandbox
    faults.order({
      kind: 'late-effect',
      path: '/api/v1/callLogs',
      method: 'POST',
      probability: 0.15,
      delayMs: 600,
      cutAfterMs: 100,
    })

    const playing = Promise.all(
      Array.from({ length: calls }, async (_, number) => {
        await sleep(random.int(0, kills * 1_500))
        return optimcall.play(number % 3 === 0 ? 'ring-group' : 'inbound-answered', {
          tenant: acme.domain,
          outer: `+4420794603${String(number).padStart(2, '0')}`,
          agents: ['21', '22'],
          speed: 60,
        })
      }),
    )
    for (let kill = 0; kill < kills; kill += 1) {
      await sleep(random.int(300, 2_000))
      await hub.node(0).kill()
      await hub.node(0).start()
    }
    await playing
    await hub.sandbox.idle()
    await hub.settled(120_000)

    expect(await hub.control('select from graphile_worker.jobs where attempts >= max_attempts')).toEqual([])
    expect(hub.crm.summary()).toMatchObject({ calls, expected: calls, lost: 0, duplicated: 0, strays: 0 })
  }, 400_000)
})

describe('a server that is killed while it passes a recording on', () => {
  it('PD-5 begins anew, and the recording is attached once and whole', async ({ hub }) => {
    const { optimcall, pipedrive, faults } = hub.sandbox
    const acme = await hub.given.organization()
    await acme.given.user({ extension: '21' })
    optimcall.configure(acme.domain, { recording: { afterSeconds: 0 } })
    await acme.admin.client.ok('PUT', `/api/v1/connections/${acme.phoneId}/settings`, {
      baseUrl: hub.sandbox.url,
      recordings: 'attach',
    })
    faults.orderDownload({ kind: 'slow', tenant: acme.domain, times: 1, delayMs: 20_000 })
    const call = await acme.phone.calls({ from: '+442079460123', to: '21' })
    const recording = () => optimcall.recordings(call.vendorId)[0]
    await until('the recording is under way', () => recording()?.asked === 1)

    await hub.node(0).kill()
    await hub.node(0).start()

    const logs = () => [...pipedrive.company(acme.domain).callLogs.values()]
    await until('the recording is in its call log', () => logs().some((log) => log.recording !== undefined))
    expect(logs()).toMatchObject([{ recording: recording()?.mp3 }])
    expect(recording()?.asked).toBe(2)
    const taken = hub.crm.requests.filter(
      ({ company, template, status }) =>
        company === acme.domain && template.endsWith('/recordings') && status === 200,
    )
    expect(taken).toHaveLength(1)
    await until('nothing of it is left', async () => {
      const [row] = await acme.query('select id from recordings where address_sealed is null')
      return row !== undefined
    })
  })
})
