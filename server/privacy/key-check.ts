import type { Installation } from '../installation.ts'
import { hourClasses, hourKeyDiesAt } from '../keys/hours.ts'
import { hourOf } from '../keys/index.ts'
import { readKeys } from './key-reading.ts'

/** Older hours than this cannot be left: no key was ever made so far back. */
const looksBackHours = 24 * 400
/** Keys are destroyed with the sweep, every hour. */
const graceMs = 2 * 3_600_000

/** Keys of hours that should be destroyed, in the folder as it lies there now and in its copy. */
export async function deadKeys({
  settings,
  clock,
}: Pick<Installation, 'settings' | 'clock'>): Promise<string[]> {
  const now = clock.ms()
  const told: string[] = []
  for (const folder of [settings.keysFolder, settings.keysCopyFolder]) {
    if (folder === undefined) continue
    const keys = await readKeys(folder, settings.masterKey)
    for (const of of hourClasses) {
      let left = 0
      const current = hourOf(now)
      for (let hour = current - looksBackHours; hour < current; hour++)
        if (
          hourKeyDiesAt(of, hour) + graceMs < now &&
          keys.has('', { class: of, number: hour, generation: 0 })
        )
          left += 1
      const where = folder === settings.keysFolder ? 'the key folder' : 'the copy of the keys'
      if (left > 0) told.push(`${left} keys of a past ${of} are still in ${where}`)
    }
  }
  return told
}
