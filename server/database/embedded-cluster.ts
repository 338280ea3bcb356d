/**
 * The cluster (PostgreSQL's word for the files of one server) and the password of its superuser.
 *
 * A cluster is made in a folder of its own beside its place and renamed into it when it is whole. What stands at its
 * place is therefore complete and never deleted; what a killed initdb left beside it is swept away at the next start.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  chmod,
  chown,
  mkdir,
  open,
  readdir,
  readFile,
  rename,
  rm,
  rmdir,
  stat,
  writeFile,
} from 'node:fs/promises'
import { join } from 'node:path'
import { type Account, giveTo } from './embedded-account.ts'
import { binariesMissing, type PostgresBinaries } from './embedded-binaries.ts'
import { EmbeddedPostgresError, errorCode } from './embedded-error.ts'

/** Name of the superuser of every embedded server. */
export const superuser = 'postgres'

/**
 * What PostgreSQL programs see of our environment: nothing of it, because master keys and app credentials stand there
 * and a child's environment can be read for as long as it lives.
 */
export function bareEnvironment(): Record<string, string> {
  const kept = process.platform === 'win32' ? ['SystemRoot', 'TEMP', 'PATH'] : ['PATH']
  const values = kept.map((name) => [name, process.env[name] ?? ''] as const)
  return { ...Object.fromEntries(values), LC_ALL: 'C', TZ: 'UTC' }
}

/**
 * Makes the cluster if there is none. Call it only while holding the folder's lock.
 *
 * @param options.folder the data folder; the cluster is `<folder>/postgres`, its password `<folder>/postgres.secret`
 * @param options.account who owns the cluster; undefined for ourselves
 * @returns the superuser's password
 * @throws {EmbeddedPostgresError} `secret-missing`, `cluster-incomplete`, `binaries-missing`, `start-failed`
 */
export async function ensureCluster(options: {
  folder: string
  account: Account | undefined
  binaries: PostgresBinaries
  log: (code: string) => void
}): Promise<string> {
  const cluster = join(options.folder, 'postgres')
  const secretFile = join(options.folder, 'postgres.secret')
  await sweepUnfinished(options.folder)
  if (await isWhole(cluster)) {
    await claimOwnership(cluster, options.account)
    return readSecret(secretFile, cluster)
  }
  // Written and synced first: there may be a secret without a cluster, but never a cluster without its secret.
  const password = randomBytes(32).toString('base64url')
  await writeSecret(secretFile, password)
  await makeCluster({ ...options, cluster, password })
  options.log('postgres-initialized')
  return password
}

/** @throws {EmbeddedPostgresError} `cluster-incomplete` when something else stands in its place */
async function isWhole(cluster: string): Promise<boolean> {
  const held: string[] = await readdir(cluster).catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') return [] as string[]
    throw error
  })
  if (held.length === 0) return false
  const control = await stat(join(cluster, 'global', 'pg_control')).catch(() => undefined)
  if (held.includes('PG_VERSION') && control !== undefined) return true
  throw new EmbeddedPostgresError(
    'cluster-incomplete',
    `${cluster} holds files but no complete PostgreSQL cluster: restore it from a backup, or move it away to begin with an empty database.`,
  )
}

/** A cluster copied back by root belongs to root, often with a mode PostgreSQL refuses. */
async function claimOwnership(cluster: string, account: Account | undefined): Promise<void> {
  const found = await stat(cluster)
  if (account !== undefined && found.uid === 0) await giveTo(cluster, account)
  if ((found.mode & 0o077) !== 0) await chmod(cluster, 0o700)
}

async function readSecret(file: string, cluster: string): Promise<string> {
  try {
    const password = (await readFile(file, 'utf8')).trim()
    if (password !== '') return password
  } catch (cause) {
    if (errorCode(cause) !== 'ENOENT') {
      throw new EmbeddedPostgresError(
        'secret-missing',
        `${file} cannot be read (${errorCode(cause)}): run this as the user the server runs as.`,
        { cause },
      )
    }
  }
  throw new EmbeddedPostgresError(
    'secret-missing',
    `${file}, the password of the database in ${cluster}, is missing: restore it from the backup the database came from.`,
  )
}

async function writeSecret(file: string, password: string): Promise<void> {
  const draft = `${file}.new`
  await rm(draft, { force: true })
  const handle = await open(draft, 'wx', 0o600)
  try {
    await handle.writeFile(`${password}\n`)
    await handle.chmod(0o600)
    await handle.sync()
  } finally {
    await handle.close()
  }
  await rename(draft, file)
}

const unfinishedName = /^postgres\.init-[0-9a-f]{16}$/

/** Their names are never used again, so an initdb that outlived its parent cannot write into a later cluster. */
async function sweepUnfinished(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!unfinishedName.test(name)) continue
    // An initdb still writing can make this fail; then the next start sweeps.
    await rm(join(folder, name), { recursive: true, force: true, maxRetries: 3 }).catch(() => undefined)
  }
}

async function makeCluster(options: {
  folder: string
  cluster: string
  account: Account | undefined
  binaries: PostgresBinaries
  password: string
}): Promise<void> {
  const { account, cluster } = options
  const workshop = join(options.folder, `postgres.init-${randomBytes(8).toString('hex')}`)
  const passwordFile = join(workshop, 'password')
  const draft = join(workshop, 'cluster')
  await mkdir(workshop, { mode: 0o700 })
  try {
    await writeFile(passwordFile, `${options.password}\n`, { flag: 'wx', mode: 0o600 })
    if (account !== undefined) {
      await chown(passwordFile, account.uid, account.gid)
      await chown(workshop, account.uid, account.gid)
    }
    await runInitdb({ ...options, draft, passwordFile })
    await rmdir(cluster).catch(() => undefined) // an empty folder may have been prepared; a full one was refused before
    await rename(draft, cluster)
    await syncFolder(options.folder)
  } finally {
    await rm(workshop, { recursive: true, force: true, maxRetries: 3 })
  }
}

async function runInitdb(options: {
  draft: string
  passwordFile: string
  account: Account | undefined
  binaries: PostgresBinaries
}): Promise<void> {
  const initdb = spawn(
    options.binaries.initdb,
    [
      `--pgdata=${options.draft}`,
      `--username=${superuser}`,
      `--pwfile=${options.passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--locale=C', // messages, dates and money; sorting and letters follow the builtin locale
      '--no-instructions',
    ],
    {
      ...options.account,
      cwd: rootOf(options.draft),
      env: bareEnvironment(),
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  )
  let complaint = ''
  initdb.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaint = (complaint + text).slice(-4000)
  })
  const code = await ended(initdb)
  if (code === 0) return
  if (code === 127) throw binariesMissing(new Error(complaint)) // the loader found no library
  throw new EmbeddedPostgresError(
    'start-failed',
    `PostgreSQL could not make its cluster in ${options.draft}: see that the disk has room and that the folder is writable, then start again.`,
    { cause: new Error(complaint) },
  )
}

/** @returns the exit code, or null when a signal ended it */
function ended(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve, reject) => {
    child.once('error', (cause) => reject(binariesMissing(cause)))
    child.once('close', resolve)
  })
}

/** Where programs are started: a folder every account may enter, unlike perhaps our own working folder. */
export function rootOf(path: string): string {
  return process.platform === 'win32' ? path.slice(0, 3) : '/'
}

/** Makes a rename survive a power cut. Windows has no such call, and needs none. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
