import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { describe, expect, inject } from 'vitest'
import { it } from '../../testing/it.ts'
import { rewriteOrganization } from './rewrite.ts'

describe('a rewrite', () => {
  it('takes the bytes of what was deleted, though somebody works in another database of the server', async ({
    hub,
  }) => {
    const acme = await hub.given.organization({
      persons: [{ name: 'Ada Lovelace', phones: [{ value: '+442079460123' }] }],
    })
    const size = async () =>
      (await acme.query<{ bytes: number }>(`select pg_relation_size('person_numbers')::int as bytes`))[0]
        ?.bytes
    const elsewhere = new pg.Client({ ...inject('postgres'), database: 'postgres' })
    await elsewhere.connect()
    await elsewhere.query('begin')
    await elsewhere.query('select pg_current_xact_id()')
    await acme.query('delete from person_numbers')

    const rewriting = rewriteOrganization(hub.app.cluster, await acme.organization(), ['person_numbers'])
    // While that goes on PostgreSQL would carry the row over; a rewrite that does not wait is long over by then.
    await Promise.race([rewriting, sleep(2_000)])
    await elsewhere.query('commit')
    await elsewhere.end()
    await rewriting

    expect(await size()).toBe(0)
  })
})
