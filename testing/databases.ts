import { randomBytes } from 'node:crypto'
import pg from 'pg'
import type { PostgresServer } from './postgres.ts'

type Rows = Record<string, unknown>[]

/** The databases of one test installation: its control database, and whatever organizations it makes. */
export class Databases {
  readonly server: PostgresServer
  readonly control: string
  readonly #clients = new Map<string, Promise<pg.Client>>()
  readonly #names = new Map<string, string>()

  private constructor(server: PostgresServer, control: string) {
    this.server = server
    this.control = control
  }

  /** Makes an empty control database on the server. */
  static async make(server: PostgresServer): Promise<Databases> {
    const databases = new Databases(server, `test_${randomBytes(6).toString('hex')}`)
    await databases.in('postgres', `create database ${databases.control}`)
    return databases
  }

  get url(): string {
    const { host, port, user, password } = this.server
    return `postgres://${user}:${encodeURIComponent(password)}@${host}:${port}/${this.control}`
  }

  /** Runs one statement as the superuser, past row security. */
  async in<R extends object = Rows[number]>(
    database: string,
    sql: string,
    values: unknown[] = [],
  ): Promise<R[]> {
    const client = await this.#connected(database)
    return (await client.query<R>(sql, values)).rows
  }

  /** Where an organization lives. */
  async of(organizationId: string): Promise<string> {
    const known = this.#names.get(organizationId)
    if (known) return known
    const [row] = await this.in<{ database_name: string }>(
      this.control,
      'select database_name from organizations where id = $1',
      [organizationId],
    )
    if (!row) throw new Error('no such organization')
    this.#names.set(organizationId, row.database_name)
    return row.database_name
  }

  async organizations(): Promise<{ id: string; name: string; database_name: string }[]> {
    return this.in(
      this.control,
      `select id, name, database_name from organizations where state <> 'ended' order by created_at, id`,
    )
  }

  /** How often transactions waited for each other, and PostgreSQL ended one; whoever did it again tells nobody. */
  async deadlocks(): Promise<number> {
    const made = await this.organizations().catch(() => []) // it never started: there is no such table
    const names = [this.control, ...made.map(({ database_name: name }) => name)]
    const [row] = await this.in<{ count: number }>(
      'postgres',
      'select sum(deadlocks)::int as count from pg_stat_database where datname = any($1)',
      [names],
    )
    return row?.count ?? 0
  }

  /** Removes everything this installation made on the server, roles included. */
  async drop(): Promise<void> {
    const made = await this.organizations().catch(() => []) // it never started: there is no such table
    for (const { database_name: name } of made) {
      await this.in('postgres', `drop database if exists ${name} with (force)`)
      for (const role of ['app', 'officer', 'owner'])
        await this.in('postgres', `drop role if exists ${name}_${role}`)
    }
    await this.in('postgres', `drop database if exists ${this.control} with (force)`)
    const purposes = await this.in<{ rolname: string }>(
      'postgres',
      `select rolname from pg_roles where starts_with(rolname, $1) order by rolname`,
      [`${this.control}_for_`],
    )
    for (const { rolname } of purposes) await this.in('postgres', `drop role if exists ${rolname}`)
    await this.close()
  }

  /** Gives back its connections, also those a server that went away has cut. */
  async close(): Promise<void> {
    const clients = [...this.#clients.values()]
    this.#clients.clear()
    this.#names.clear() // a restored organization lives under another one
    // A connection that was cut has nothing left to say.
    await Promise.all(clients.map(async (client) => (await client).end().catch(() => undefined)))
  }

  /** One connection per database: a test asks again and again until something has happened. */
  #connected(database: string): Promise<pg.Client> {
    let client = this.#clients.get(database)
    if (!client) {
      client = this.#connect(database)
      this.#clients.set(database, client)
    }
    return client
  }

  async #connect(database: string): Promise<pg.Client> {
    const client = new pg.Client({ ...this.server, database })
    const forget = () => void this.#clients.delete(database)
    client.on('error', forget)
    client.on('end', forget)
    try {
      await client.connect()
      return client
    } catch (error) {
      forget()
      throw error
    }
  }
}
