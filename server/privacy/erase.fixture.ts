import type { Colleague, Company } from '../../testing/company.ts'
import type { Hub } from '../../testing/hub.ts'
import type { ErasureEntry } from '../keys/index.ts'
import type { Organization } from '../organizations/organization.ts'
import { erase } from './erase.ts'
import { forgetWaiting } from './erase-waiting.ts'
import { readKeys } from './key-reading.ts'
import { entryOf, subjectOf } from './person-subject.ts'
import { sealedRows } from './sealed-rows.ts'
import type { Sealing } from './sealings.fixture.ts'

export const ada = '+442079460123'
export const ben = '+442079460124'
export const needles = ['Ada Lovelace', ada, '7946 0123', 'Ada wants the engine']

/** What somebody could still open who has all that was ever sealed, and both key folders as they are now. */
export async function openable(
  hub: Hub,
  acme: { id: string },
  sealings: readonly Sealing[],
): Promise<string[]> {
  const { keysFolder, keysCopyFolder, masterKey } = hub.app.settings
  const found: string[] = []
  for (const folder of [keysFolder, ...(keysCopyFolder === undefined ? [] : [keysCopyFolder])]) {
    const keys = await readKeys(folder, masterKey)
    for (const { place, plain, sealed } of sealings)
      if (needles.some((needle) => plain.includes(needle)) && keys.open(acme.id, place, sealed) !== undefined)
        found.push(`${place.table}.${place.column}`)
  }
  return found
}

/** Rows that nobody can open any more. */
export async function lost(hub: Hub, acme: { id: string }): Promise<string[]> {
  const keys = await readKeys(hub.app.settings.keysFolder, hub.app.settings.masterKey)
  return (await sealedRows(hub.app, hub.app.settings.dataFolder))
    .filter(({ organizationId }) => organizationId === acme.id)
    .flatMap(({ place, sealed }) =>
      keys.open(acme.id, place, sealed) === undefined ? [`${place.table}.${place.column}`] : [],
    )
}

export async function companyWithTwo(hub: Hub): Promise<{ acme: Company; colleague: Colleague }> {
  const acme = await hub.given.organization()
  await acme.given.person({ name: 'Ada Lovelace', number: '+44 20 7946 0123' })
  await acme.given.person({ name: 'Ben Barnaby', number: ben })
  return { acme, colleague: await acme.given.user({ extension: '21' }) }
}

export const parts = ({ app }: Hub) => ({
  ...app,
  forgetWaiting: (organization: Organization, entry: ErasureEntry) => forgetWaiting(app, organization, entry),
})

export async function eraseAda(hub: Hub, acme: { organization(): Promise<Organization> }): Promise<void> {
  const whole = await acme.organization()
  const subject = await subjectOf(whole, { number: ada })
  await erase(parts(hub), whole, await entryOf(whole, subject), {
    cause: 'page',
    persons: subject.persons,
  })
}
