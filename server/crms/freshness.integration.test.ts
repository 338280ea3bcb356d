import { describe, expect } from 'vitest'
import type { Company, Rung } from '../../testing/company.ts'
import { itWithHub } from '../../testing/it.ts'
import { nextIn, runNow } from '../../testing/jobs.ts'
import { until } from '../../testing/until.ts'
import type { ConnectionView } from '../http/shapes.ts'

/** What is unknown is asked for soon, so that an effect can come later than that. */
const it = itWithHub({ start: { writeAfterMs: 100, unknownWaitMs: 200 } })

const hooksOf = (acme: Company) => [...acme.hub.sandbox.pipedrive.company(acme.domain).webhooks.values()]

async function namesFor(acme: Company, from: string): Promise<string[]> {
  const call = await acme.phone.rings({ from, to: '21' })
  const shown = await acme.admin.client.ok<{ matches: { name: string }[] }>('GET', `/api/v1/calls/${call.id}`)
  return shown.matches.map(({ name }) => name).sort()
}

async function founded(hub: Company['hub']): Promise<Company> {
  const acme = await hub.given.organization()
  await acme.given.user({ extension: '21' })
  await acme.admin.client.ok('PUT', `/api/v1/users/${acme.admin.id}/sees`, { sees: 'all' })
  return acme
}

async function notesOf(acme: Company): Promise<ConnectionView['notes']> {
  const { connections } = await acme.hub.operator.ok<{ connections: ConnectionView[] }>(
    'GET',
    '/api/v1/connections',
    undefined,
    { 'x-organization': acme.id },
  )
  return connections.find(({ side }) => side === 'crm')?.notes
}

describe('the mirror', () => {
  it('PD-2 knows in the second call whom somebody entered during the first, and merged persons as one', async ({
    hub,
  }) => {
    const acme = await founded(hub)
    const first = await acme.phone.rings({ from: '+442079460123', to: '21' })
    const ada = await acme.given.person({ name: 'Ada Lovelace', number: '020 7946 0123' })
    await acme.phone.hangsUp(first)
    expect(await namesFor(acme, '+442079460123')).toEqual(['Ada Lovelace'])

    // Of a merge only the change of the survivor arrives.
    const once = await acme.given.person({ name: 'A. King', number: '+442079460124' })
    const { pipedrive } = hub.sandbox
    const deaf = hooksOf(acme).map((hook) => ({ hook, was: hook.event_action }))
    for (const { hook } of deaf) hook.event_action = 'change'
    pipedrive.mergePersons(acme.domain, { fromId: ada.id, intoId: once.id })
    await hub.sandbox.idle()
    for (const { hook, was } of deaf) hook.event_action = was
    expect(await namesFor(acme, '+442079460123')).toEqual(['A. King'])
    expect(await acme.query('select 1 from persons where external_id = $1', [String(ada.id)])).toEqual([])
  })

  it('PD-2 is walked through every night: what was deleted goes, what is wrong is put right, the rest is not touched', async ({
    hub,
  }) => {
    const acme = await founded(hub)
    const { pipedrive } = hub.sandbox
    const kept = await acme.given.person({ name: 'Karel Čapek', number: '+420601000102' })
    const gone = await acme.given.person({ name: 'Gone Soon', number: '+442079460125' })
    const wrong = await acme.given.person({ name: 'Ada Lovelace', number: '+442079460123' })
    const { id: companyId } = pipedrive.addOrganization(acme.domain, { name: 'Closed Ltd' })
    await hub.sandbox.idle()
    const version = () =>
      acme.query(
        'select xmin::text from person_numbers where person_id = (select id from persons where external_id = $1)',
        [String(kept.id)],
      )

    // Nothing told, and nothing that a reading of changes could find.
    const account = pipedrive.company(acme.domain)
    const person = account.persons.get(gone.id)
    const organization = account.organizations.get(companyId)
    if (!person || !organization) throw new Error('not there')
    person.is_deleted = true
    organization.is_deleted = true
    await acme.query(
      `delete from person_numbers where person_id = (select id from persons where external_id = $1)`,
      [String(wrong.id)],
    )
    await acme.query('update persons set walk = 1')
    await acme.query('update companies set walk = 1')
    await runNow(hub, 'read-contacts', acme)
    expect(await namesFor(acme, '+442079460125')).toEqual(['Gone Soon'])
    const untouched = await version()

    await runNow(hub, 'night', acme)
    expect(await namesFor(acme, '+442079460125')).toEqual([])
    expect(await namesFor(acme, '+442079460123')).toEqual(['Ada Lovelace'])
    expect(await acme.query('select 1 from companies')).toEqual([])
    expect(await version()).toEqual(untouched)
    const hour = 3600
    expect(await nextIn(hub, 'night', acme.crmId)).toBeLessThan(25 * hour)
  })

  it('PD-7 leaves what can wait while less than a fifth of the day’s allowance is left', async ({ hub }) => {
    const acme = await founded(hub)
    await hub.app.counters.flush()
    await acme.query(
      `update connections set allowance_left = 199, allowance_limit = 1000, allowance_day = (ringfence.now() at time zone 'UTC')::date
       where id = $1`,
      [acme.crmId],
    )
    const before = hub.crm.requests.length
    await runNow(hub, 'night', acme)
    await runNow(hub, 'read-contacts', acme)
    expect(hub.crm.requests.slice(before)).toEqual([])
    expect(Math.round((await nextIn(hub, 'night', acme.crmId)) / 3600)).toBe(1)

    await acme.query(`update connections set allowance_day = allowance_day - 1 where id = $1`, [acme.crmId])
    await runNow(hub, 'night', acme) // yesterday's figure says nothing about today
    expect(hub.crm.requests.slice(before).map(({ template }) => template)).toContain('/api/v2/persons')
  })

  it('PD-2 is read every hour, every six while the CRM proves to tell what changes', async ({ hub }) => {
    const acme = await hub.given.organization()
    const hours = async () => Math.round((await nextIn(hub, 'read-contacts', acme.crmId)) / 3600)
    await runNow(hub, 'read-contacts', acme)
    expect(await hours()).toBe(1)
    await acme.given.person({})
    await hub.app.counters.flush()
    await runNow(hub, 'read-contacts', acme)
    expect(await hours()).toBe(6)

    const hooks = hooksOf(acme)
    for (const hook of hooks) hook.event_object = 'deal'
    await acme.given.person({ number: '+442079460129' })
    await runNow(hub, 'read-contacts', acme)
    expect(await hours()).toBe(1) // something had not been told
    expect(await acme.query('select 1 from persons')).toHaveLength(2)
  })
})

