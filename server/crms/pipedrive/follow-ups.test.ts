import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { FollowUpToWrite } from '../follow-up-contract.ts'
import { connectStandIn, failureFrom, installed, type TestSession, total } from './stand-in.ts'

let standIn: Awaited<ReturnType<typeof connectStandIn>>
let session: TestSession

const followUps = () => {
  const { followUps: able } = standIn.crm
  if (!able) throw new Error('not able')
  return able
}
const aFollowUp = (more: Partial<FollowUpToWrite> = {}): FollowUpToWrite => ({
  marker: 'RF-7K2QABCD',
  subject: 'Call back +44 20 7946 0123',
  note: 'Missed call <today>',
  dueOn: '2026-11-23',
  since: new Date(Date.now() - 60_000),
  ownerExternalId: undefined,
  personExternalId: undefined,
  ...more,
})
const activity = (id: string) => standIn.sandbox.pipedrive.company('acme').activities.get(Number(id))

beforeAll(async () => {
  standIn = await connectStandIn()
  const { pipedrive } = standIn.sandbox
  pipedrive.createCompany({
    domain: 'acme',
    users: [{ name: 'Anna', email: 'anna@acme.example', admin: true }],
  })
  session = await installed(standIn.crm, 101)
})
afterAll(() => standIn?.close())

describe('a follow-up in Pipedrive', () => {
  it('PD-4 is an open activity of type call, found by its marker, closed with nothing else changed', async () => {
    const before = total(session)
    const { activityId, without } = await followUps().write(session, aFollowUp())
    expect(without).toBeUndefined()
    expect(total(session) - before).toBe(5)
    const made = { ...activity(activityId) }
    expect(made).toMatchObject({
      type: 'call',
      done: false,
      owner_id: 101,
      due_date: '2026-11-23',
      note: 'Missed call &lt;today&gt;<br>Ref. RF-7K2QABCD',
    })
    expect(await followUps().find(session, aFollowUp())).toBe(activityId)
    expect(await followUps().find(session, aFollowUp({ marker: 'RF-7K2QABCE' }))).toBeUndefined()

    const written = { activityId, subject: aFollowUp().subject }
    expect(await followUps().look(session, written)).toBe('open')
    await followUps().close(session, activityId)
    await followUps().close(session, activityId)
    expect(await followUps().look(session, written)).toBe('done')
    const { done, marked_as_done_time: _, update_time: __, ...kept } = { ...activity(activityId) }
    expect(done).toBe(true)
    expect(made).toMatchObject(kept)
  })

  it('PD-4 is written without a person who is gone, and without an owner who is', async () => {
    const written = await followUps().write(
      session,
      aFollowUp({ personExternalId: '9999', ownerExternalId: '998' }),
    )
    expect(written.without).toEqual(['person', 'owner'])
    expect(activity(written.activityId)).toMatchObject({ owner_id: 101, participants: [] })
  })

  it('is told apart from what people made of it', async () => {
    const one = async (change: object) => {
      const { activityId } = await followUps().write(session, aFollowUp())
      Object.assign(activity(activityId) ?? {}, change)
      return followUps().look(session, { activityId, subject: aFollowUp().subject })
    }
    expect(await one({ due_date: '2031-01-01', note: '', owner_id: 1 })).toBe('open')
    expect(await one({ subject: 'Send the offer' })).toBe('changed')
    expect(await one({ type: 'meeting' })).toBe('changed')
    expect(await one({ is_deleted: true })).toBe('gone')
  })

  it('says that nobody knows when the answer never comes', async () => {
    const { faults } = standIn.sandbox
    faults.order({ method: 'POST', path: '/api/v2/activities', kind: 'timeout', times: 1, cutAfterMs: 50 })
    expect(await failureFrom(followUps().write(session, aFollowUp()))).toMatchObject({
      code: 'provider-outcome-unknown',
    })
    expect(standIn.sandbox.ledger.requestViolations).toEqual([])
  })
})
