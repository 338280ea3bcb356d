import { join } from 'node:path'
import { describe, expect } from 'vitest'
import { seedContacts } from '../../bench/seed-contacts.ts'
import { ringfence } from '../../testing/cli.ts'
import { it } from '../../testing/it.ts'
import { folder, manifestOf } from './archives.fixture.ts'
import type { Imported } from './import.ts'

const persons = 30_000
/** What Node needs for the program itself, and no room for 30,000 of anything beside it. */
const smallHeap = { NODE_OPTIONS: '--max-old-space-size=72' }

describe('an export and an import by command', () => {
  it('hold no more in memory than some rows, however many there are', async ({ hub }) => {
    const acme = await hub.given.organization()
    const organization = await acme.organization()
    const [row] = await acme.query<{ name: string }>('select current_database() as name')
    await seedContacts(hub.app.cluster.admin(row?.name ?? ''), organization, acme.crmId, persons)
    const env = { ...hub.env, ...smallHeap }
    const to = join(await folder(), 'archive')

    const exported = await ringfence(env, 'export', acme.name, '--to', to)
    expect(exported).toMatchObject({ status: 0, complaint: '' })
    expect(exported.out).toContain('personal data that anybody can read')
    expect((await manifestOf(to)).files.find(({ table }) => table === 'persons')?.rows).toBe(persons)

    const imported = await ringfence(env, 'import', to, '--as', 'Acme elsewhere', '--json')
    expect(imported).toMatchObject({ status: 0, complaint: '' })
    expect(JSON.parse(imported.out) as Imported).toMatchObject({
      name: 'Acme elsewhere',
      rows: { persons, person_numbers: persons },
      leftOut: { timeOver: 0, erased: 0, unknowable: 0, withThem: 0 },
    })

    const again = await ringfence(env, 'export', acme.name, '--to', to)
    expect(again).toMatchObject({ status: 1, out: '' })
    expect(again.complaint).toContain('not empty')
    const twice = await ringfence(env, 'export', 'nobody', '--to', join(to, 'x'))
    expect(twice.complaint).toContain('There is no such organization')
  })
})
