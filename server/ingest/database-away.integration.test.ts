import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Company } from '../../testing/company.ts'
import { type Hub, openHub } from '../../testing/hub.ts'
import { type OwnPostgres, ownPostgres } from '../../testing/postgres.ts'
import { until } from '../../testing/until.ts'
import type { SpooledRequest } from './spool.ts'

const spoolLimit = 6
let postgres: OwnPostgres
let hub: Hub

beforeAll(async () => {
  postgres = await ownPostgres()
  hub = await openHub({ postgres, start: { spoolLimit } })
})
afterAll(async () => {
  await hub?.close()
  await postgres?.close()
})

const spoolFolder = () => join(hub.folder, 'data-1', 'spool')
const spooled = () => readdir(spoolFolder())
const emptied = () => until('the spool is empty', async () => (await spooled()).length === 0)

const ringing = (callId: string, callerNumber: string) => ({
  name: 'legRinging',
  callId,
  callType: 'externalInbound',
  eventTime: new Date().toISOString(),
  callerNumber,
  calledNumber: '+420222333444',
  legId: `leg of ${callId}`,
  legType: 'callee',
  legNumber: '21',
})

describe('while the database is away', () => {
  it('events are accepted, sealed on disk, and applied when it is back', async () => {
    const acme = await hub.given.organization()
    await acme.given.person({ name: 'Ada Lovelace', number: '+442079460123' })
    const colleague = await acme.given.user({ extension: '21' })
    const desk = await acme.deskOf(colleague)

    await postgres.away()
    expect(await acme.hook(ringing('away-1', '+442079460123'))).toBe(200)
    expect(await acme.hook(ringing('away-2', '+442079460124'))).toBe(200)
    expect(await acme.hook(ringing('away-2', '+442079460124'), { 'x-optimcall-key': 'wrong' })).toBe(401)
    const files = await spooled()
    expect(files).toHaveLength(2)
    for (const file of files) {
      const bytes = await readFile(join(spoolFolder(), file))
      for (const clear of ['4420794601', 'away-', 'externalInbound', acme.id])
        expect(bytes.includes(clear)).toBe(false)
    }

    await postgres.back()
    await emptied()
    const calls = await acme.query<{ id: string }>('select id from calls order by arrival')
    expect(calls).toHaveLength(2)
    const shown = await Promise.all(calls.map(({ id }) => desk.shows(id)))
    expect(shown.map(({ remote }) => remote.e164)).toEqual(['+442079460123', '+442079460124'])
    expect(shown[0]?.matches).toMatchObject([{ name: 'Ada Lovelace' }])
  })

  it('what the CRM tells is kept too', async () => {
    const acme = await hub.given.organization()
    const person = await acme.given.person({ name: 'Ada Lovelace', number: '+442079460123' })
    const colleague = await acme.given.user({ extension: '21' })

    await postgres.away()
    hub.sandbox.pipedrive.editPerson(acme.domain, person.id, { name: 'Ada King' })
    await hub.sandbox.idle()
    expect(await spooled()).toHaveLength(1)
    await postgres.back()
    await emptied()

    const desk = await acme.deskOf(colleague)
    const call = await acme.phone.rings({ from: person.number, to: '21' })
    expect((await desk.shows(call.id)).matches).toMatchObject([{ name: 'Ada King' }])
  })

  it('PD-4 a connection that is held stays open, and what is heard over it is kept', async () => {
    const acme = await hub.given.organization()
    await acme.given.user({ extension: '21' })
    await acme.listens()
    const held = async () => (await acme.phoneCard()).reason === 'held'
    await until('we are connected', held)

    await postgres.away()
    const call = await acme.phone.rings({ from: '+442079460123', to: '21' })
    await acme.phone.answers(call, '21')
    await acme.phone.hangsUp(call)
    // What the spool cannot take waits in the line.
    await until('the spool is full', async () => (await spooled()).length === spoolLimit)
    await postgres.back()

    await acme.written(call)
    await emptied()
    expect(hub.sandbox.optimcall.sockets(acme.domain)).toMatchObject({ letIn: 1, mostAtOnce: 1 })
    expect((await acme.phoneCard()).held?.gaps).toEqual([])
  })

  it('PD-5 where a recording lies waits sealed with its call, where it was chosen to attach it, and nowhere else', async () => {
    const acme = await hub.given.organization()
    const other = await hub.given.organization()
    const settings = `/api/v1/connections/${acme.phoneId}/settings`
    await acme.admin.client.ok('PUT', settings, { recordings: 'attach' })
    await acme.hook(ringing('before', '+442079460123')) // so that this node knows what was chosen
    const ready = (callId: string) => ({
      ...ringing(callId, '+442079460123'),
      name: 'callRecordingReady',
      callOutcome: 'answered',
      recordingUriMp3: '/recording/download?id=6a5f1b09fea66f42e3a991fb&type=mp3',
    })

    await postgres.away()
    for (const company of [acme, other]) expect(await company.hook(ready('recorded'))).toBe(200)
    const waiting = await Promise.all(
      (await spooled()).map(async (row) => {
        const bytes = await readFile(join(spoolFolder(), row))
        expect(bytes.includes('recording/download')).toBe(false)
        const place = { table: 'spool', column: 'request', row }
        return JSON.parse(hub.app.ring.installation.open(place, bytes)) as SpooledRequest
      }),
    )
    const addressesOf = ({ id }: Company) =>
      waiting.filter((one) => one.organizationId === id && JSON.stringify(one).includes('recording/download'))
    expect([addressesOf(acme).length, addressesOf(other).length]).toEqual([1, 0])

    await postgres.back()
    await emptied()
    const kept = 'select id from recordings where address_sealed is not null'
    expect(await acme.query(kept)).toHaveLength(1)
    expect(await other.query(kept)).toEqual([])
  })

  it('a full spool refuses, so that the sender comes again', async () => {
    const acme = await hub.given.organization()

    await postgres.away()
    const answers: number[] = []
    for (let number = 0; number < spoolLimit + 2; number += 1)
      answers.push(await acme.hook(ringing(`full-${number}`, `+44207946020${number}`)))
    expect(answers).toEqual([...Array(spoolLimit).fill(200), 503, 503])

    await postgres.back()
    await emptied()
    expect(await acme.query('select id from calls')).toHaveLength(spoolLimit)
    expect(await acme.hook(ringing('full-again', '+442079460299'))).toBe(200)
  })

  it('a hook that this node does not hold is answered with 503, never with "not found"', async () => {
    await postgres.away()
    const unknown = await fetch(`${hub.url}/hooks/nobody-knows-this-one`, { method: 'POST', body: '{}' })
    expect(unknown.status).toBe(503)
    expect(Number(unknown.headers.get('retry-after'))).toBeGreaterThan(0)
    expect((await fetch(`${hub.url}/readyz`)).status).toBe(503)
    expect((await fetch(`${hub.url}/healthz`)).status).toBe(200)

    await postgres.back()
    await until('the node is ready again', async () => (await fetch(`${hub.url}/readyz`)).ok)
    const known = await fetch(`${hub.url}/hooks/nobody-knows-this-one`, { method: 'POST', body: '{}' })
    expect(known.status).toBe(404)
  })

  it('what is spooled outlives the node, and a call that ends meanwhile is written once', async () => {
    const acme = await hub.given.organization()
    await acme.given.user({ extension: '21' })
    const call = await acme.phone.rings({ from: '+442079460123', to: '21' })
    await acme.phone.answers(call, '21')

    await postgres.away()
    await acme.phone.hangsUp(call)
    expect((await spooled()).length).toBeGreaterThan(0)
    await hub.restart(() => postgres.back())

    await emptied()
    await acme.written(call)
  })
})