describe('the hooks of a company', () => {
  it('PD-8 go with the user who made them: an heir makes them anew; one who may not is read for every five minutes, and that is said', async ({
    hub,
  }) => {
    const acme = await founded(hub)
    const carol = await acme.given.user({ extension: '22', admin: true })
    expect(await notesOf(acme)).toEqual([])
    expect(new Set(hooksOf(acme).map((hook) => hook.owner_id))).toEqual(new Set([acme.admin.vendorId]))

    await hub.sandbox.pipedrive.uninstall(acme.admin.vendorId)
    await until('the heir has hooks', () => hooksOf(acme).length === 5)
    expect(new Set(hooksOf(acme).map((hook) => hook.owner_id))).toEqual(new Set([carol.vendorId]))
    await acme.given.person({ name: 'Ada Lovelace', owner: carol })
    await until('it was told', async () => (await acme.query('select 1 from persons')).length === 1)
    expect(await notesOf(acme)).toEqual(['only-administrator'])

    hub.sandbox.pipedrive.set({ webhooksForEverybody: false })
    await hub.sandbox.pipedrive.uninstall(carol.vendorId)
    await until('it is said', async () => (await notesOf(acme))?.includes('hooks-refused'))
    expect(await notesOf(acme)).toContain('only-user')
    expect(hooksOf(acme)).toEqual([])
    await until('it is read', async () => (await nextIn(hub, 'read-contacts', acme.crmId)) > 60)
    expect(Math.round((await nextIn(hub, 'read-contacts', acme.crmId)) / 60)).toBe(5)
    hub.sandbox.pipedrive.addPerson(acme.domain, {
      name: 'Karel Čapek',
      phones: [{ value: '+420601000102' }],
    })
    await runNow(hub, 'read-contacts', acme)
    expect(await acme.query('select 1 from persons')).toHaveLength(2)

    // An administrator comes, and all is well again.
    await acme.given.user({ extension: '23', admin: true }).catch(() => undefined) // nobody is left who gives extensions
    await until('there are hooks again', () => hooksOf(acme).length === 5)
    await until('it is not said any more', async () => !(await notesOf(acme))?.includes('hooks-refused'))
    hub.sandbox.pipedrive.set({ webhooksForEverybody: true })
  })

  it('PD-2 are looked at every day: lost ones are made anew, old ones of ours removed, others left alone', async ({
    hub,
  }) => {
    const acme = await founded(hub)
    const tomorrow = async () => {
      await acme.query(`update connections set hooks_checked_at = hooks_checked_at - interval '25 hours'`)
      await runNow(hub, 'read-contacts', acme)
    }
    const account = hub.sandbox.pipedrive.company(acme.domain)
    const [first, second] = hooksOf(acme)
    if (!first || !second) throw new Error('no hooks')
    const old = { ...first, id: account.newId(), subscription_url: 'https://old.ringfence.example/hooks/x' }
    const foreign = { ...old, id: account.newId(), name: 'Somebody else’s', event_object: 'deal' }
    account.webhooks.set(old.id, old)
    account.webhooks.set(foreign.id, foreign)
    const kept = hooksOf(acme).filter((hook) => hook.id !== old.id)
    await tomorrow()
    expect(hooksOf(acme)).toEqual(kept)

    account.webhooks.delete(second.id)
    await tomorrow()
    const now = hooksOf(acme).filter((hook) => hook.id !== foreign.id)
    expect(now.map((hook) => hook.event_object).sort()).toEqual([
      'deal',
      'lead',
      'organization',
      'person',
      'user',
    ])
    expect(now.some((hook) => hook.id === first.id)).toBe(false) // the new address takes its place
    await acme.given.person({})
    await until('it was told', async () => (await acme.query('select 1 from persons')).length === 1)
  })
})

