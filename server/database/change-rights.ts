import type pg from 'pg'

/**
 * SQLSTATE of "tuple concurrently updated", and of a row of the catalogue that somebody else has just made: PostgreSQL has
 * no wait for two changes of one object's rights.
 */
const atTheSameMoment = ['XX000', '23505']

/**
 * Runs one `grant` or `revoke`, again when somebody changed the same object's rights at that moment: nodes that start
 * together all close the same databases, and one may be starting while another makes an organization.
 */
export async function changeRights(client: pg.Client, sql: string): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      await client.query(sql)
      return
    } catch (error) {
      if (tries === 20 || !atTheSameMoment.includes(String((error as { code?: unknown }).code))) throw error
    }
  }
}
