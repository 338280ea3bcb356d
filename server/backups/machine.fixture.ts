import { mkdtempSync } from 'node:fs'
import { cp, mkdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Company } from '../../testing/company.ts'
import type { Hub } from '../../testing/hub.ts'
import { declarationsHere } from '../privacy/policy-here.ts'
import { readSettings, type Settings } from '../settings.ts'
import { makeBackup } from './make.ts'
import { type Restored, type RestoreWish, restore } from './restore.ts'

/** A folder for the second copy of the keys, which has to be there before the first start. */
export function copyFolder(): string {
  return mkdtempSync(join(tmpdir(), 'ringfence-test-keys-copy-'))
}

const settingsOf = (hub: Hub): Settings => readSettings(hub.env)

export const backUp = (hub: Hub, organizationId?: string) =>
  makeBackup(hub.app, { to: hub.app.settings.backupsFolder, organizationId })

export async function restoreHere(hub: Hub, wish: Partial<RestoreWish> = {}): Promise<Restored> {
  const settings = settingsOf(hub)
  return restore(settings, await declarationsHere(settings), {
    from: settings.backupsFolder,
    replace: false,
    ...wish,
  })
}

/** Everything is lost but the backups and the second copy of the keys: databases, roles, data folder, keys. */
export async function loseMachine(hub: Hub): Promise<void> {
  const { databases } = hub
  const names = (await databases.organizations()).map(({ database_name }) => database_name)
  for (const name of names) {
    await databases.in('postgres', `drop database ${name} with (force)`)
    for (const role of ['app', 'officer', 'owner'])
      await databases.in('postgres', `drop role ${name}_${role}`)
  }
  await databases.in('postgres', `drop database ${databases.control} with (force)`)
  await databases.in('postgres', `create database ${databases.control}`)
  await databases.close()
  const { dataFolder, keysFolder } = settingsOf(hub)
  await rm(dataFolder, { recursive: true, force: true })
  await rm(keysFolder, { recursive: true, force: true })
}

/** Sessions are not restored: whoever worked here signs in anew. */
export async function signInAgain(hub: Hub, companies: readonly Company[]): Promise<void> {
  await hub.signInOperator(hub.operator)
  for (const { admin } of companies) await admin.client.signIn('/apps/pipedrive/install', admin.vendorId)
}

export async function copyOfFolder(from: string, to: string): Promise<string> {
  await mkdir(to, { recursive: true })
  await cp(from, to, { recursive: true })
  return to
}
