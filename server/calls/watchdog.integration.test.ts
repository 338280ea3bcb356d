import pg from 'pg'
import { describe, expect, inject } from 'vitest'
import type { Company } from '../../testing/company.ts'
import { it } from '../../testing/it.ts'
import { until } from '../../testing/until.ts'

/** The watchdog runs every minute; here it is asked to run now. */
async function lookForSilentCalls(company: Company): Promise<void> {
  await company.hub.app.jobs.add('watchdog', {}, { key: 'watchdog', at: new Date() })
}

describe('a call whose hang-up never comes', () => {
  it('is closed after ten minutes of silence, and amended when the hang-up comes after all', async ({
    hub,
  }) => {
    const acme = await hub.given.organization()
    const ada = await acme.given.person({ number: '+442079460123' })
    const colleague = await acme.given.user({ extension: '21' })
    const call = await acme.phone.rings({ from: ada.number, to: '21' })

    await hub.moveClock('11 minutes')
    const desk = await acme.deskOf(colleague)
    await lookForSilentCalls(acme)
    expect(await desk.shows(call.id, ({ state }) => state === 'ended')).toMatchObject({
      endUnknown: true,
      outcome: 'missed',
    })

    await acme.phone.hangsUp(call)
    expect(await desk.shows(call.id, ({ endUnknown }) => !endUnknown)).toMatchObject({
      state: 'ended',
      outcome: 'missed',
    })
    await acme.written(call)
    expect(await acme.query('select id from calls')).toEqual([{ id: call.id }])
  })

  it('is left alone for four hours once somebody talks', async ({ hub }) => {
    const acme = await hub.given.organization()
    const colleague = await acme.given.user({ extension: '21' })
    const talked = await acme.phone.rings({ from: '+442079460123', to: '21' })
    await acme.phone.answers(talked, '21')

    await hub.moveClock('3 hours 55 minutes')
    const ringing = await acme.phone.rings({ from: '+442079460124', to: '21' })
    await hub.moveClock('11 minutes')
    const desk = await acme.deskOf(colleague)
    await lookForSilentCalls(acme)

    await desk.shows(ringing.id, ({ endUnknown }) => endUnknown)
    expect(await desk.shows(talked.id, ({ state }) => state === 'ended')).toMatchObject({
      endUnknown: true,
      outcome: 'answered',
    })
  })
})

describe('a call whose end is committed later than its job looks', () => {
  it('PD-4 is written all the same', async ({ hub }) => {
    const acme = await hub.given.organization()
    await acme.given.user({ extension: '21' })
    const call = await acme.phone.rings({ from: '+442079460125', to: '21' })
    await acme.phone.answers(call, '21')

    // Somebody holds what the events of this call are serialised by.
    const holder = new pg.Client({ ...inject('postgres'), database: await hub.databases.of(acme.id) })
    await holder.connect()
    await holder.query('select pg_advisory_lock($1)', [
      BigInt.asIntN(64, BigInt(`0x${call.id.replaceAll('-', '').slice(16)}`)).toString(),
    ])
    const ended = acme.hook({
      name: 'callDisconnected',
      eventTime: new Date().toISOString(),
      callId: call.vendorId,
      callOutcome: 'answered',
      conversationLength: 3,
    })
    const jobOf = () =>
      hub.control(`select 1 from graphile_worker.jobs where key = $1`, [`write-call:${call.id}`])
    await until('the job is made', async () => (await jobOf()).length > 0)
    await until('it has found nothing', async () => (await jobOf()).length === 0)
    await holder.end()
    expect(await ended).toBe(200)

    await lookForSilentCalls(acme)
    await acme.written(call)
  })
})
