import { readFileSync, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'

const memory = '/dev/shm'
/** A whole run needs a few hundred megabytes at a time; where less than this is free, memory is short. */
const enoughBytes = 4 * 1024 ** 3

/**
 * Where installations of tests lie: in memory where there is plenty of it. PostgreSQL makes some hundred files for each
 * database, and each test founds an organization of its own: on a disk that is most of what making one costs.
 */
export const scratchFolder = inMemory() ? memory : tmpdir()

function inMemory(): boolean {
  try {
    const mount = readFileSync('/proc/mounts', 'utf8')
      .split('\n')
      .find((line) => line.split(' ')[1] === memory)
    // As root PostgreSQL's programs may have to be copied beside its data, and run from there (embedded-reach.ts).
    if (mount === undefined || mount.split(' ')[3]?.split(',').includes('noexec')) return false
    const { bavail, bsize } = statfsSync(memory)
    return bavail * bsize >= enoughBytes
  } catch {
    return false // another system than Linux
  }
}