describe('a call that the CRM wrote long after we gave up', () => {
  /** Taken, unanswered, asked for in vain, written again: and then the first ones are carried out after all. */
  async function writtenTwice(acme: Company, numbers: string[]): Promise<Rung[]> {
    const { faults } = acme.hub.sandbox
    const late = { path: '/api/v1/callLogs', method: 'POST', times: numbers.length, delayMs: 3_000 }
    faults.order({ kind: 'late-effect', cutAfterMs: 50, ...late })
    const calls = await Promise.all(numbers.map((from) => acme.phone.calls({ from, to: '21' })))
    for (const call of calls) {
      await until('it is written', async () => (await acme.logOf(call))?.state === 'written')
      await acme.hub.sandbox.idle()
      expect(acme.hub.crm.heldFor(call.played)).toHaveLength(2)
    }
    return calls
  }

  it('PD-4 stands there once after the night; what people changed or made is left alone, and what they deleted stays deleted', async ({
    hub,
  }) => {
    const acme = await founded(hub)
    const account = hub.sandbox.pipedrive.company(acme.domain)
    const [plain, edited] = await writtenTwice(acme, ['+442079460201', '+442079460202'])
    if (!plain || !edited) throw new Error('not called')
    const deleted = await acme.phone.calls({ from: '+442079460203', to: '21' })
    const heldOnce = await acme.written(deleted)
    const activity = account.activities.get(heldOnce.activityId)
    const log = account.callLogs.get(heldOnce.callLogId ?? '')
    if (!activity || !log) throw new Error('not held')
    activity.is_deleted = true
    log.deleted = true
    // A person worked on the younger copy, and quoted the reference of the other call in a task of their own.
    const younger = account.activities.get(
      Math.max(...hub.crm.heldFor(edited.played).map(({ activityId }) => activityId)),
    )
    if (!younger) throw new Error('not held')
    younger.subject = 'Called about the invoice'
    younger.update_time = younger.add_time + 60_000
    const [quoted] = hub.crm.heldFor(plain.played)
    const task = { ...younger, id: account.newId(), type: 'task', note: quoted?.note ?? '' }
    account.activities.set(task.id, task)
    const elder = Math.min(...hub.crm.heldFor(plain.played).map(({ activityId }) => activityId))

    const before = hub.crm.requests.length
    await runNow(hub, 'night', acme)

    expect(hub.crm.heldFor(plain.played).map(({ activityId }) => activityId)).toEqual([elder])
    expect(hub.crm.heldFor(edited.played).map(({ subject }) => subject)).toEqual(['Called about the invoice'])
    expect(hub.crm.heldFor(deleted.played)).toEqual([])
    expect(account.activities.get(task.id)?.is_deleted).toBe(false)
    const pointed = await acme.query(
      'select activity_id, twin_activity_id from call_logs where call_id = any($1)',
      [[plain.id, edited.id]],
    )
    expect(pointed).toEqual(
      expect.arrayContaining([
        { activity_id: String(elder), twin_activity_id: null },
        { activity_id: String(younger.id), twin_activity_id: null },
      ]),
    )
    const asked = hub.crm.requests.slice(before).map(({ method, template }) => `${method} ${template}`)
    expect(asked.filter((one) => one === 'GET /api/v2/activities')).toHaveLength(1)
    expect(asked.filter((one) => one === 'GET /api/v1/callLogs')).toHaveLength(1)

    await runNow(hub, 'night', acme)
    expect(hub.crm.heldFor(plain.played)).toHaveLength(1)
    expect(hub.crm.requestViolations).toEqual([])
  })

  it('PD-4 is not mistaken for another call that somebody quoted in what they wrote about this one', async ({
    hub,
  }) => {
    const acme = await founded(hub)
    const first = await acme.phone.calls({ from: '+442079460204', to: '21' })
    const { note } = await acme.written(first)
    const reference = /Ref\. RF-\w+/.exec(note)?.[0]
    if (!reference) throw new Error('no reference')
    const second = await acme.phone.rings({ from: '+442079460205', to: '21' })
    const body = { note: `Again about the invoice, see ${reference}`, version: 0 }
    await acme.admin.client.ok('PUT', `/api/v1/calls/${second.id}/note`, body)
    await acme.phone.hangsUp(second)
    expect((await acme.written(second)).note).toContain(reference)

    await runNow(hub, 'night', acme)

    for (const call of [first, second]) expect(hub.crm.heldFor(call.played)).toHaveLength(1)
  })
})
