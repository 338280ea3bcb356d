import { describe, expect } from 'vitest'
import { ringfence } from '../../testing/cli.ts'
import { itWithHub } from '../../testing/it.ts'
import { filledCompany } from './filled.fixture.ts'
import type { LiveCheck } from './live-check.ts'

const it = itWithHub()

describe('the check of a large installation', () => {
  it('GD-9 takes less than a minute over a million rows', async ({ hub }) => {
    const acme = await filledCompany(hub)
    // Copies of a row that is there: what is looked at is its form, not what it says.
    const [made] = await acme.query<{ count: number }>(
      `with made as (
         insert into persons select (jsonb_populate_record(null::persons, to_jsonb(one) ||
           jsonb_build_object('id', gen_random_uuid(), 'external_id', 'copy ' || n))).*
         from (select * from persons limit 1) one, generate_series(1, 1000000) n returning 1)
       select count(*)::int as count from made`,
    )
    expect(made?.count).toBe(1_000_000)
    const { out } = await ringfence(hub.env, 'policy', 'check', '--json')
    const { tookMs, results } = JSON.parse(out) as LiveCheck
    expect(results.filter(({ outcome }) => outcome === 'wrong')).toEqual([])
    process.stdout.write(`a million rows: ${tookMs} ms\n`)
    expect(tookMs).toBeLessThan(60_000)
  })
})
