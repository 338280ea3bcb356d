import { describe, expect } from 'vitest'
import { Desk } from '../../testing/desk.ts'
import { itWithHub } from '../../testing/it.ts'
import { until } from '../../testing/until.ts'
import { liveMessage, liveMessages } from './messages.ts'

const it = itWithHub({ nodes: 2 })

describe('GD-9 a message to an open screen', () => {
  const number = { kind: 'e164', shown: '020 7946 0123', e164: '+442079460123' } as const
  const call = {
    id: '0198f3c2-7d1e-7000-8000-00000000ac3e',
    version: 1,
    direction: 'inbound',
    state: 'ringing',
    startedAt: '2026-11-23T09:15:00.000Z',
    endUnknown: false,
    approximate: false,
    remote: number,
    legs: [],
    matches: [],
    log: { state: 'not-yet', tries: 0 },
    mine: true,
    keptUntil: '2026-11-30T10:00:00.000Z',
  }

  it('holds what is declared of a call, and what is added to it does not leave', () => {
    expect(liveMessage('call', call)).toBe(`event: call\ndata: ${JSON.stringify(call)}\n\n`)
    const more = { ...call, birthday: '1815-12-10', remote: { ...number, carrier: 'Ada' } }
    expect(liveMessage('call', more)).toBe(liveMessage('call', call))
    expect(liveMessage('call', { ...call, state: 'Ada' })).toBeUndefined()
  })

  it('holds nothing where it only says that there is something new', () => {
    for (const event of Object.keys(liveMessages).filter((one) => one !== 'call') as 'hello'[]) {
      expect(liveMessage(event, {})).toBe(`event: ${event}\ndata: {}\n\n`)
      expect(liveMessage(event, { name: 'Ada' })).toBeUndefined()
    }
  })
})

describe('two nodes', () => {
  it('PD-3 both show the call, whichever hears of it', async ({ hub }) => {
    const acme = await hub.given.organization()
    const colleague = await acme.given.user({ extension: '21' })
    const [first, second] = [
      await new Desk(colleague.client).open(),
      await new Desk(colleague.client.through(hub.node(1).url)).open(),
    ]
    const call = await acme.phone.calls({ from: '+442079460123', to: '21' })
    for (const desk of [first, second]) {
      expect(await desk.shows(call.id, ({ log }) => log.state === 'written')).toMatchObject({
        state: 'ended',
        outcome: 'answered',
        mine: true,
      })
      await desk.close()
    }
  })

  it('PD-4 write each call once, though both have its job', async ({ hub }) => {
    const acme = await hub.given.organization()
    await acme.given.user({ extension: '21' })
    const calls = await Promise.all(
      [1, 2, 3, 4, 5, 6].map((number) => acme.phone.calls({ from: `+44207946040${number}`, to: '21' })),
    )
    const at = new Date()
    await Promise.all(
      calls.flatMap((call) =>
        ([0, 1, 0, 1] as const).map((node, copy) =>
          hub
            .node(node)
            .app.jobs.add(
              'write-call',
              { organizationId: acme.id, callId: call.id },
              { key: `copy ${copy} ${call.id}`, at },
            ),
        ),
      ),
    )
    for (const call of calls) await acme.written(call)
    await hub.settled()
    expect(hub.crm.summary()).toMatchObject({ lost: 0, duplicated: 0 })
  })

  it('know at once what the other has made: organization, hook, extension', async ({ hub }) => {
    const acme = await hub.given.organization()
    const colleague = await acme.given.user({ extension: '21' })
    const desk = await new Desk(colleague.client.through(hub.node(1).url)).open()
    hub.sandbox.optimcall.configure(acme.domain, {
      hookUrl: acme.hookUrl.replace(hub.node(0).url, hub.node(1).url),
    })
    const before = await acme.phone.rings({ from: '+442079460123', to: '21' })
    expect(await desk.shows(before.id)).toMatchObject({ mine: true })

    await acme.admin.client.ok('PUT', `/api/v1/users/${colleague.id}/extensions`, { extensions: ['33'] })
    const sees = async () => {
      await acme.phone.rings({ from: '+442079460124', to: '33' })
      return desk.shown.some(({ legs }) => legs.some(({ party }) => party.shown === '33'))
    }
    await until('the other node knows the new extension', sees)
    await desk.close()
  })

  it('forget an organization that the other has deleted', async ({ hub }) => {
    const acme = await hub.given.organization({ set: 'connected' })
    const there = acme.hookUrl.replace(hub.node(0).url, hub.node(1).url)
    const post = () => fetch(there, { method: 'POST', body: '{}' }).then(({ status }) => status)
    expect(await post()).toBe(401)
    await hub.operator.ok('DELETE', `/api/v1/organizations/${acme.id}`, { name: acme.name })
    await until('the other node has forgotten it', async () => (await post()) === 404)
    const organizations = await hub.operator.through(hub.node(1).url).request('GET', '/api/v1/organizations')
    expect(organizations.text).not.toContain(acme.id)
  })

  it('end a session for each other', async ({ hub }) => {
    const acme = await hub.given.organization()
    const agent = await acme.given.user({ extension: '21' })
    const there = agent.client.through(hub.node(1).url)
    const { token } = await there.ok<{ token: string }>('POST', '/api/v1/session/live')
    const open = () =>
      fetch(`${hub.node(1).url}/live`, { headers: { authorization: `Bearer ${token}` } }).then(
        async ({ status, body }) => {
          await body?.cancel()
          return status
        },
      )
    expect(await open()).toBe(200)
    await agent.client.ok('DELETE', '/api/v1/session')
    expect(await open()).toBe(401)
    expect((await there.request('GET', '/api/v1/desk')).status).toBe(401)
  })

  it('start side by side', async ({ hub }) => {
    await Promise.all(hub.nodes.map((node) => node.stop()))
    await Promise.all(hub.nodes.map((node) => node.start()))
    for (const node of hub.nodes) expect((await fetch(`${node.url}/readyz`)).status).toBe(200)
  })
})

describe('a screen', () => {
  it('that was away loads its state anew', async ({ hub }) => {
    const acme = await hub.given.organization()
    const colleague = await acme.given.user({ extension: '21' })
    const desk = await new Desk(colleague.client.through(hub.node(1).url)).open()

    await hub.node(1).stop()
    const missed = await acme.phone.rings({ from: '+442079460123', to: '21' })
    await acme.phone.answers(missed, '21')
    await hub.node(1).start()

    await until('the screen is back', () => desk.opened === 2)
    expect(await desk.shows(missed.id)).toMatchObject({ state: 'answered' })
    expect(desk.shown).toEqual([]) // nobody told it live
    await desk.close()
  })

  it('is let in with a live token only', async ({ hub }) => {
    const acme = await hub.given.organization({ set: 'installed' })
    const [session = ''] = acme.admin.client.cookies.values()
    for (const authorization of [undefined, 'Bearer ', 'Bearer made-up', `Bearer ${session}`]) {
      const answer = await fetch(`${hub.url}/live`, {
        headers: { cookie: acme.admin.client.cookieHeader(), ...(authorization ? { authorization } : {}) },
      })
      await answer.body?.cancel()
      expect([authorization, answer.status]).toEqual([authorization, 401])
    }
  })
})
