/**
 * Who PostgreSQL runs as, and whether that account gets to the folders it needs.
 *
 * PostgreSQL refuses to run as root. Started by root it is therefore given to another account: the owner of the
 * cluster if there is one already, else `postgres`, else `nobody`.
 */
import { spawnSync } from 'node:child_process'
import type { Stats } from 'node:fs'
import { access, chmod, constants, lchown, mkdir, readdir, readFile, stat } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { EmbeddedPostgresError, errorCode } from './embedded-error.ts'

/** An account that is not root. */
export interface Account {
  readonly uid: number
  readonly gid: number
}

/**
 * @param cluster where the cluster stands, or will
 * @returns undefined when we are not root ourselves: PostgreSQL then runs as we do
 * @throws {EmbeddedPostgresError} `no-unprivileged-user`; `data-folder-unreachable` when the cluster is not ours
 */
export async function accountFor(cluster: string): Promise<Account | undefined> {
  const self = process.getuid?.()
  if (self === undefined) return undefined // Windows
  const owner = await stat(cluster).catch(() => undefined)
  if (self !== 0) {
    if (owner === undefined || owner.uid === self) return undefined
    throw new EmbeddedPostgresError(
      'data-folder-unreachable',
      `The database in ${cluster} belongs to another user (uid ${owner.uid}): start Ringfence as that user, or as root.`,
    )
  }
  if (owner !== undefined && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid }
  const account = (await lookUp('postgres')) ?? (await lookUp('nobody'))
  if (account !== undefined) return account
  throw new EmbeddedPostgresError(
    'no-unprivileged-user',
    'PostgreSQL does not run as root and this machine has no user named postgres or nobody: add one, or start Ringfence as another user.',
  )
}

async function lookUp(name: string): Promise<Account | undefined> {
  const file = await readFile('/etc/passwd', 'utf8').catch(() => '')
  const line = file.split('\n').find((entry) => entry.startsWith(`${name}:`))
  const [uid, gid] =
    line === undefined ? [idOf('-u', name), idOf('-g', name)] : line.split(':').slice(2, 4).map(Number)
  if (uid === undefined || gid === undefined || !(uid > 0) || !Number.isInteger(gid)) return undefined
  return { uid, gid }
}

/** Directory services (LDAP and the like) know accounts that are not in the file. */
function idOf(flag: '-u' | '-g', name: string): number | undefined {
  const asked = spawnSync('id', [flag, name], { encoding: 'utf8' })
  return asked.status === 0 ? Number(asked.stdout) : undefined
}

/**
 * Refuses early, in a sentence, what PostgreSQL would only say as "Permission denied" half way through.
 *
 * Looks at the mode bits of each folder on the way; the ones that do not exist yet are ours to make.
 *
 * @param path absolute, without symbolic links on the way
 * @throws {EmbeddedPostgresError} `data-folder-unreachable`, naming the folder and the command
 */
export async function assertReachable(path: string, account: Account): Promise<void> {
  const closed: string[] = []
  for (const folder of ancestry(path)) {
    const found = await stat(folder).catch(() => undefined)
    if (found !== undefined && !mayEnter(found, account)) closed.push(folder)
  }
  const [first] = closed
  if (first === undefined) return
  throw new EmbeddedPostgresError(
    'data-folder-unreachable',
    `PostgreSQL cannot run as root, and the unprivileged user it runs as (uid ${account.uid}) cannot enter ${first}: run \`chmod 711 ${closed.map(quoted).join(' ')}\` and start again.`,
  )
}

function ancestry(path: string): string[] {
  const parent = dirname(path)
  return parent === path ? [path] : [...ancestry(parent), path]
}

function mayEnter(found: Stats, account: Account): boolean {
  if (found.uid === account.uid) return (found.mode & 0o100) !== 0
  if (found.gid === account.gid) return (found.mode & 0o010) !== 0
  return (found.mode & 0o001) !== 0
}

function quoted(path: string): string {
  return /^[\w./@+-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`
}

/**
 * Makes the data folder, and those above it, if it is not there. The ones made for another account are open to pass
 * through (711), the ones for ourselves closed (700); folders that were there keep their mode.
 *
 * @throws {EmbeddedPostgresError} `data-folder-unreachable`
 */
export async function makeDataFolder(folder: string, account: Account | undefined): Promise<void> {
  const mode = account === undefined ? 0o700 : 0o711
  try {
    const first = await mkdir(folder, { recursive: true, mode })
    if (first === undefined) {
      await access(folder, constants.R_OK | constants.W_OK | constants.X_OK)
      return
    }
    // The umask has taken its share of the mode, also of what must stay open.
    for (const made of ancestry(resolve(folder)).slice(ancestry(resolve(first)).length - 1))
      await chmod(made, mode)
  } catch (cause) {
    throw new EmbeddedPostgresError(
      'data-folder-unreachable',
      `The data folder ${folder} cannot be made or written to (${errorCode(cause)}): make it, owned by the user Ringfence runs as, or set RINGFENCE_DATA to another.`,
      { cause },
    )
  }
}

/** Gives a folder and all it holds to an account; links themselves are given, not what they point to. */
export async function giveTo(path: string, account: Account): Promise<void> {
  for (const entry of await readdir(path, { withFileTypes: true })) {
    const inner = join(path, entry.name)
    if (entry.isDirectory()) await giveTo(inner, account)
    else await lchown(inner, account.uid, account.gid)
  }
  await lchown(path, account.uid, account.gid)
}
