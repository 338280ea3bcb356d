import { copyFile, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Colleague, Company, Rung } from '../../testing/company.ts'
import type { Hub } from '../../testing/hub.ts'
import { until } from '../../testing/until.ts'
import { failureOf } from '../failure.ts'
import { besideOf } from './beside.ts'
import { organizationFile } from './folder.ts'
import { encodeFrame, type Frame } from './frames.ts'
import { backUp, copyOfFolder, loseMachine, restoreHere, signInAgain } from './machine.fixture.ts'
import { eraseAll, type Fictional, inTheCrm, people } from './rehearsal.fixture.ts'
import type { Restored, RestoreWish } from './restore.ts'
import { makeIdentity, writeSealed } from './sealed-file.ts'

const callLogs = { path: '/api/v1/callLogs', method: 'POST' } as const

export interface Disaster {
  restored: Restored
  mirror: {
    acme: Company
    left: Fictional[]
    erased: Fictional[]
    idsBeforeStart: Set<string>
    leftIds: Set<string>
  }
  calls: { acme: Company; logged: Rung[]; unlogged: Rung; underWay: Rung[] }
  uninstalled: { acme: Company; gone: Colleague; stays: Colleague; again: Restored; replacedDatabase: string }
  deleted: Company
  /** made after the backup */
  later: Company
  /** what was tried, and the sentence with which it was refused */
  refusals: Record<string, string>
  unchanged: boolean
}

let staged: Promise<Disaster> | undefined

/**
 * A machine is lost some hours after its backup, and another one takes over. Staged once for all tests of a file: each of
 * them looks at another side of it.
 */
export function disaster(hub: Hub): Promise<Disaster> {
  staged ??= stage(hub)
  return staged
}

async function stage(hub: Hub): Promise<Disaster> {
  const told = people(120)
  const [mirrored, calling, leaving, deleted] = [
    await hub.given.organization({ persons: inTheCrm(told) }),
    await hub.given.organization(),
    await hub.given.organization(),
    await hub.given.organization({ set: 'created' }),
  ]
  await calling.given.user({ extension: '21' })
  const gone = await leaving.given.user({ extension: '21' })
  const stays = await leaving.given.user({ extension: '22' })
  const calls = await callsBefore(hub, calling)
  const { path } = await backUp(hub)
  const later = await hub.given.organization({ set: 'created' })

  await callsAfter(hub, calling, calls)
  const erased = told.filter((_, at) => at % 40 === 0)
  await eraseAll(hub, mirrored, erased)
  const leftIds = await idsIn(mirrored)
  await hub.sandbox.pipedrive.uninstall(gone.vendorId)
  await until('the uninstall is done', async () => {
    const done = 'select 1 from receipts where organization_id = $1 and done_at is not null'
    return (await hub.control(done, [leaving.id])).length > 0
  })
  await hub.app.organizations.delete(deleted.id)
  const refusals: Record<string, string> = { 'a server runs': await refused(hub, { from: path }) }
  const key = hub.app.ring.backupKeys().at(-1)?.identity ?? ''
  const ring = hub.app.ring.id

  let seen: Pick<Disaster, 'restored' | 'unchanged'> | undefined
  let idsBeforeStart = new Set<string>()
  let again: Restored | undefined
  let replacedDatabase = ''
  await hub.restart(async () => {
    await loseMachine(hub)
    const restored = await restoreHere(hub)
    idsBeforeStart = await idsIn(mirrored)
    const before = await databasesOf(hub)
    Object.assign(refusals, await tryAll(hub, { path, key, ring, here: leaving.id, deleted: deleted.id }))
    seen = { restored, unchanged: `${await databasesOf(hub)}` === `${before}` }
    replacedDatabase = await hub.databases.of(leaving.id)
    again = await restoreHere(hub, { from: path, organizationId: leaving.id, replace: true })
    await leaveHalfDone(hub)
    await hub.databases.close()
  })
  await signInAgain(hub, [mirrored, calling])
  if (!seen || !again) throw new Error('unreachable: the restart has run')
  return {
    ...seen,
    refusals,
    deleted,
    later,
    mirror: {
      acme: mirrored,
      erased,
      left: told.filter((one) => !erased.includes(one)),
      idsBeforeStart,
      leftIds,
    },
    calls: { acme: calling, ...calls },
    uninstalled: { acme: leaving, gone, stays, again, replacedDatabase },
  }
}

export const halfDone = `rf_${'h'.repeat(20)}`

/** What a restore leaves that was killed: the database of an organization, and where it had noted that. */
async function leaveHalfDone({ databases }: Hub): Promise<void> {
  const beside = besideOf(databases.control)
  await databases.in('postgres', `create database ${beside}`)
  await databases.in('postgres', `create database ${halfDone}`)
  await databases.in(beside, 'create table made_by_restore (name text primary key)')
  await databases.in(beside, 'insert into made_by_restore (name) values ($1)', [halfDone])
}

type Calls = Omit<Disaster['calls'], 'acme'>

