import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, describe, expect } from 'vitest'
import { tablesWith } from '../../testing/everything.ts'
import { itWithHub } from '../../testing/it.ts'
import { until } from '../../testing/until.ts'
import { clockShiftedBy } from '../clock.ts'
import { disaster, halfDone } from './disaster.fixture.ts'
import { installationFile, listBackups } from './folder.ts'
import { backupProblems, keptSince, removeOldBackups } from './keep.ts'
import { copyFolder, copyOfFolder } from './machine.fixture.ts'
import { checkPart } from './read.ts'
import { namesIn } from './rehearsal.fixture.ts'

const keysCopy = copyFolder()
const it = itWithHub({ env: { RINGFENCE_KEYS_COPY: keysCopy } })
afterAll(() => rm(keysCopy, { recursive: true, force: true }))

describe('a machine that is lost', () => {
  it('OC-10, OP-6, L-E.3, L-32.3 is restored with the second copy of the keys, and nobody who was erased since is there', async ({
    hub,
  }) => {
    const { restored, mirror } = await disaster(hub)
    const { acme, left, leftIds, idsBeforeStart, erased } = mirror
    expect(restored).toMatchObject({ keysFromCopy: true, erasures: erased.length })
    expect(restored.organizations).toContain(acme.id)
    // Before anybody can connect. Those of the same buckets are read from the CRM again.
    for (const id of idsBeforeStart) expect(leftIds).toContain(id)
    await acme.mirrorComplete()
    expect(await namesIn(hub, acme)).toEqual(new Set(left.map(({ name }) => name)))
    expect(
      await tablesWith(
        hub,
        erased.flatMap(({ name, number }) => [name, number]),
      ),
    ).toEqual([])
  })

  it('OP-6 loses no call and has none twice in the CRM, whatever was logged there since the backup', async ({
    hub,
  }) => {
    const { acme, logged, unlogged, underWay } = (await disaster(hub)).calls
    for (const call of [...logged, unlogged]) await acme.written(call)
    // Their hang-up was told to the server that is lost: here they are closed because nobody speaks of them any more.
    await acme.query(
      `update calls set last_event_at = last_event_at - interval '5 hours' where state <> 'ended'`,
    )
    await hub.app.jobs.add('watchdog', {}, { key: 'watchdog', at: new Date() })
    for (const call of underWay) await acme.written(call)
    const next = await acme.phone.calls({ from: '+442079460128', to: '21' })
    await acme.written(next)
    await hub.sandbox.idle()
    for (const call of [...logged, unlogged, ...underWay, next])
      expect(hub.crm.heldFor(call.played)).toHaveLength(1)
  })

  it('L-E.3 lets nobody return who has uninstalled since, and no organization that was deleted', async ({
    hub,
  }) => {
    const { uninstalled, deleted, later, restored } = await disaster(hub)
    const { acme, gone, stays, again, replacedDatabase } = uninstalled
    expect(restored).toMatchObject({ deleted: [deleted.id], missing: [later.id], ends: 1 })
    expect(again).toMatchObject({ organizations: [acme.id], ends: 1 })
    const users = await acme.query('select id from users order by id')
    expect(users).toContainEqual({ id: stays.id })
    expect(users).not.toContainEqual({ id: gone.id })
    const grant = 'select 1 from installations where organization_id = $1 and user_ref = $2'
    expect(await hub.control(grant, [acme.id, String(gone.vendorId)])).toEqual([])
    expect(await hub.control(grant, [acme.id, String(stays.vendorId)])).toHaveLength(1)
    expect(await hub.control('select 1 from organizations where id = $1', [deleted.id])).toEqual([])
    // The one organization was put back a second time, in the place of the first.
    expect(await hub.databases.of(acme.id)).not.toBe(replacedDatabase)
    const left = 'select 1 from pg_database where datname = $1'
    expect(await hub.databases.in('postgres', left, [replacedDatabase])).toEqual([])
  })

  it('is told in one sentence what cannot be restored, and nothing changes', async ({ hub }) => {
    const { refusals, unchanged } = await disaster(hub)
    expect(refusals).toEqual({
      'a server runs': expect.stringMatching(/A server is running/),
      'it is here': expect.stringMatching(/is here already: restore with --replace/),
      'it was deleted': expect.stringMatching(
        /was deleted, or its subscription ended: its keys are destroyed/,
      ),
      'it holds one twice': expect.stringMatching(/which another file of this backup holds too/),
      'it is cut off': expect.stringMatching(/damaged or cut off/),
      'a bit is wrong': expect.stringMatching(/damaged or cut off/),
      'it is something else': expect.stringMatching(/is no backup of Ringfence/),
      'it is nobody’s': expect.stringMatching(/No key here opens/),
      'it was not finished': expect.stringMatching(/damaged or cut off/),
      'its format is newer': expect.stringMatching(/newer release/),
      'its tables are newer': expect.stringMatching(/newer release/),
      'its keys are others': expect.stringMatching(/another installation/),
      'it is too old': expect.stringMatching(/older than the 30 days/),
      'it is not there': expect.stringMatching(/There is nothing at/),
    })
    expect(unchanged).toBe(true)
  })

  it('is rid of what a killed restore has left, with the next start', async ({ hub }) => {
    await disaster(hub)
    const left = `select datname from pg_database where datname = $1 or starts_with(datname, 'rf_restore_')`
    expect(await hub.databases.in('postgres', left, [halfDone])).toEqual([])
  })
})

