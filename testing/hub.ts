import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { inject } from 'vitest'
import { scopes } from '../sandbox/demo-world.ts'
import { type Sandbox, type SandboxOptions, startSandbox } from '../sandbox/index.ts'
import { hashOfToken, makeToken } from '../server/accounts/tokens.ts'
import type { App } from '../server/app.ts'
import type { StartOptions } from '../server/start-options.ts'
import { Client } from './client.ts'
import { Company, type CompanyWish } from './company.ts'
import { Databases } from './databases.ts'
import { takeAgainstOrder, watchLocks } from './lock-order.ts'
import { LogLines } from './log-lines.ts'
import { InProcessNode, type Node, ProcessNode } from './node.ts'
import { freePort } from './ports.ts'
import type { PostgresServer } from './postgres.ts'
import { scratchFolder } from './scratch.ts'
import { until } from './until.ts'

export interface HubOptions {
  nodes?: 1 | 2
  /** `process`: each node is a process of its own and may be killed */
  as?: 'in process' | 'process'
  /** default: the one of the whole run */
  postgres?: PostgresServer
  /** beside the shortened waits that every test has */
  start?: Omit<StartOptions, 'log'>
  sandbox?: SandboxOptions
  env?: Record<string, string> | ((sandbox: Sandbox) => Record<string, string>)
  /** the test provokes defects; otherwise a logged defect fails it at the end */
  expectDefects?: boolean
}

/** Long enough that a late effect can still be late, short enough to wait for. */
const shortWaits: Omit<StartOptions, 'log'> = {
  writeAfterMs: 200,
  amendAfterMs: 200,
  unknownWaitMs: 2_000,
  findWaits: [0.2, 0.5, 1],
}

const webexApp = {
  clientId: 'webex-client',
  clientSecret: 'webex-client-secret',
  scopes: ['spark:people_read', 'spark:calls_read', 'spark:calls_write', 'spark:recordings_read'],
}

const app = {
  clientId: 'test-client',
  clientSecret: 'test-client-secret',
  scopes,
}

/** A whole installation with stand-in vendors: real server, real PostgreSQL, own databases, folders and keys. */
export class Hub {
  readonly sandbox: Sandbox
  readonly databases: Databases
  readonly nodes: readonly Node[]
  readonly log: LogLines
  /** signed in as the operator */
  readonly operator: Client
  readonly folder: string
  /** what the nodes were started with, the first one's folders and port */
  readonly env: Readonly<Record<string, string>>
  readonly #options: HubOptions
  readonly #companies: Company[] = []
  readonly #clients: Client[] = []

  constructor(parts: {
    sandbox: Sandbox
    databases: Databases
    nodes: readonly Node[]
    log: LogLines
    operator: Client
    folder: string
    env: Readonly<Record<string, string>>
    options: HubOptions
  }) {
    this.sandbox = parts.sandbox
    this.databases = parts.databases
    this.nodes = parts.nodes
    this.log = parts.log
    this.operator = parts.operator
    this.folder = parts.folder
    this.env = parts.env
    this.#options = parts.options
  }

  get url(): string {
    return this.node(0).url
  }

  get app(): App {
    return this.node(0).app
  }

  node(index: 0 | 1): Node {
    const node = this.nodes[index]
    if (!node) throw new Error(`there is no node ${index}`)
    return node
  }

  get crm() {
    return this.sandbox.ledger
  }

  readonly given = {
    organization: async (wish: CompanyWish = {}): Promise<Company> => {
      const company = await Company.found(this, this.#companies.length + 1, wish)
      this.#companies.push(company)
      await this.#sameClock(await this.databases.of(company.id))
      return company
    },
  }

  async control<R extends object = Record<string, unknown>>(
    sql: string,
    values: unknown[] = [],
  ): Promise<R[]> {
    return this.databases.in<R>(this.databases.control, sql, values)
  }

  /** A browser that nobody has signed in with. */
  client(): Client {
    const client = new Client(this.url)
    this.#clients.push(client)
    return client
  }

  async signInOperator(client: Client): Promise<void> {
    await client.ok('POST', '/api/v1/session/link', { token: await this.operatorToken() })
  }

  /** What a sign-in link carries after its `#`. */
  async operatorToken(): Promise<string> {
    const token = makeToken()
    await this.control(
      `insert into one_time_tokens (token_hash, purpose, expires_at)
       values ($1, 'operator-sign-in', ringfence.now() + interval '15 minutes')`,
      [hashOfToken(token)],
    )
    return token
  }

  /** Stops all nodes and starts them again on the same folders and ports. */
  async restart(between: () => Promise<void> = async () => undefined): Promise<void> {
    for (const node of this.nodes) await node.stop()
    await between()
    for (const node of this.nodes) await node.start()
  }

  /** Moves the time by which everything is kept, in all databases, and starts the nodes anew. */
  async moveClock(by: string): Promise<void> {
    await this.restart(async () => {
      await this.control('update ringfence.clock set shift = shift + $1::interval', [by])
      for (const { database_name } of await this.databases.organizations())
        await this.#sameClock(database_name)
    })
  }

  async #sameClock(database: string): Promise<void> {
    const [clock] = await this.control<{ shift: string }>('select shift::text from ringfence.clock')
    await this.databases.in(database, 'update ringfence.clock set shift = $1::interval', [clock?.shift])
  }

