import { declarations } from '../../policy/index.ts'
import type { Hub } from '../../testing/hub.ts'
import { chosenIn, noticeOf } from './notice-of.ts'

interface Held {
  id: string
  query(sql: string): Promise<object[]>
}

/** The columns that hold something of this organization although the notice of its app does not tell of their kind (PD-10). */
export async function untold(hub: Hub, held: Held, app: string): Promise<string[]> {
  const policy = await hub.app.policies.read()
  const choice = policy && chosenIn(policy, app)
  if (!choice) throw new Error(`no notice of ${app}`)
  const blocks = noticeOf(policy.texts.en, choice).sections.flatMap((section) => section.blocks)
  const told = new Set(blocks.flatMap((block) => ('kind' in block ? [block.kind.kind] : [])))
  const columnsOf = (isTold: boolean) =>
    declarations
      .filter(({ kind, database }) => told.has(kind) === isTold && database !== 'data folder')
      .flatMap(({ columns, database }) => Object.keys(columns).map((column) => `${database} ${column}`))
  const shared = new Set(columnsOf(true))
  const left = columnsOf(false).filter((column) => !shared.has(column))
  if (left.length === 0) throw new Error(`the notice of ${app} leaves nothing out`)
  const holding: string[] = []
  for (const column of left) {
    const [database, name = ''] = column.split(' ')
    const table = name.split('.')[0]
    const sql = `select 1 from ${table} where ${name} is not null`
    const rows =
      database === 'organization'
        ? await held.query(`${sql} limit 1`)
        : await hub.control(`${sql} and organization_id = $1 limit 1`, [held.id])
    if (rows.length > 0) holding.push(name)
  }
  return holding
}
