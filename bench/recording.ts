import { applyEvents } from '../server/calls/apply-event.ts'
import { callIdOf } from '../server/calls/call-record.ts'
import type { CallEvent } from '../server/calls/event.ts'
import type { Cluster } from '../server/database/cluster.ts'
import type { Db, Value } from '../server/database/transaction.ts'
import type { Installation } from '../server/installation.ts'
import { Jobs } from '../server/jobs/jobs.ts'
import { Directories } from '../server/organizations/directory.ts'
import type { Organization } from '../server/organizations/organization.ts'
import { optimcall } from '../server/phones/optimcall/index.ts'
import { nobody } from '../server/phones/people.ts'
import type { ToldCall } from './calls.ts'
import type { ReadyOrganization } from './organizations.ts'

export interface Statement {
  sql: string
  values: Value[]
}

/** Statements that travel together, in the organization's transaction or in one of the control database. */
export interface Step {
  on: 'organization' | 'control'
  statements: Statement[]
  /** sent without waiting for what the step before it asked */
  atOnce: boolean
}

/** What one call did in the databases, event by event. */
export interface Recording {
  /** the call's id, which stands in the values and is exchanged for another one at each replay */
  callId: string
  events: Step[][]
}

/**
 * Lets our own code work once and writes down what it asks of the databases: so a floor runs the very same statements,
 * also after they were changed, with these values and without the code that found them.
 */
export async function recordCalls(
  installation: Installation,
  ready: ReadyOrganization,
  calls: readonly ToldCall[],
): Promise<Recording[]> {
  const recorder = new Recorder()
  const directory = await new Directories().of(ready.organization)
  const { organization, cluster } = watched(installation.cluster, ready.organization, (on, db) =>
    recorder.watch(on, db),
  )
  const jobs = new Jobs(cluster, installation.log)
  await jobs.prepare()
  const context = {
    organization,
    connectionId: ready.phoneId,
    finder: { ...directory, keys: organization.keys },
    onEnded: (callId: string) =>
      jobs.add(
        'write-call',
        { organizationId: organization.id, callId },
        { key: `write-call:${callId}`, at: new Date(Date.now() + 3_600_000), keep: true },
      ),
  }
  const recordings: Recording[] = []
  for (const call of calls) {
    const told = call.bodies.map((body) => hear(ready, body))
    const events: Step[][] = []
    for (const event of told) {
      await applyEvents({ ...context, arrivedAt: Date.now() }, [event])
      events.push(recorder.take())
    }
    recordings.push({ callId: callIdOf(organization, ready.phoneId, told[0]?.call ?? ''), events })
  }
  await jobs.stop()
  return recordings
}

/** The same databases, with each transaction given to `watch` before it begins. */
export function watched(
  cluster: Cluster,
  organization: Organization,
  watch: (on: Step['on'], db: Db) => Db,
): { cluster: Cluster; organization: Organization } {
  const { control } = cluster
  return {
    cluster: {
      ...cluster,
      control: {
        target: control.target,
        transaction: (fn) => control.transaction((db) => fn(watch('control', db))),
      },
    },
    organization: {
      ...organization,
      transaction: (fn, as) => organization.transaction((db) => fn(watch('organization', db)), as),
    },
  }
}

/** A delivery as our own code hears it. */
export function hear(ready: ReadyOrganization, body: Buffer): CallEvent {
  const received = optimcall.receive(
    { method: 'POST', headers: { 'x-optimcall-key': ready.hookSecret }, body },
    {
      id: ready.phoneId,
      organizationId: ready.organization.id,
      secret: ready.hookSecret,
      numbers: { country: ready.organization.country },
      settings: {},
      people: nobody,
      arrivedAt: Date.now(),
    },
  )
  const [event] = received.status === 'events' ? received.events : []
  if (!event) throw new Error('the benchmark makes only events that count')
  return event
}

class Recorder {
  #steps: Step[] = []
  #answered = true

  take(): Step[] {
    const steps = this.#steps
    this.#steps = []
    this.#answered = true
    return steps
  }

  watch(on: Step['on'], db: Db): Db {
    const note = (sql: string, values: readonly Value[] = []) => {
      const last = this.#steps.at(-1)
      const statement = { sql, values: [...values] }
      if (last && last.on === on && !this.#answered) last.statements.push(statement)
      else this.#steps.push({ on, statements: [statement], atOnce: last !== undefined && !this.#answered })
      this.#answered = false
    }
    const waited = async <T>(answer: Promise<T>): Promise<T> => {
      const value = await answer
      this.#answered = true
      return value
    }
    return {
      rows: (sql, values) => {
        note(sql, values)
        return waited(db.rows(sql, values))
      },
      row: (sql, values) => {
        note(sql, values)
        return waited(db.row(sql, values))
      },
      send: (sql, values) => {
        note(sql, values)
        db.send(sql, values)
      },
    }
  }
}