describe('backups', () => {
  it('OC-10, OP-6 are made every night, kept for as long as declared, and unreadable then wherever a copy lies', async ({
    hub,
  }) => {
    const { backupsFolder } = hub.app.settings
    await hub.given.organization({ set: 'created' })
    const before = await listBackups(backupsFolder)
    await hub.app.jobs.add('backup', {}, { key: 'backup', at: new Date(), alone: true })
    await until('it is made', async () => (await listBackups(backupsFolder)).length > before.length)
    await until('the next one is planned', async () => {
      const [job] = await hub.control<{ later: boolean }>(
        `select run_at > now() + interval '1 minute' as later from graphile_worker.jobs where key = 'backup'`,
      )
      return job?.later === true
    })
    const made = (await listBackups(backupsFolder)).at(-1)
    if (!made) throw new Error('unreachable: it was waited for')
    expect((await stat(made.path)).mode & 0o777).toBe(0o700)
    for (const name of await readdir(made.path))
      expect((await stat(join(made.path, name))).mode & 0o777).toBe(0o600)
    const carriedOff = await copyOfFolder(made.path, join(hub.folder, 'carried-off'))
    const organizations = (await hub.app.organizations.list()).map(({ id }) => ({
      id,
      createdAt: new Date(0),
    }))
    const inHours = (hours: number) => ({ ...hub.app, clock: clockShiftedBy(hours * 3_600_000) })

    expect(await backupProblems(inHours(47), organizations)).toEqual([])
    expect(await backupProblems(inHours(49), organizations)).toContainEqual(
      expect.stringMatching(/no backup from the last 48 hours/),
    )
    await removeOldBackups(inHours(30 * 24 - 1))
    expect(await listBackups(backupsFolder)).toContainEqual(made)
    expect(await backupProblems(inHours(30 * 24 + 1), [])).toEqual([
      expect.stringMatching(/^backups older than 30 days are kept: /),
      expect.stringMatching(/^keys of backups older than 30 days are kept: /),
    ])
    await removeOldBackups(inHours(30 * 24 + 1))
    expect(await listBackups(backupsFolder)).toEqual([])
    expect(hub.app.ring.backupKeys()).toEqual([])
    const { ring, clock } = hub.app
    const expected = { ring: ring.id, keys: ring.backupKeys(), since: keptSince(clock) }
    await expect(checkPart(join(carriedOff, installationFile), expected)).rejects.toMatchObject({
      failure: { sentence: expect.stringMatching(/No key here opens/) },
    })
  })
})
