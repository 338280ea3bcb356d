import { Connections, type Target } from '../server/database/connections.ts'
import { type Db, inTransaction, type Value } from '../server/database/transaction.ts'
import type { Recording, Statement, Step } from './recording.ts'

/** Connections lent as by our server, a few less, because both are up at the same time. */
export function floorConnections(): { organizations: Connections; control: Connections } {
  return { organizations: new Connections({ budget: 40 }), control: new Connections({ budget: 6 }) }
}

export function transaction<T>(from: Connections, target: Target, fn: (db: Db) => Promise<T>): Promise<T> {
  return from.with(target, (client) => inTransaction(client, fn))
}

/** Runs a recorded event again for another call: the organization's transaction, and the control database's inside it. */
export async function replay(
  on: { organization: (fn: (db: Db) => Promise<void>) => Promise<void>; control: typeof on.organization },
  recording: Recording,
  event: number,
  callId: string,
): Promise<void> {
  const steps = recording.events[event] ?? []
  await on.organization(async (db) => {
    let asked: Promise<unknown>[] = []
    for (const [at, step] of steps.entries()) {
      if (!step.atOnce) {
        await Promise.all(asked)
        asked = []
      }
      const statements = forCall(step, recording.callId, callId)
      const send = async (to: Db) => {
        for (const { sql, values } of statements) to.send(sql, values)
      }
      if (step.on === 'control') asked.push(on.control(send))
      // What is sent last goes with the commit, as everywhere.
      else if (at === steps.length - 1) await send(db)
      else asked.push(...statements.map(({ sql, values }) => db.rows(sql, values)))
    }
    await Promise.all(asked)
  })
}

function forCall(step: Step, recorded: string, callId: string): Statement[] {
  return step.statements.map(({ sql, values }) => ({
    sql,
    values: sql.includes('pg_advisory_xact_lock')
      ? [[lockOf(callId)]]
      : values.map((value: Value) =>
          typeof value === 'string' ? value.replaceAll(recorded, callId) : value,
        ),
  }))
}

/** Any number will do that is the call's own. */
function lockOf(callId: string): string {
  return BigInt.asIntN(64, BigInt(`0x${callId.replaceAll('-', '').slice(16)}`)).toString()
}
