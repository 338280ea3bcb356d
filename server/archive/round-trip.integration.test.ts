import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect } from 'vitest'
import type { Hub } from '../../testing/hub.ts'
import { it } from '../../testing/it.ts'
import { retentionOf, sealFacts } from '../calls/call-record.ts'
import { storeCompanies, storeContacts } from '../contacts/store-contacts.ts'
import { userIdOf } from '../crms/uninstall.ts'
import { hourOf } from '../keys/index.ts'
import type { Organization } from '../organizations/organization.ts'
import { exported, imported, readArchive, withoutIds } from './archives.fixture.ts'

/** What stands in no ordinary row: empty, right to left, beyond the basic plane, separators of lines, very long. */
const odd = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    '🎉👩‍👩‍👧',
    'مرحبا',
    '‮evil‬',
    'a\u2028b\u2029c',
    'line\nfeed\r\ttab',
    '"\\"',
    '{"a":1}',
    '123',
    'null',
  ),
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc.constantFrom('x', 'ř', '🎉').map((one) => one.repeat(10_000 / one.length)),
)
/** What a text column of PostgreSQL takes. */
const stored = odd.map((text) => text.replaceAll('\0', '')).filter((text) => text.isWellFormed())
const number = fc.oneof(
  fc.record({
    kind: fc.constant('e164'),
    e164: fc.integer({ min: 100_000, max: 999_999 }).map((n) => `+420601${n}`),
  }),
  fc.constant({ kind: 'withheld' }),
  fc.record({ kind: fc.constant('extension'), digits: fc.constantFrom('0', '21', '*9#') }),
  fc.constant({ kind: 'malformed' }),
)
/** Milliseconds before now, often at a border of an hour. */
const ago = fc.oneof(
  fc.integer({ min: 1, max: 20 * 3_600_000 }),
  fc
    .tuple(fc.integer({ min: 1, max: 20 }), fc.constantFrom(-1, 0, 1))
    .map(([hours, off]) => ({ hours, off })),
)

const call = fc.record({
  ago,
  isOver: fc.boolean(),
  from: number,
  note: fc.option(odd, { nil: undefined }),
  vendorCall: fc.option(fc.uuid(), { nil: undefined }),
  legId: fc.constantFrom('1', 'at', 'startedAt', '__proto__', 'value'),
  rang: fc.uniqueArray(fc.constantFrom('21', '*9#', '0')),
  reason: fc.option(stored, { nil: null }),
})
const contact = fc.record({
  externalId: fc.uuid(),
  name: odd,
  numbers: fc.array(fc.constantFrom('602 123 456', '+44 20 7946 0123', '12', 'call me', '020 7946 0123'), {
    maxLength: 3,
  }),
  shared: fc.boolean(),
  updatedAt: fc
    .date({ min: new Date(0), max: new Date('2099-12-31'), noInvalidDate: true })
    .map((at) => at.toISOString()),
})
const organizationOf = fc.record({
  calls: fc.uniqueArray(call, { maxLength: 12, selector: (one) => one.vendorCall ?? Math.random() }),
  contacts: fc.uniqueArray(contact, { maxLength: 12, selector: ({ externalId }) => externalId }),
  companies: fc.array(fc.record({ externalId: fc.uuid(), name: odd }), { maxLength: 4 }),
  leftOut: fc.array(fc.record({ typed: odd, e164: fc.constant('+420601999999') }), { maxLength: 3 }),
  userNames: fc.array(odd, { maxLength: 3 }),
})
type Content = typeof organizationOf extends fc.Arbitrary<infer T> ? T : never

const instantOf = (now: number, back: Content['calls'][number]['ago']): number =>
  typeof back === 'number' ? now - back : (hourOf(now) - back.hours) * 3_600_000 + back.off

