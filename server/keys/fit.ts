import { failed } from '../failure.ts'
import type { KeyRing } from './contract.ts'

/**
 * Refuses to work with databases that another ring, or a newer state of this ring, has sealed. An older copy put back
 * would bring destroyed keys to life again and lack the newest ones.
 *
 * @param ring the ring on disk, `undefined` when there is none
 * @param known what the control database remembers of its ring, `undefined` for a fresh one
 * @throws RingfenceError `setting`
 */
export function checkFit(
  ring: Pick<KeyRing, 'id' | 'version'> | undefined,
  known: { id: string; version: number } | undefined,
): void {
  if (!known) return
  if (!ring)
    refuse('The key folder is empty although the databases are sealed: put the newest keys back first.')
  if (ring.id !== known.id) {
    refuse('The key folder holds another key ring than the one that sealed the databases: put that one back.')
  }
  if (ring.version < known.version) {
    refuse(
      'The key folder holds an older copy of the key ring than the databases know: put the newest one back.',
    )
  }
}

function refuse(sentence: string): never {
  return failed({ code: 'setting', name: 'RINGFENCE_KEYS', sentence })
}