/** When the backup is made, one call is logged, two wait for the CRM, one is talked on, and one rings. */
async function callsBefore(hub: Hub, acme: Company): Promise<Calls> {
  const done = await acme.phone.calls({ from: '+442079460123', to: '21' })
  await acme.written(done)
  const away = hub.sandbox.faults.order({ ...callLogs, kind: '429' })
  const logged = await acme.phone.calls({ from: '+442079460124', to: '21' })
  const unlogged = await acme.phone.calls({ from: '+442079460125', to: '21' })
  for (const call of [logged, unlogged])
    await until('it waits', async () => (await acme.logOf(call))?.state === 'waiting')
  hub.sandbox.faults.cancel(away)
  const talking = await acme.phone.rings({ from: '+442079460126', to: '21' })
  await acme.phone.answers(talking, '21')
  const ringing = await acme.phone.rings({ from: '+442079460127', to: '21' })
  return { logged: [done, logged], unlogged, underWay: [talking, ringing] }
}

/** Then all are logged but one, by a server that nobody remembers. */
async function callsAfter(hub: Hub, acme: Company, { logged, unlogged, underWay }: Calls): Promise<void> {
  const away = `write-call:${unlogged.id}`
  await hub.control(
    'update graphile_worker._private_jobs set run_at = now() + interval $$1 hour$$ where key = $1',
    [away],
  )
  for (const call of logged) {
    const job = { organizationId: acme.id, callId: call.id }
    await hub.app.jobs.add('write-call', job, { key: `write-call:${call.id}`, at: new Date() })
  }
  for (const call of underWay) await acme.phone.hangsUp(call)
  for (const call of [...logged, ...underWay]) await acme.written(call)
  await hub.sandbox.idle()
}

const idsIn = async (acme: Company): Promise<Set<string>> =>
  new Set((await acme.query<{ id: string }>('select external_id as id from persons')).map(({ id }) => id))

/** Of this installation: its roles may get in. And what a restore notes its own in, if there is one. Others come and go. */
const databasesOf = async ({ databases }: Hub): Promise<string[]> =>
  (
    await databases.in<{ name: string }>(
      'postgres',
      `select datname as name from pg_database where datname in ($1, $2) or strpos(datacl::text, $1) > 0 order by 1`,
      [databases.control, besideOf(databases.control)],
    )
  ).map(({ name }) => name)

/** The one sentence with which it is refused. */
export async function refused(hub: Hub, wish: Partial<RestoreWish>): Promise<string> {
  try {
    await restoreHere(hub, wish)
  } catch (error) {
    const failure = failureOf(error)
    if (failure?.code === 'setting') return failure.sentence
    throw error
  }
  return 'it was restored'
}

async function tryAll(
  hub: Hub,
  of: { path: string; key: string; ring: string; here: string; deleted: string },
): Promise<Record<string, string>> {
  const at = (name: string) => join(hub.folder, name)
  const twice = await copyOfFolder(of.path, at('twice'))
  await copyFile(join(twice, organizationFile(of.here)), join(twice, organizationFile(of.deleted)))
  const bent = join(await copyOfFolder(of.path, at('bent')), organizationFile(of.here))
  const whole = await readFile(bent)
  const flipped = Buffer.from(whole)
  flipped[flipped.length - 100] = (flipped[flipped.length - 100] ?? 0) ^ 1
  const tryBytes = async (bytes: Buffer | string) => {
    await writeFile(bent, bytes)
    return refused(hub, { from: bent, organizationId: of.here, replace: true })
  }
  const tryFrames = async (name: string, frames: Frame[], key = of.key) => {
    await writeSealed(at(name), key, encoded(frames))
    return refused(hub, { from: at(name), replace: true })
  }
  const head: Extract<Frame, { kind: 'head' }> = {
    kind: 'head',
    format: 1,
    ring: of.ring,
    takenAt: new Date().toISOString(),
    part: { of: 'installation' },
  }
  const later: Frame = {
    kind: 'database',
    database: 'control',
    migrations: ['9999-later.sql'],
    sequences: [],
  }
  const end: Frame = { kind: 'end' }
  const monthsAgo = new Date(Date.now() - 60 * 86_400_000).toISOString()
  return {
    'it is here': await refused(hub, { from: of.path }),
    'it was deleted': await refused(hub, { from: of.path, organizationId: of.deleted }),
    'it holds one twice': await refused(hub, { from: twice, replace: true }),
    'it is cut off': await tryBytes(whole.subarray(0, whole.length - 20)),
    'a bit is wrong': await tryBytes(flipped),
    'it is something else': await tryBytes('something else'),
    'it is nobody’s': await tryFrames('foreign', [head, end], await makeIdentity()),
    'it was not finished': await tryFrames('unfinished', [head]),
    'its format is newer': await tryFrames('format', [{ ...head, format: 2 }, end]),
    'its tables are newer': await tryFrames('newer', [head, later, end]),
    'its keys are others': await tryFrames('ring', [{ ...head, ring: 'another' }, end]),
    'it is too old': await tryFrames('old', [{ ...head, takenAt: monthsAgo }, end]),
    'it is not there': await refused(hub, { from: at('nowhere') }),
  }
}

async function* encoded(frames: readonly Frame[]): AsyncGenerator<Buffer> {
  for (const frame of frames) yield encodeFrame(frame)
}
