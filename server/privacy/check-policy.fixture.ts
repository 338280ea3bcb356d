import { inTransaction } from '../database/transaction.ts'
import { type Installation, openInstallation } from '../installation.ts'
import { createLog } from '../log.ts'
import { readSettings } from '../settings.ts'
import { allowedHosts } from './allowed-hosts.ts'
import { compareCatalogue, sentencesOf } from './catalogue.ts'
import { checkPolicy, checkSeals } from './check-policy.ts'
import { checkLive } from './live-check.ts'
import { policyHere } from './policy-here.ts'

/**
 * What a start and a rehearsal check of policy/, on the databases that the environment names.
 * @param options.types asks the compiler too, last and only when nothing else has complained, because it takes seconds
 * @returns one sentence for each complaint
 */
export async function complaints(options: { types: boolean }): Promise<string[]> {
  const failed: string[] = []
  const check = (sentence: string, holds: boolean) => {
    if (!holds) failed.push(sentence)
  }
  allowedHosts()
  const installation = await openInstallation(readSettings(), createLog('silent'))
  try {
    failed.push(...(await asLeft(installation)))
    if (failed.length > 0) return failed
    await checkSeals(installation, check)
    const { results } = await checkLive(installation, (await policyHere(installation)).content)
    failed.push(...results.flatMap(({ wrong }) => wrong))
  } finally {
    await installation.close({ leaveRunning: true })
  }
  await checkPolicy(check, { types: options.types && failed.length === 0 })
  return failed
}

/**
 * The databases as another program left them, compared past the door of the organizations: whoever goes through that gives
 * the rights this `policy/` asks for, and a purpose that was taken out of it would never be missed.
 */
async function asLeft({ cluster }: Installation): Promise<string[]> {
  const rows = await cluster.control.transaction((db) =>
    db.rows<{ database_name: string }>('select database_name from organizations order by id'),
  )
  const told: string[] = []
  for (const { database_name } of rows)
    await cluster.connections.with(cluster.admin(database_name), (client) =>
      inTransaction(client, async (db) => {
        told.push(...sentencesOf(await compareCatalogue(db, 'organization')))
      }),
    )
  return told
}
