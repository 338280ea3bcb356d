import { randomUUID } from 'node:crypto'
import { failed } from '../failure.ts'
import { readAddress } from '../mail/index.ts'
import type { Organization } from '../organizations/organization.ts'

const most = 5
const placeOf = (row: string) => ({ table: 'notice_contacts', column: 'address_sealed', row })

/** Where an organization wants to be told, in the order in which it was entered. */
export async function noticeContacts(
  organization: Organization,
  purpose: 'tell of a breach' | 'tell of a new policy' | 'keep records',
): Promise<string[]> {
  const rows = await organization.transaction(
    (db) =>
      db.rows<{ id: string; address_sealed: Buffer }>(
        'select id, address_sealed from notice_contacts order by created_at, id',
      ),
    purpose,
  )
  return rows.map(({ id, address_sealed }) => organization.keys.open(placeOf(id), address_sealed))
}

/** Puts these in the place of those there were. @throws RingfenceError `invalid-input` */
export async function setNoticeContacts(
  organization: Organization,
  addresses: readonly string[],
): Promise<void> {
  const read = [...new Set(addresses.map(readAddress))]
  if (read.length > most) failed({ code: 'invalid-input', field: 'addresses', rule: `at most ${most}` })
  await organization.transaction(async (db) => {
    db.send('delete from notice_contacts')
    for (const [at, address] of read.entries()) {
      const id = randomUUID()
      db.send(
        `insert into notice_contacts (id, address_sealed, created_at)
         values ($1, $2, ringfence.now() + make_interval(secs => $3::float8 / 1000))`,
        [id, organization.keys.seal(placeOf(id), address, { by: 'organization' }), at],
      )
    }
  }, 'tell of a breach')
}
