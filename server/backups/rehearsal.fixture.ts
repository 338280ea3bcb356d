import type { Company } from '../../testing/company.ts'
import type { Hub } from '../../testing/hub.ts'
import { parts } from '../privacy/erase.fixture.ts'
import { erase } from '../privacy/erase.ts'
import { entryOf, subjectOf } from '../privacy/person-subject.ts'

export interface Fictional {
  name: string
  number: string
}

/** British cities whose numbers 496 0000 to 496 0999 Ofcom keeps for fiction. */
const cities = ['113', '114', '115', '116', '117', '118', '121', '131', '141', '151', '161']

export const people = (count: number): Fictional[] =>
  Array.from({ length: count }, (_, at) => ({
    name: `Fictional Person ${String(at).padStart(6, '0')}`,
    number: `+44${cities[Math.floor(at / 1_000)]}4960${String(at % 1_000).padStart(3, '0')}`,
  }))

export const inTheCrm = (all: readonly Fictional[]) =>
  all.map(({ name, number }) => ({ name, phones: [{ value: number, primary: true }] }))

/** Whom the mirror holds, by their names, opened with the keys there are. Who cannot be opened is there all the same. */
export async function namesIn(hub: Hub, acme: Company): Promise<Set<string>> {
  const { keys } = await hub.app.organizations.get(acme.id)
  const rows = await acme.query<{ id: string; name_sealed: Buffer }>('select id, name_sealed from persons')
  return new Set(
    rows.map(({ id, name_sealed }) =>
      keys.open({ table: 'persons', column: 'name_sealed', row: id }, name_sealed),
    ),
  )
}

/** Each by the way that a page or a command takes. */
export async function eraseAll(hub: Hub, acme: Company, whom: readonly Fictional[]): Promise<void> {
  const organization = await acme.organization()
  for (const { number } of whom) {
    const subject = await subjectOf(organization, { number })
    if (subject.persons.length !== 1) throw new Error('nobody has that number')
    await erase(parts(hub), organization, await entryOf(organization, subject), {
      cause: 'page',
      persons: subject.persons,
    })
  }
}
