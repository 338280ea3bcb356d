import { chmod, mkdtemp, realpath, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { startEmbedded } from '../server/database/embedded.ts'

/** Environment of an installation, as `readSettings` takes it. */
export type Environment = Record<string, string>

/** The one PostgreSQL of a run, in a temporary folder, and the installations on it. */
export interface Place {
  postgresVersion: string
  /** A fresh control database and folders; its server would listen on any free port of the loopback address. */
  installation(name: string, more?: Environment): Promise<Environment>
  close(): Promise<void>
}

export async function openPlace(): Promise<Place> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'ringfence-bench-')))
  await chmod(folder, 0o711) // started by root, PostgreSQL runs as another account, which has to get in
  const postgres = await startEmbedded({ folder: join(folder, 'postgres') })
  const { host, port, user, password } = postgres
  const admin = new pg.Client({ host, port, user, password, database: 'postgres' })
  await admin.connect()
  const version = await admin.query<{ server_version: string }>('show server_version')
  return {
    postgresVersion: version.rows[0]?.server_version ?? 'unknown',
    async installation(name, more = {}) {
      await admin.query(`create database ${admin.escapeIdentifier(name)}`)
      return {
        HOST: '127.0.0.1',
        PORT: '0',
        DATABASE_URL: `postgres://${user}:${encodeURIComponent(password)}@${host}:${port}/${name}`,
        RINGFENCE_DATA: join(folder, name, 'data'),
        RINGFENCE_KEYS: join(folder, name, 'keys'),
        RINGFENCE_LOG_LEVEL: 'error',
        RINGFENCE_POLICY_APPROVED_BY: 'Jana Nováková, benchmarks',
        ...more,
      }
    },
    async close() {
      await admin.end()
      await postgres.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
