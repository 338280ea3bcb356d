/**
 * Tables in an order in which they can be filled: each after those its rows name. A table that names itself, or one that is
 * not among them, waits for nobody.
 * @throws Error when tables name each other in a circle
 */
export function parentsFirst<Table extends { name: string }>(
  tables: readonly Table[],
  parentsOf: (table: Table) => readonly string[],
): Table[] {
  const ordered: Table[] = []
  const waiting = new Map(tables.map((table) => [table.name, table]))
  while (waiting.size > 0) {
    const free = [...waiting.values()].filter((table) =>
      parentsOf(table).every((parent) => parent === table.name || !waiting.has(parent)),
    )
    if (free.length === 0) throw new Error('tables name each other in a circle: no order fills them')
    for (const table of free) {
      waiting.delete(table.name)
      ordered.push(table)
    }
  }
  return ordered
}