  /** Every ended call of these organizations has reached its end in the CRM, and nothing is under way any more. */
  async settled(patienceMs = 60_000, of: readonly { id: string }[] = this.#companies): Promise<void> {
    for (const { id } of of) {
      const database = await this.databases.of(id)
      await until(
        'every ended call is written',
        async () => {
          const [row] = await this.databases.in<{ open: number }>(
            database,
            `select count(*)::int as open from calls c left join call_logs l on l.call_id = c.id
             where c.state = 'ended' and (l.state is null or l.state in ('waiting', 'sending'))`,
          )
          return row?.open === 0
        },
        patienceMs,
      )
    }
    // A job may have been put off by the whole wait for an unknown outcome, though the call was written meanwhile.
    await until(
      'no call is about to be written',
      async () => {
        const waiting = await this.control(
          `select from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
           where t.identifier = 'write-call' and j.attempts < j.max_attempts and j.payload ->> 'organizationId' = any($1)`,
          [of.map(({ id }) => id)],
        )
        return waiting.length === 0
      },
      Math.max(patienceMs, 120_000),
    )
    await this.sandbox.idle()
  }

  async close(): Promise<void> {
    await Promise.all(this.#companies.map((company) => company.close()))
    for (const node of this.nodes) await node.stop()
    await this.sandbox.close()
    const wrong = takeAgainstOrder() // also where what follows throws: the next file has a hub of its own in this process
    const deadlocks = await this.databases.deadlocks()
    await this.databases.drop()
    await rm(this.folder, { recursive: true, force: true })
    const defects = this.log.errors()
    if (defects.length > 0 && !this.#options.expectDefects)
      throw new Error(`the server met defects:\n${defects.map((line) => JSON.stringify(line)).join('\n')}`)
    if (wrong.length > 0) throw new Error(`locks were taken against their order:\n${wrong.join('\n')}`)
    if (deadlocks > 0) throw new Error(`${deadlocks} transactions waited for each other`)
  }
}

/** Starts everything a test needs and nothing it has to know of: stand-ins, databases, folders, keys, nodes. */
export async function openHub(options: HubOptions = {}): Promise<Hub> {
  watchLocks()
  const folder = await mkdtemp(join(scratchFolder, 'ringfence-test-'))
  await chmod(folder, 0o711)
  const log = new LogLines()
  const sandbox = await startSandbox({ retryScale: 0.02, ...options.sandbox })
  const databases = await Databases.make(options.postgres ?? inject('postgres'))
  const ports = [await freePort(), await freePort()].slice(0, options.nodes ?? 1)
  const url = `http://127.0.0.1:${ports[0]}`
  const panel = `${url}/apps/pipedrive/panel`
  sandbox.pipedrive.registerApp({
    ...app,
    callbackUrl: `${url}/apps/pipedrive/callback`,
    extensions: {
      floatingWindow: { name: 'Ringfence', iframeUrl: panel },
      panel: { name: 'Ringfence calls', iframeUrl: panel },
    },
  })
  sandbox.webex.registerApp({ ...webexApp, redirectUris: [`${url}/apps/webex/callback`] })
  const envs = ports.map((port, index) => ({
    PORT: String(port),
    RINGFENCE_URL: url,
    DATABASE_URL: databases.url,
    RINGFENCE_POLICY_APPROVED_BY: 'Jana Nováková, managing director',
    RINGFENCE_CONNECTIONS: '24', // several installations share one server here
    RINGFENCE_DATA: join(folder, `data-${index + 1}`),
    RINGFENCE_KEYS: join(folder, 'keys'),
    RINGFENCE_PRIVATE_HOSTS: new URL(sandbox.url).host,
    RINGFENCE_SMTP_URL: sandbox.mail.url,
    RINGFENCE_MAIL_FROM: 'ringfence@operator.example',
    PIPEDRIVE_CLIENT_ID: app.clientId,
    PIPEDRIVE_CLIENT_SECRET: app.clientSecret,
    PIPEDRIVE_OAUTH_URL: sandbox.pipedrive.oauthHost,
    PLACETEL_URL: `${sandbox.url}/placetel`,
    WEBEX_CLIENT_ID: webexApp.clientId,
    WEBEX_CLIENT_SECRET: webexApp.clientSecret,
    WEBEX_URL: `${sandbox.url}/webex`,
    ...(typeof options.env === 'function' ? options.env(sandbox) : options.env),
  }))
  const nodes = envs.map((env) => {
    const parts = {
      url: `http://127.0.0.1:${env.PORT}`,
      env,
      start: { ...shortWaits, ...options.start },
      log,
    }
    return options.as === 'process' ? new ProcessNode(parts) : new InProcessNode(parts)
  })
  const operator = new Client(url)
  const hub = new Hub({ sandbox, databases, nodes, log, operator, folder, env: envs[0] ?? {}, options })
  try {
    for (const node of nodes) await node.start()
    await hub.signInOperator(operator)
    return hub
  } catch (error) {
    await hub.close().catch(() => undefined) // the first failure is the one to tell
    throw error
  }
}
