import { cp, readFile, realpath, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { type Account, assertReachable } from './embedded-account.ts'
import type { PostgresBinaries } from './embedded-binaries.ts'
import { EmbeddedPostgresError } from './embedded-error.ts'

/**
 * The programs where PostgreSQL's own account can execute them. Installed below a folder that only root may enter (a
 * checkout in root's home), they are copied once into the data folder, which that account reaches: 60 MB.
 */
export async function withinReach(
  installed: PostgresBinaries,
  folder: string,
  account: Account,
): Promise<PostgresBinaries> {
  const root = await realpath(installed.root)
  if (await reaches(root, account)) return installed
  const copy = join(folder, 'postgres-programs')
  const version = await versionOf(root)
  if ((await readFile(join(copy, 'version'), 'utf8').catch(() => '')) !== version) {
    const part = `${copy}.part`
    await rm(part, { recursive: true, force: true })
    await cp(root, part, { recursive: true, verbatimSymlinks: true })
    await writeFile(join(part, 'version'), version)
    await rm(copy, { recursive: true, force: true })
    await rename(part, copy)
  }
  const moved = (path: string) => join(copy, relative(installed.root, path))
  return {
    initdb: moved(installed.initdb),
    postgres: moved(installed.postgres),
    pgCtl: moved(installed.pgCtl),
    root: copy,
  }
}

async function reaches(path: string, account: Account): Promise<boolean> {
  try {
    await assertReachable(path, account)
    return true
  } catch (error) {
    if (error instanceof EmbeddedPostgresError) return false
    throw error
  }
}

/** Which build it is, so that an update is copied again. */
async function versionOf(root: string): Promise<string> {
  const manifest: unknown = JSON.parse(await readFile(join(dirname(root), 'package.json'), 'utf8'))
  const version =
    typeof manifest === 'object' && manifest !== null && 'version' in manifest ? manifest.version : ''
  return String(version)
}