async function organizationWith(hub: Hub, content: Content): Promise<Organization> {
  const made = await hub.app.organizations.create({ name: 'Odd', country: 'CZ', timeZone: 'Europe/Prague' })
  const [crm, phone] = [randomUUID(), randomUUID()]
  await made.keys.makeMirror(crm)
  const numbers = { country: made.country }
  const mirror = { connectionId: crm, keys: made.keys, numbers }
  const now = Date.now()
  await made.transaction(async (db) => {
    await db.rows(
      `insert into connections (id, side, adapter, mirror_state) values ($1, 'crm', 'pipedrive', 'complete'), ($2, 'phone', 'optimcall', 'not-started')`,
      [crm, phone],
    )
    await storeContacts(db, mirror, content.contacts)
    await storeCompanies(db, mirror, content.companies)
    for (const [at, name] of content.userNames.entries()) {
      const id = userIdOf(made, crm, String(at))
      const sealed = made.keys.seal({ table: 'users', column: 'name_sealed', row: id }, name, {
        by: 'organization',
      })
      await db.rows(
        'insert into users (id, connection_id, external_id, name_sealed) values ($1, $2, $3, $4)',
        [id, crm, String(at), sealed],
      )
    }
    const rules = randomUUID()
    const list = made.keys.seal(
      { table: 'rules', column: 'numbers_sealed', row: rules },
      JSON.stringify(content.leftOut),
      { by: 'organization' },
    )
    await db.rows('insert into rules (id, connection_id, numbers_sealed) values ($1, $2, $3)', [
      rules,
      crm,
      list,
    ])
    for (const one of content.calls) {
      const id = randomUUID()
      const at = instantOf(now, one.ago)
      const weighed = <T>(value: T) => ({ value, stage: 1, at })
      const facts = {
        knowledge: {
          firstAt: at,
          facts: { direction: weighed('inbound'), from: weighed(one.from), startedAt: weighed(at) },
          legs: JSON.parse(
            `{${JSON.stringify(one.legId)}: ${JSON.stringify({ who: weighed({ party: one.from, role: 'caller' }), joinedAt: at })}}`,
          ),
          ...(one.isOver ? { end: weighed({ outcome: 'missed' }) } : {}),
        },
        firstArrival: at,
        ...(one.isOver ? { endBase: at } : {}),
        ...(one.vendorCall === undefined ? {} : { vendorCall: one.vendorCall }),
      } as never
      const { expiresAt, key } = retentionOf(facts)
      const isNumber = one.from.kind === 'e164' && 'e164' in one.from
      await db.rows(
        `insert into calls (id, connection_id, state, rang, remote_hash, facts_sealed, last_event_at, expires_at) values ($1, $2, $3, $4, $5, $6, $7, $8)`,
        [
          id,
          phone,
          one.isOver ? 'ended' : 'ringing',
          one.rang,
          isNumber ? made.keys.hash('call number', String((one.from as { e164: string }).e164)) : null,
          sealFacts(made, id, facts),
          new Date(at),
          expiresAt,
        ],
      )
      const note =
        one.note === undefined
          ? null
          : made.keys.seal(
              { table: 'call_notes', column: 'note_sealed', row: id },
              JSON.stringify({ text: one.note }),
              key,
            )
      await db.rows('insert into call_notes (id, note_sealed, reason, expires_at) values ($1, $2, $3, $4)', [
        id,
        note,
        one.reason,
        expiresAt,
      ])
    }
  }, 'owner')
  return made
}

describe('whatever an organization holds', () => {
  it('comes back as it was', async ({ hub }) => {
    await hub.app.ring.tendHours(new Date(), 72, { everyLiving: true })
    await fc.assert(
      fc.asyncProperty(organizationOf, async (content) => {
        const before = await organizationWith(hub, content)
        const from = await exported(hub, before)
        const { whole, leftOut } = await imported(hub, from)
        const sent = await readArchive(from)
        expect(leftOut).toEqual({ timeOver: 0, erased: 0, unknowable: 0, withThem: 0 })
        expect(withoutIds(await readArchive(await exported(hub, whole)))).toEqual(withoutIds(sent))
        // what was exported is what was there, not only the same twice
        const names = (table: string) => (sent.lines.get(table) ?? []).map(({ name }) => name).sort()
        expect(names('persons')).toEqual(content.contacts.map(({ name }) => name).sort())
        expect(names('users')).toEqual([...content.userNames].sort())
        const notes = (sent.lines.get('call_notes') ?? []).flatMap(
          ({ note }) => (note as { text: string } | null)?.text ?? [],
        )
        expect(notes.sort()).toEqual(content.calls.flatMap(({ note }) => note ?? []).sort())
        await hub.app.organizations.delete(before.id)
        await hub.app.organizations.delete(whole.id)
      }),
      { numRuns: 3, endOnFailure: true }, // each makes two databases: too slow to shrink,
    )
  })
})
