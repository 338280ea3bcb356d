import type { Installation } from '../installation.ts'
import { underErasureLock } from './erase-order.ts'
import { type HeldKeys, readKeys } from './key-reading.ts'

type Parts = Pick<Installation, 'settings' | 'cluster' | 'organizations'>

/**
 * Keys of whom there is nothing left: of an organization that was deleted, of a mirror whose company has gone, and those that an
 * erasure has replaced and not destroyed.
 * @param folder RINGFENCE_KEYS or its copy, named as `where`
 */
export async function orphanKeys(
  parts: Parts,
  { folder, where }: { folder: string; where: string },
): Promise<string[]> {
  const held = async () => (await readKeys(folder, parts.settings.masterKey)).held
  const look = () => orphansAmong(parts, held, where)
  const told = await look()
  if (told.length === 0) return []
  // One that is just being made or removed is seen between its keys and its row once, and not again.
  const again = await look()
  return told.filter((sentence) => again.includes(sentence))
}

async function orphansAmong(
  parts: Parts,
  read: () => Promise<readonly HeldKeys[]>,
  where: string,
): Promise<string[]> {
  const held = await read()
  const states = await parts.cluster.control.transaction((db) =>
    db.rows<{ id: string; state: string }>('select id, state from organizations order by id'),
  )
  const stateOf = new Map(states.map(({ id, state }) => [id, state]))
  const told: string[] = []
  for (const { organizationId: id, mirrors, retiring } of held) {
    const state = stateOf.get(id)
    if (state === undefined || state === 'ended')
      told.push(`keys of organization ${id}, of which there is nothing left, are in ${where}`)
    if (state !== 'active') continue
    if (mirrors.length > 0) {
      const organization = await parts.organizations.get(id)
      const living = await organization.transaction(
        (db) =>
          db.rows<{ id: string }>(
            `select id from connections where side = 'crm' and mirror_state <> 'not-started' order by id`,
          ),
        'owner',
      )
      for (const mirror of mirrors)
        if (!living.some((one) => one.id === mirror))
          told.push(`keys of a mirror that has ended are in ${where}, organization ${id}`)
    }
    // Whoever erases just now holds the lock, and destroys them before they give it back.
    const left = () =>
      underErasureLock(parts.cluster, id, async () =>
        (await read()).some((one) => one.organizationId === id && one.retiring),
      )
    if (retiring && (await left()))
      told.push(`keys that were replaced are in ${where} still, organization ${id}`)
  }
  return told
}
