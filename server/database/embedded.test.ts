import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  chmod,
  chown,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  realpath,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { Client } from 'pg'
import { afterAll, describe, expect, it } from 'vitest'
import { howOften } from '../../testing/how-often.ts'
import { scratchFolder } from '../../testing/scratch.ts'
import { type EmbeddedPostgres, EmbeddedPostgresError, startEmbedded } from './embedded.ts'
import type { HolderReport } from './embedded-holder.ts'
import { servesCluster } from './embedded-process.ts'

const isRoot = process.getuid?.() === 0
const holderScript = fileURLToPath(new URL('./embedded-holder.ts', import.meta.url))

const folders: string[] = []
const processes: ChildProcess[] = []

async function temporaryFolder(mode = 0o711): Promise<string> {
  const folder = await realpath(await mkdtemp(join(scratchFolder, 'embedded-')))
  folders.push(folder)
  await chmod(folder, mode)
  return folder
}

interface Holder {
  readonly process: ChildProcess
  readonly report: Promise<HolderReport>
}

function hold(folder: string, account: { uid?: number; gid?: number } = {}): Holder {
  const holder = spawn(process.execPath, [holderScript, folder], {
    ...account,
    cwd: '/',
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  processes.push(holder)
  const lines = createInterface(holder.stdout)
  const report = once(lines, 'line').then(([line]): HolderReport => JSON.parse(String(line)))
  return { process: holder, report }
}

type Held = Extract<HolderReport, { port: number }>

async function heldBy(holder: Holder): Promise<Held> {
  const report = await holder.report
  if ('code' in report) throw new Error(`${report.code}: ${report.message}`)
  return report
}

async function endOf(process: ChildProcess): Promise<void> {
  if (process.exitCode === null && process.signalCode === null) await once(process, 'exit')
}

async function killHolder(holder: Holder): Promise<void> {
  holder.process.kill('SIGKILL')
  await endOf(holder.process)
}

type Server = Pick<EmbeddedPostgres, 'port' | 'password'>

async function connected<T>(server: Server, task: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({
    host: '127.0.0.1',
    port: server.port,
    user: 'postgres',
    password: server.password,
    database: 'postgres',
  })
  client.on('error', () => undefined) // these tests kill the server
  await client.connect()
  try {
    return await task(client)
  } finally {
    await client.end()
  }
}

async function eventually<T>(attempt: () => Promise<T>): Promise<T> {
  for (let left = 400; ; left -= 1) {
    try {
      return await attempt()
    } catch (error) {
      if (left === 0) throw error
      await delay(25)
    }
  }
}

async function livingPid(folder: string): Promise<number | undefined> {
  const text = await readFile(join(folder, 'postgres', 'postmaster.pid'), 'utf8').catch(() => '')
  const pid = Number(text.split('\n')[0])
  return pid > 0 && servesCluster(pid, join(folder, 'postgres')) ? pid : undefined
}

afterAll(async () => {
  for (const child of processes) child.kill('SIGKILL')
  for (const folder of folders) {
    const pid = await livingPid(folder)
    if (pid !== undefined) process.kill(pid, 'SIGQUIT')
    await eventually(async () => expect(await livingPid(folder)).toBeUndefined())
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  }
})

describe('the embedded PostgreSQL', () => {
  it('loses no committed row in many kills of its holder, its postmaster, or both', async () => {
    const kills = howOften(9, 60)
    const folder = await temporaryFolder()
    let holder = hold(folder)
    let server = await heldBy(holder)
    expect(server.adopted).toBe(false)
    await connected(server, (client) => client.query('create table kept (kill int primary key)'))
    for (let kill = 1; kill <= kills; kill += 1) {
      const victim = (['holder', 'postmaster', 'both'] as const)[kill % 3]
      await connected(server, (client) => client.query('insert into kept values ($1)', [kill]))
      // The holder first: it would start another postmaster at once.
      if (victim !== 'postmaster') await killHolder(holder)
      if (victim !== 'holder') process.kill(server.pid, 'SIGKILL')
      if (victim !== 'postmaster') {
        holder = hold(folder)
        const before = server
        server = await heldBy(holder)
        expect(server.adopted).toBe(victim === 'holder')
        if (victim === 'holder') expect(server.pid).toBe(before.pid)
        else expect(server.pid).not.toBe(before.pid)
      }
      const rows = await eventually(() =>
        connected(server, (client) => client.query('select kill from kept order by 1')),
      )
      expect(rows.rows).toEqual(Array.from({ length: kill }, (_, index) => ({ kill: index + 1 })))
      server = { ...server, pid: (await livingPid(folder)) ?? 0 }
    }
    holder.process.stdin?.end()
    await endOf(holder.process)
    expect(await livingPid(folder)).toBeUndefined()
    expect((await readdir(folder)).sort()).toEqual(['postgres', 'postgres.log', 'postgres.secret'])
  })

  it('starts once when several processes start it at one instant', async () => {
    const folder = await temporaryFolder()
    const holders = [hold(folder), hold(folder), hold(folder)]
    const held = await Promise.all(holders.map(heldBy))
    expect(held.map((one) => one.adopted).sort()).toEqual([false, true, true])
    expect(new Set(held.map((one) => `${one.pid} ${one.port} ${one.password}`)).size).toBe(1)
    await Promise.all(holders.map(killHolder))
    const [first, second] = await Promise.all([startEmbedded({ folder }), startEmbedded({ folder })])
    expect([first.pid, second.pid]).toEqual([held[0]?.pid, held[0]?.pid])
    second.release()
    await first.stop()
  })

  it('keeps its password to itself, listens on loopback only, and runs with safe settings', async () => {
    const folder = await temporaryFolder()
    const server = await startEmbedded({ folder })
    try {
      expect((await stat(join(folder, 'postgres.secret'))).mode & 0o777).toBe(0o600)
      expect((await readdir(folder)).sort()).toEqual(['postgres', 'postgres.log', 'postgres.secret'])
      const settings = await connected(server, async (client) => {
        const { rows } = await client.query<{ name: string; setting: string }>(
          `select name, setting from pg_settings union all
           select 'locale', datlocprovider::text || ' ' || datlocale || ' ' || pg_encoding_to_char(encoding)
             from pg_database where datname = 'postgres'`,
        )
        return Object.fromEntries(rows.map((row) => [row.name, row.setting]))
      })
      expect(settings).toMatchObject({
        locale: 'b C.UTF-8 UTF8',
        listen_addresses: '127.0.0.1',
        unix_socket_directories: '',
        max_connections: '120',
        wal_level: 'minimal',
        fsync: 'on',
        log_error_verbosity: 'terse',
        log_min_error_statement: 'panic',
        password_encryption: 'scram-sha-256',
      })
      await expect(
        connected({ port: server.port, password: 'guessed' }, (client) => client.query('select 1')),
      ).rejects.toThrow(/password authentication failed/)
      await connected(server, async (client) => {
        await expect(client.query(`select 'Ada Example'::int`)).rejects.toThrow()
      })
      expect(await readFile(join(folder, 'postgres.log'), 'utf8')).not.toContain('Ada')
      if (isRoot) expect((await stat(join(folder, 'postgres'))).uid).not.toBe(0)
      if (process.platform === 'linux') {
        const environment = await readFile(`/proc/${server.pid}/environ`, 'utf8')
        expect(environment.split('\0').map((entry) => entry.split('=')[0])).not.toContain('HOME')
        const group = (await readFile(`/proc/${server.pid}/stat`, 'utf8')).split(') ')[1]?.split(' ')[2]
        expect(Number(group)).toBe(server.pid)
      }
    } finally {
      await server.stop()
    }
  })

  it('begins again after an initdb that was killed half way', async () => {
    const folder = await temporaryFolder()
    const holder = hold(folder)
    await eventually(async () => {
      const draft = (await readdir(folder)).find((name) => name.startsWith('postgres.init-')) ?? 'none'
      await stat(join(folder, draft, 'cluster', 'postgresql.conf'))
    })
    await killHolder(holder) // its initdb lives on for a moment
    const server = await startEmbedded({ folder })
    expect(server.adopted).toBe(false)
    await connected(server, (client) => client.query('create table works ()'))
    await server.stop()
  })

  it('never deletes what stands in the place of its cluster', async () => {
    const folder = await temporaryFolder()
    await mkdir(join(folder, 'postgres'))
    await writeFile(join(folder, 'postgres', 'PG_VERSION'), '18\n')
    await expect(startEmbedded({ folder })).rejects.toMatchObject({ code: 'cluster-incomplete' })
    expect(await readdir(join(folder, 'postgres'))).toEqual(['PG_VERSION'])
  })

  it('sees through a process id that another process got, and a lock whose owner is dead', async () => {
    const folder = await temporaryFolder()
    const before = await startEmbedded({ folder, supervise: false })
    await connected(before, (client) => client.query('create table kept as select 1 as row'))
    process.kill(before.pid, 'SIGKILL')
    await eventually(async () => expect(await livingPid(folder)).toBeUndefined())
    const pidFile = join(folder, 'postgres', 'postmaster.pid')
    const { uid, gid } = await stat(pidFile)
    const stranger = spawn(
      process.execPath,
      ['-e', 'setInterval(() => {}, 1000)'],
      isRoot ? { uid, gid } : {},
    )
    processes.push(stranger)
    const lines = (await readFile(pidFile, 'utf8')).split('\n')
    await writeFile(pidFile, [stranger.pid, ...lines.slice(1)].join('\n'))
    await writeFile(join(folder, `postgres.lock-${stranger.pid}-1-00000000`), '')

    const server = await startEmbedded({ folder })
    expect(server.adopted).toBe(false)
    expect(server.port).toBe(before.port)
    expect((await connected(server, (client) => client.query('select row from kept'))).rows).toEqual([
      { row: 1 },
    ])
    expect(stranger.exitCode ?? stranger.signalCode).toBeNull()
    await server.stop()
  })

  it('ends a busy process that a killed postmaster left behind', async () => {
    const folder = await temporaryFolder()
    const codes: string[] = []
    const server = await startEmbedded({ folder, log: (code) => codes.push(code) })
    const { pid } = server
    const busy = connected(server, (client) =>
      client.query('select count(*) from generate_series(1, 1e12::bigint)'),
    )
    const broken = expect(busy).rejects.toThrow()
    await eventually(() =>
      connected(server, async (client) => {
        const found = await client.query(
          `select from pg_stat_activity where query like '%1e12%' and pid <> pg_backend_pid()`,
        )
        expect(found.rowCount).toBe(1)
      }),
    )
    process.kill(pid, 'SIGKILL')
    await eventually(() => connected(server, (client) => client.query('select 1')))
    await broken
    await eventually(async () => expect(server.pid).not.toBe(pid))
    expect(codes).toContain('postgres-old-processes')
    expect(codes.slice(-1)).toEqual(['postgres-restarted'])
    await server.stop()
  })

  it('watches an adopted server too, lets a released one live on, and starts again after a stop', async () => {
    const folder = await temporaryFolder()
    const holder = hold(folder)
    const started = await heldBy(holder)
    await killHolder(holder)
    const adopted = await startEmbedded({ folder })
    expect(adopted.adopted).toBe(true)
    process.kill(started.pid, 'SIGKILL')
    await eventually(async () => expect(adopted.pid).not.toBe(started.pid))
    expect(adopted.port).toBe(started.port)
    adopted.release()
    await adopted.stop() // no longer ours to stop
    await connected(adopted, (client) => client.query('select 1'))

    const again = await startEmbedded({ folder })
    expect([again.adopted, again.pid]).toEqual([true, adopted.pid])
    const [, during] = await Promise.all([again.stop(), startEmbedded({ folder })])
    await connected(during, (client) => client.query('select 1'))
    await during.stop()
    await during.stop()
    expect(await livingPid(folder)).toBeUndefined()
  })

  it.runIf(isRoot)(
    'says in one sentence which folder its user cannot enter, before anything is made',
    async () => {
      const closed = await temporaryFolder(0o700)
      const folder = join(closed, 'data')
      const refusal = await startEmbedded({ folder }).catch((error: unknown) => error)
      expect(refusal).toBeInstanceOf(EmbeddedPostgresError)
      expect(refusal).toMatchObject({ code: 'data-folder-unreachable' })
      expect(String(refusal)).toContain(`chmod 711 ${closed}\``)
      expect(await readdir(closed)).toEqual([])
      await expect(startEmbedded({ folder: closed })).rejects.toMatchObject({
        code: 'data-folder-unreachable',
      })

      await chmod(closed, 0o711)
      const server = await startEmbedded({ folder })
      expect((await connected(server, (client) => client.query('select 1 as one'))).rows).toEqual([
        { one: 1 },
      ])
      await server.stop()
    },
  )

  it.runIf(isRoot)('works for an ordinary user in a closed folder of his own', async () => {
    const nobody = { uid: 65534, gid: 65534 }
    const folder = await temporaryFolder(0o700)
    await chown(folder, nobody.uid, nobody.gid)
    const holder = hold(folder, nobody)
    const server = await heldBy(holder)
    expect((await stat(join(folder, 'postgres'))).uid).toBe(nobody.uid)
    await connected(server, (client) => client.query('select 1'))
    holder.process.stdin?.end()
    await endOf(holder.process)
    expect(holder.process.exitCode).toBe(0)
  })

  it('is not opened by a guess when the secret is lost', async () => {
    const folder = await temporaryFolder()
    await (await startEmbedded({ folder })).stop()
    await rm(join(folder, 'postgres.secret'))
    await expect(startEmbedded({ folder })).rejects.toMatchObject({ code: 'secret-missing' })
    await writeFile(join(folder, 'postgres.secret'), 'another\n', { mode: 0o600 })
    await expect(startEmbedded({ folder })).rejects.toMatchObject({ code: 'password-refused' })
  })
})
