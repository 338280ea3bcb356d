import type { Installation } from '../installation.ts'
import { hourClasses, hourKeyDiesAt } from '../keys/hours.ts'
import { hourOf } from '../keys/index.ts'
import { readKeys } from './key-reading.ts'
import { orphanKeys } from './orphan-keys.ts'

/** Older hours than this cannot be left: no key was ever made so far back. */
const looksBackHours = 24 * 400
/** Keys are destroyed with the sweep, every hour. */
const graceMs = 2 * 3_600_000

/** Keys that should be destroyed, in the folder as it lies there now and in its copy. */
export async function deadKeys(
  parts: Pick<Installation, 'settings' | 'clock' | 'cluster' | 'organizations'>,
): Promise<string[]> {
  const { settings, clock } = parts
  const now = clock.ms()
  const told: string[] = []
  for (const folder of [settings.keysFolder, settings.keysCopyFolder]) {
    if (folder === undefined) continue
    const keys = await readKeys(folder, settings.masterKey)
    const where = folder === settings.keysFolder ? 'the key folder' : 'the copy of the keys'
    for (const of of hourClasses) {
      let left = 0
      const current = hourOf(now)
      for (let hour = current - looksBackHours; hour < current; hour++)
        if (
          hourKeyDiesAt(of, hour) + graceMs < now &&
          keys.has('', { class: of, number: hour, generation: 0 })
        )
          left += 1
      if (left > 0) told.push(`${left} keys of a past ${of} are still in ${where}`)
    }
    told.push(...(await orphanKeys(parts, { folder, where })))
  }
  return told
}
