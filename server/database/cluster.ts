import pg from 'pg'
import { changeRights } from './change-rights.ts'
import { clientOptions } from './client-options.ts'
import { Connections, type Target } from './connections.ts'
import { type EmbeddedPostgres, startEmbedded } from './embedded.ts'
import { expectMigrated, migrate, readMigrations } from './migrate.ts'
import { type Db, inTransaction, untilDone } from './transaction.ts'

/**
 * The PostgreSQL server all databases live on: the one `DATABASE_URL` names, or the embedded one in the data folder.
 * Everything reaches it through here, so that pools and the connection budget are one.
 */
export interface Cluster {
  readonly connections: Connections
  /** as the administrator of the server, in any of its databases */
  admin(database: string): Target
  /** as a role of one database */
  as(role: { user: string; password: string; database: string }): Target
  readonly control: ControlDatabase
  /** is the server ours to stop, and was it found running? */
  readonly embedded: EmbeddedPostgres | undefined
  close(options?: { leaveRunning?: boolean }): Promise<void>
}

/** The control database: small, of this installation, without personal data of callers or contacts. */
export interface ControlDatabase {
  readonly target: Target
  transaction<T>(fn: (db: Db) => Promise<T>): Promise<T>
}

export async function openCluster(options: {
  databaseUrl?: string | undefined
  dataFolder: string
  connectionBudget?: number
  /** how long a connection may be silent within a transaction, see `Connections` */
  silentMs?: number | undefined
  onEvent?: (code: string) => void
  /** nothing is made or changed */
  reading?: boolean
}): Promise<Cluster> {
  const embedded = options.databaseUrl
    ? undefined
    : await startEmbedded({
        folder: options.dataFolder,
        ...(options.onEvent ? { log: options.onEvent } : {}),
      })
  const base = embedded ? embeddedTarget(embedded) : urlTarget(options.databaseUrl ?? '')
  const budget = options.connectionBudget ?? 60
  const { reading = false, silentMs } = options
  const connections = new Connections({ budget: budget - forControl, silentMs })
  const controlConnections = new Connections({ budget: forControl, silentMs })
  try {
    if (embedded && !reading) await makeControlDatabase(base)
    await controlConnections.with(base, async (client) => {
      if (reading) return expectMigrated(client, await readMigrations('control'))
      await migrate(client, await readMigrations('control'))
      await closeToPublic(client, base.database)
    })
  } catch (error) {
    await Promise.all([connections.close(), controlConnections.close()])
    await embedded?.stop()
    throw error
  }
  return {
    connections,
    embedded,
    admin: (database) => ({ ...base, database }),
    as: (role) => ({ ...base, ...role }),
    control: {
      target: base,
      transaction: (fn) =>
        untilDone(() =>
          controlConnections.with(base, (client) =>
            inTransaction(client, fn, reading ? 'begin read only' : 'begin'),
          ),
        ),
    },
    async close({ leaveRunning = false } = {}) {
      await Promise.all([connections.close(), controlConnections.close()])
      if (leaveRunning) embedded?.release()
      else await embedded?.stop()
    },
  }
}

const controlName = 'ringfence'

/**
 * Of the connection budget, kept for the control database: a transaction of an organization may wait for one of these
 * (a job is made before its commit), never the other way round, so that full pools cannot wait for each other.
 */
const forControl = 10

function embeddedTarget(embedded: EmbeddedPostgres): Target {
  return {
    host: embedded.host,
    port: embedded.port,
    user: embedded.user,
    password: embedded.password,
    database: controlName,
  }
}

function urlTarget(text: string): Target {
  const url = new URL(text)
  const mode = url.searchParams.get('sslmode')
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: Number(url.port || 5432),
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
    database: decodeURIComponent(url.pathname.slice(1)),
    ssl: mode !== null && mode !== 'disable',
  }
}

async function makeControlDatabase(base: Target): Promise<void> {
  const client = new pg.Client(clientOptions({ ...base, database: 'postgres' }))
  await client.connect()
  try {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [controlName])
    if (rowCount === 0) await client.query(`create database ${controlName}`)
  } finally {
    await client.end()
  }
}

/** No role may enter a database it was not let into. Databases of others on a shared server are theirs to close. */
async function closeToPublic(client: pg.Client, control: string): Promise<void> {
  const { rows } = await client.query<{ datname: string }>(
    `select datname from pg_database
     where (datname = $1 or pg_has_role(datdba, 'member'))
       and has_database_privilege('public', datname, 'connect')
     order by datname`,
    [control],
  )
  for (const { datname } of rows)
    await changeRights(client, `revoke connect on database ${pg.escapeIdentifier(datname)} from public`)
}
