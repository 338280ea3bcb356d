import { setTimeout as sleep } from 'node:timers/promises'
import type { DemoWorld } from '../sandbox/demo-world.ts'
import type { Sandbox } from '../sandbox/index.ts'
import type { App } from '../server/app.ts'
import { type MirrorParts, readContacts } from '../server/crms/mirror.ts'
import { nightly } from '../server/crms/night.ts'
import { has } from '../server/crms/parts.ts'
import type { Organization } from '../server/organizations/organization.ts'
import type { Effort } from './bench.ts'
import { openCompany } from './company.ts'
import type { Place } from './place.ts'
import type { Result } from './report.ts'
import { numberOf } from './seed-contacts.ts'

/** Pipedrive's price list for asking at each call who it is: search for the person, read the deals, write the log. */
const liveSearch = { search: 20, deals: 10, callLog: 10 }
const attaching = 10
const readingsADay = 24
const atOnce = 5

/**
 * What a call costs of Pipedrive's allowance on the dearest day there is, by the stand-in's own ledger: the app is
 * installed, all contacts are copied, read again every hour as if Pipedrive had told nothing, and walked through at night.
 * No clock is involved, so once is enough.
 */
export async function tokens(place: Place, effort: Effort): Promise<Result[]> {
  const company = await openCompany(place, 'ours_tokens', {
    persons: effort.companyPersons,
    recordings: true,
    writeAfterMs: 0,
  })
  const { sandbox, world, server, anna, organizationId, phoneId, crmId } = company
  try {
    const settings = (recordings: string) =>
      anna.call('PUT', `/api/v1/connections/${phoneId}/settings`, { recordings })

    await dayOf(server.app, await server.app.organizations.get(organizationId), crmId)
    const standing = sandbox.ledger.tokens()
    await settings('leave')
    await playCalls(sandbox, world, { from: 0, calls: effort.dayCalls })
    const logged = sandbox.ledger.tokens() - standing
    await settings('attach')
    await playCalls(sandbox, world, { from: effort.dayCalls, calls: effort.dayCalls, recorded: true })
    const recorded = sandbox.ledger.tokens() - standing - logged

    const floor = liveSearch.search + liveSearch.deals + liveSearch.callLog
    const result = { unit: 'tokens', bare: undefined } as const
    const perCall = (spent: number) => (standing + spent) / effort.dayCalls
    return [
      { ...result, name: 'tokens per call', ours: perCall(logged), floor, goal: { atMost: 0.45 } },
      {
        ...result,
        name: 'tokens, recorded',
        ours: perCall(recorded),
        floor: floor + attaching,
        goal: undefined,
      },
    ]
  } finally {
    await company.close()
  }
}

/** What goes on in the background of a day, calls apart. */
async function dayOf(app: App, organization: Organization, connectionId: string): Promise<void> {
  const { installations, jobs, hooks, log, url, changed, amendLater } = app
  const crm = app.crms.get('pipedrive')
  if (!crm || !has(crm, 'mirror')) throw new Error('Pipedrive is not set up')
  const parts: MirrorParts = {
    crm,
    installations,
    jobs,
    hooks,
    log,
    url,
    changed,
    amendLater,
    progress: () => undefined,
  }
  await organization.transaction(
    (db) => db.rows('update connections set hooks_checked_at = null where id = $1', [connectionId]),
    'connect the systems',
  )
  for (let hour = 0; hour < readingsADay; hour += 1) await readContacts(parts, organization, connectionId)
  await nightly(parts, organization, connectionId)
  await untilNothingIsDue(app)
}

/** What a reading asked for (deals, a check of what changed meanwhile) is of the background too. */
async function untilNothingIsDue({ cluster }: App): Promise<void> {
  for (let tries = 0; tries < 600; tries += 1) {
    const due = await cluster.control.transaction((db) =>
      db.row('select 1 from graphile_worker.jobs where run_at <= now() and attempts < max_attempts limit 1'),
    )
    if (!due) return
    await sleep(100)
  }
  throw new Error('the background work of a day did not end within a minute')
}

/** Some calls at a time, until Pipedrive holds each of them. */
async function playCalls(
  sandbox: Sandbox,
  { tenant, extensions }: DemoWorld,
  { from, calls, recorded = false }: { from: number; calls: number; recorded?: boolean },
): Promise<void> {
  for (let first = from; first < from + calls; first += atOnce) {
    const some = Array.from({ length: Math.min(atOnce, from + calls - first) }, (_, at) =>
      numberOf(first + at),
    )
    for (const number of some) {
      const { id } = sandbox.optimcall.ring({ tenant, from: number, ring: [extensions.anna] })
      sandbox.optimcall.answer(id, extensions.anna)
      sandbox.optimcall.hangUp(id)
    }
    await sandbox.idle()
  }
  for (let tries = 0; tries < 600; tries += 1) {
    await sandbox.idle()
    const held = sandbox.ledger.held()
    const due = recorded ? held.filter(({ hasRecording }) => hasRecording) : held
    if (due.length >= (recorded ? calls : from + calls)) return
    await sleep(100)
  }
  throw new Error('not every call reached the CRM within a minute')
}
