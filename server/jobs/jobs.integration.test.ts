import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect } from 'vitest'
import type { Hub } from '../../testing/hub.ts'
import { itWithHub } from '../../testing/it.ts'
import { until } from '../../testing/until.ts'
import { undeclaredQueued } from './queued.ts'

const jobs = { silentSeconds: 2, beatMs: 300 }
const itWithTwoNodes = itWithHub({ as: 'process', nodes: 2, start: { jobs } })
const it = itWithHub({ start: { jobs } })

/** Which of the two nodes works on this task at the moment. */
async function workingOn(hub: Hub, task: string): Promise<0 | 1> {
  const ids = await Promise.all(
    [1, 2].map((number) => readFile(join(hub.folder, `data-${number}`, 'node-id'), 'utf8')),
  )
  return until('a node has the job', async () => {
    const [row] = await hub.control<{ id: string }>(
      `select n.id from graphile_worker.jobs j join nodes n on j.locked_by = any(n.workers) where j.task_identifier = $1`,
      [task],
    )
    const index = ids.findIndex((id) => id.trim() === row?.id)
    return index === 0 || index === 1 ? [index] : undefined
  }).then(([index]) => index as 0 | 1)
}

describe('the jobs of a node that is killed', () => {
  itWithTwoNodes('PD-4 are taken over by the other one, and the call is written once', async ({ hub }) => {
    const acme = await hub.given.organization()
    await acme.given.user({ extension: '21' })
    // The CRM takes the request and says nothing, so that whoever sent it is still waiting when it is killed.
    hub.sandbox.faults.order({ kind: 'timeout', method: 'POST', path: '/api/v1/callLogs', times: 1 })
    const call = await acme.phone.calls({ from: '+442079460123', to: '21' })
    const victim = await workingOn(hub, 'write-call')

    await hub.node(victim).kill()

    expect(await acme.written(call)).toMatchObject({ from: '+442079460123' })
    expect(hub.log.of('jobs-taken-over')).not.toEqual([])
    const alive = await hub.control<{ id: string }>('select id from nodes')
    expect(alive).toHaveLength(1)
    await hub.node(victim).start()
    await hub.settled()
    expect(hub.crm.heldFor(call.played)).toHaveLength(1)
  })
})

describe('a job', () => {
  it('whose end the database never heard of is freed by the node that has it, though that lives', async ({
    hub,
  }) => {
    const acme = await hub.given.organization()
    await acme.given.user({ extension: '21' })
    hub.sandbox.faults.order({ kind: '429', method: 'POST', path: '/api/v1/callLogs', times: 1 })
    const call = await acme.phone.calls({ from: '+442079460123', to: '21' })
    await until('it waits', async () => (await acme.logOf(call))?.state === 'waiting')

    await until('its next job is there, and locked', async () => {
      const locked = await hub.control(
        `update graphile_worker._private_jobs set locked_by = (select workers[1] from nodes), locked_at = now() - interval '1 minute'
         where key = $1 and locked_at is null returning id`,
        [`write-call:${call.id}`],
      )
      return locked.length === 1
    })

    await acme.written(call)
    expect(hub.log.of('jobs-freed')).toMatchObject([{ jobs: 1 }])
  })

  it('GD-9 carries the ids that are declared for it: anything else is refused before it is stored', async ({
    hub,
  }) => {
    const { jobs: queue } = hub.app
    const organizationId = randomUUID()
    const refused = { failure: { code: 'undeclared', what: 'job' } }
    for (const callId of ['Ada Lovelace', '+442079460123', ''])
      await expect(queue.add('write-call', { organizationId, callId }, { key: 'x' })).rejects.toMatchObject(
        refused,
      )
    const more = { organizationId, callId: randomUUID(), userId: randomUUID() }
    await expect(queue.add('write-call', more, { key: 'x' })).rejects.toMatchObject(refused)
    // An object that says of itself how it is written.
    class Told {
      readonly organizationId = organizationId
      toJSON() {
        return { organizationId, name: 'Ada Lovelace' }
      }
    }
    await expect(queue.add('rewrite', new Told(), { key: 'x' })).rejects.toMatchObject(refused)
    for (const key of ['of +442079460123', 'call-442-079-460-123'])
      await expect(queue.add('sweep', {}, { key })).rejects.toMatchObject({
        failure: { code: 'undeclared', what: 'key of a job' },
      })
    expect(await hub.control(`select from graphile_worker.jobs where key = 'x'`)).toEqual([])
  })

  it('GD-9 that somebody else put there is found by the check, and stops the next start', async ({ hub }) => {
    const queued = () => hub.app.cluster.control.transaction(undeclaredQueued)
    expect(await queued()).toEqual([])
    await hub.control(
      `select graphile_worker.add_job('read-phone', '{"number": "+442079460123"}'::json, job_key => 'call Ada', run_at => now() + interval '1 hour')`,
    )
    expect(await queued()).toEqual([
      'a job of "read-phone" carries what is not declared',
      'a job of "read-phone" has a key that is not of our words and ids',
    ])
    await hub.node(0).stop()
    await expect(hub.node(0).start()).rejects.toMatchObject({ failure: { code: 'setting', name: 'policy/' } })
    await hub.control(`delete from graphile_worker._private_jobs where key = 'call Ada'`)
    await hub.node(0).start()
  })

  it('that meets a defect leaves no word of it in the queue', async ({ hub }) => {
    const acme = await hub.given.organization()
    await acme.given.user({ extension: '21' })
    const call = await acme.phone.calls({ from: '+442079460177', to: '21' })
    await acme.written(call)
    await acme.query(`update call_logs set state = 'waiting', external_id = null`)
    await acme.query(`update calls set facts_sealed = 'broken'`)
    const payload = { organizationId: acme.id, callId: call.id }
    await hub.app.jobs.add('write-call', payload, { key: 'broken', at: new Date() })
    await until('it has been tried', async () => {
      const [job] = await hub.control(
        `select from graphile_worker.jobs where key = 'broken' and attempts = 0`,
      )
      return job === undefined
    })

    const errors = await hub.control<{ last_error: string | null }>(
      'select last_error from graphile_worker.jobs',
    )
    for (const { last_error: error } of errors)
      expect(error ?? 'unreadable').toMatch(/^([a-z-]+|[0-9a-f-]{36})$/)
  })
})
