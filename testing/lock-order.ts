import pg from 'pg'

/**
 * Watches every transaction of the servers in this process and tells which of them locks something before what it hangs on
 * (docs/the-order-of-locks.md). That two of them meet is rare; in which order each takes its locks is the same every time.
 *
 * What it knows is the text of the statements, so it sees tables and not rows: that the right call was locked is for who
 * reads. A lock that PostgreSQL takes by itself for a foreign key is not looked at: it stands in nobody's way who keeps to
 * the order.
 */

/** What hangs on a row of these, and is written or locked by several transactions that may meet. */
export const heads: Readonly<Record<string, readonly string[]>> = {
  calls: ['call_logs', 'call_notes', 'call_deals', 'live_calls', 'recordings', 'follow_ups'],
  users: ['user_extensions', 'phone_people', 'dial_counts'],
  corrections: ['correction_changes', 'correction_recipients'],
  connections: ['delivery_counts', 'allowance_spent', 'allowance_days'],
}

/** Tables of which a statement locks rows, or all of it, in the order in which it names them. */
export function lockedBy(sql: string): string[] {
  const found: string[] = []
  const words =
    /\b(?:insert into|delete from|update(?! set\b|;)|lock table|for (?:no key )?(?:update|share)|for key share)\b/g
  for (const { 0: word, index } of sql.matchAll(words)) {
    const rest = sql.slice(index + word.length)
    if (word === 'lock table')
      found.push(...(/^([\w, ]+?) in /.exec(rest)?.[1] ?? '').split(',').map((one) => one.trim()))
    else if (word.startsWith('for '))
      found.push(tableLocked(sql.slice(0, index), /^ of (\w+)/.exec(rest)?.[1]))
    else found.push(/^\s+(\w+)/.exec(rest)?.[1] ?? '')
  }
  return found.filter((table) => table !== '')
}

/** Of a locking select: the table of that alias, or the one of its own `from`. */
function tableLocked(text: string, alias: string | undefined): string {
  let before = text
  for (let closed = ''; closed !== before; ) {
    closed = before
    before = closed.replaceAll(/\([^()]*\)/g, '') // selects within it
  }
  const sources = [...before.matchAll(/\b(?:from|join)\s+(\w+)(?:\s+(?:as\s+)?(\w+))?/g)]
  if (alias !== undefined) return sources.find(([, table, as]) => as === alias || table === alias)?.[1] ?? ''
  return sources.findLast(([word]) => word.startsWith('from'))?.[1] ?? ''
}

/** What the transaction does against the order; undefined: nothing. */
export function againstOrder(statements: readonly string[]): string | undefined {
  const locked = new Set<string>()
  for (const table of statements.flatMap(lockedBy)) {
    for (const [head, hanging] of Object.entries(heads)) {
      const early = hanging.filter((one) => locked.has(one) && !locked.has(head))
      if (table === head && early.length > 0) return `${early} before ${head}`
      if (hanging.includes(table) && early.some((one) => one !== table))
        return `${early} and ${table} without ${head}`
    }
    locked.add(table)
  }
  return undefined
}

const found = new Map<string, readonly string[]>()

/** Each way once, with the statements. @returns what was found since it was asked last */
export function takeAgainstOrder(): string[] {
  const told = [...found].map(([what, statements]) => `${what}:\n  ${statements.join('\n  ')}`)
  found.clear()
  return told
}

let watching = false

/** Listens in on the connections of the product: those of tests have no pipeline. */
export function watchLocks(): void {
  if (watching) return
  watching = true
  const under = new WeakMap<pg.Client, string[]>()
  const { query } = pg.Client.prototype
  const watched = function (this: pg.Client & { pipeline?: boolean }, ...given: unknown[]): unknown {
    const [first] = given
    const sql = typeof first === 'string' ? first : ((first as { text?: string } | undefined)?.text ?? '')
    if (this.pipeline) listen(under, this, sql)
    return Reflect.apply(query, this, given)
  }
  pg.Client.prototype.query = watched as typeof query
}

function listen(under: WeakMap<pg.Client, string[]>, client: pg.Client, sql: string): void {
  if (/^begin\b/.test(sql)) under.set(client, [])
  else if (sql !== 'commit') under.get(client)?.push(sql)
  else {
    const statements = under.get(client) ?? []
    const what = againstOrder(statements)
    if (what !== undefined) found.set(what, statements)
  }
}
