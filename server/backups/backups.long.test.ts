import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, describe, expect } from 'vitest'
import { tablesWith } from '../../testing/everything.ts'
import { itWithHub } from '../../testing/it.ts'
import { organizationFile } from './folder.ts'
import { backUp, copyFolder, loseMachine, restoreHere, signInAgain } from './machine.fixture.ts'
import { eraseAll, inTheCrm, namesIn, people } from './rehearsal.fixture.ts'

const keysCopy = copyFolder()
const it = itWithHub({ env: { RINGFENCE_KEYS_COPY: keysCopy } })
afterAll(() => rm(keysCopy, { recursive: true, force: true }))

describe('a backup', () => {
  it('OC-10, OP-6, L-E.3, L-32.3 restored on an empty machine shows none of 250 erased among 10,000', async ({
    hub,
  }) => {
    const told = people(10_000)
    const acme = await hub.given.organization({ persons: inTheCrm(told) })
    await backUp(hub)
    const erased = told.filter((_, at) => at % 40 === 0)
    await eraseAll(hub, acme, erased)
    await hub.restart(async () => {
      await loseMachine(hub)
      expect(await restoreHere(hub)).toMatchObject({ keysFromCopy: true, erasures: erased.length })
    })
    await signInAgain(hub, [acme])
    await acme.mirrorComplete()
    const left = told.filter((_, at) => at % 40 !== 0)
    expect(await namesIn(hub, acme)).toEqual(new Set(left.map(({ name }) => name)))
    const needles = erased.flatMap(({ name, number }) => [name, number])
    expect(await tablesWith(hub, needles)).toEqual([])
  })

  it('holds nothing of a large database in memory, neither made nor restored', async ({ hub }) => {
    const acme = await hub.given.organization({ set: 'connected' })
    await acme.query(
      `insert into companies (id, connection_id, external_id, bucket, name_sealed)
       select gen_random_uuid(), $1, n::text, 0, decode(repeat(md5(n::text), 1000), 'hex') from generate_series(1, 25000) n`,
      [acme.crmId],
    )
    const sum = `select count(*)::int as rows, md5(string_agg(md5(name_sealed), '' order by external_id)) as bytes from companies`
    const before = await acme.query(sum)

    const memory = watchMemory()
    const { path } = await backUp(hub, acme.id)
    expect((await stat(join(path, organizationFile(acme.id)))).size).toBeGreaterThan(400_000_000)
    expect(memory.most()).toBeLessThan(200_000_000)
    await hub.restart(async () => {
      await restoreHere(hub, { from: path, organizationId: acme.id, replace: true })
      await hub.databases.close()
      expect(memory.most()).toBeLessThan(200_000_000)
      expect(await acme.query(sum)).toEqual(before)
      await acme.query('delete from companies') // nobody sealed them, and no start would have them
    })
    memory.end()
    await hub.signInOperator(hub.operator)
  })

  it('of an earlier release is restored and brought up to date', async ({ hub }) => {
    const acme = await hub.given.organization({ set: 'connected' })
    const [last = ''] = (await readdir('server/database/organization')).filter((name) =>
      name.endsWith('restores.sql'),
    )
    await acme.query('drop table restores')
    await acme.query('delete from schema_migrations where name = $1', [last])
    const { path } = await backUp(hub, acme.id)
    await hub.restart(async () => {
      await restoreHere(hub, { from: path, organizationId: acme.id, replace: true })
      await hub.databases.close()
      expect(await acme.query('select name from schema_migrations where name = $1', [last])).toHaveLength(1)
      expect(await acme.query('select taken_at from restores')).toHaveLength(1)
      expect(await acme.query('select id from connections order by id')).toHaveLength(2)
    })
    await hub.signInOperator(hub.operator)
  })
})

function watchMemory(): { most(): number; end(): void } {
  const idle = process.memoryUsage().rss
  let most = 0
  const timer = setInterval(() => {
    most = Math.max(most, process.memoryUsage().rss - idle)
  }, 20)
  return { most: () => most, end: () => clearInterval(timer) }
}
