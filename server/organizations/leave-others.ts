import { Installations } from '../crms/installations.ts'
import { defaultPatienceMs, type LeaveParts, leaveCrms } from '../crms/leave-crms.ts'
import { ownAppOf } from '../crms/own-app.ts'
import type { Cluster } from '../database/cluster.ts'
import type { KeyRing } from '../keys/contract.ts'
import { leavePhonesInTime } from '../phones/disconnect.ts'
import type { LeavingParts } from '../phones/subscription.ts'
import type { LeftThere } from '../privacy/receipt-signing.ts'
import { Directories } from './directory.ts'
import type { Organization } from './organization.ts'

export type OthersParts = Omit<LeaveParts, 'installations'> &
  Omit<LeavingParts, 'directories'> & { cluster: Cluster; ring: KeyRing } & Pick<
    ConstructorParameters<typeof Installations>[0],
    'counters' | 'clock'
  >

/** Everything of ours that is at phone systems and CRMs now, by system. */
export async function thereIs(parts: OthersParts, organization: Organization): Promise<LeftThere[]> {
  const there = new Sums()
  for (const { crm } of await installationsOf(parts, organization).ofOrganization(organization.id))
    there.add(titleOf(parts.crms, crm), { users: 1, hooks: 0 })
  const { rows, phoneOf } = await connectionsOf(organization)
  for (const { adapter, hooks } of rows)
    if (hooks > 0) there.add(titleOf(parts.crms, adapter), { users: 0, hooks })
  for (const { connectionId, subscriptionIds } of await parts.accesses.ofOrganization(organization.id))
    there.add(titleOf(parts.phones, phoneOf(connectionId)), { users: 0, hooks: subscriptionIds.length })
  return there.list()
}

/**
 * Has phone systems and CRMs forget an organization while there is what is needed to ask them: subscriptions and hooks go,
 * grants are given back. Whoever does not answer in time, refuses or takes nothing back is no reason to wait.
 * @returns what may still be there
 */
export async function leaveOthers(parts: OthersParts, organization: Organization): Promise<LeftThere[]> {
  const patienceMs = parts.patienceMs ?? defaultPatienceMs
  const { accesses } = parts
  const phoneAccesses = new Map((await accesses.ofOrganization(organization.id)).map((one) => [one.id, one]))
  const { rows, phoneOf } = await connectionsOf(organization)
  const installations = installationsOf(parts, organization)
  const installed = new Set(
    (await installations.ofOrganization(organization.id)).map(({ connectionId }) => connectionId),
  )
  const [phones, crms] = await Promise.all([
    leavePhonesInTime({ ...parts, directories: new Directories(parts.phones) }, organization, patienceMs),
    leaveCrms({ ...parts, patienceMs, installations }, organization),
  ])
  const left = new Sums()
  for (const { crm, users, hooks } of crms) left.add(crm, { users, hooks })
  // Every grant was on its way back when it was cut off: nobody is left who could remove these.
  for (const { id, adapter, hooks } of rows)
    if (hooks > 0 && !installed.has(id)) left.add(titleOf(parts.crms, adapter), { users: 0, hooks })
  for (const [id, hooks] of phones)
    left.add(titleOf(parts.phones, phoneOf(phoneAccesses.get(id)?.connectionId ?? '')), { users: 0, hooks })
  return left.list()
}

/**
 * What may still be there of all that was there once, when of what is there now only `left` could not be ended: what was
 * tried before, and of which it is not known what came of it, counts as left.
 */
export function stillThere(of: {
  once: readonly LeftThere[]
  now: readonly LeftThere[]
  left: readonly LeftThere[]
}): LeftThere[] {
  const countsIn = (list: readonly LeftThere[], system: string) =>
    list.find((one) => one.system === system) ?? { users: 0, hooks: 0 }
  return of.once
    .map(({ system, users, hooks }) => {
      const [now, left] = [countsIn(of.now, system), countsIn(of.left, system)]
      const rest = (once: number, was: number, stays: number) => Math.max(0, once - Math.max(0, was - stays))
      return {
        system,
        users: rest(users, now.users, left.users),
        hooks: rest(hooks, now.hooks, left.hooks),
      }
    })
    .filter(({ users, hooks }) => users + hooks > 0)
}

/** With the app's own credentials of this organization, which nobody else can ask for any more. */
const installationsOf = (parts: OthersParts, organization: Organization): Installations =>
  new Installations({ ...parts, appOf: ({ connectionId }) => ownAppOf(organization, connectionId) })

async function connectionsOf(organization: Organization) {
  const rows = await organization.transaction(
    (db) =>
      db.rows<{ id: string; adapter: string; hooks: number }>(
        'select id, adapter, cardinality(hook_ids) as hooks from connections order by created_at, id',
      ),
    'connect the systems',
  )
  return { rows, phoneOf: (id: string) => rows.find((row) => row.id === id)?.adapter ?? '' }
}

const titleOf = (systems: ReadonlyMap<string, { title: string }>, name: string): string =>
  systems.get(name)?.title ?? name

class Sums {
  readonly #of = new Map<string, { users: number; hooks: number }>()

  add(system: string, more: { users: number; hooks: number }): void {
    const { users, hooks } = this.#of.get(system) ?? { users: 0, hooks: 0 }
    this.#of.set(system, { users: users + more.users, hooks: hooks + more.hooks })
  }

  list(): LeftThere[] {
    return [...this.#of].map(([system, counts]) => ({ system, ...counts }))
  }
}
