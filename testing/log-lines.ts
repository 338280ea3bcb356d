/** One line of a node's log. */
export type LogLine = { time: string; level: string; event: string } & Record<string, unknown>

/** What the nodes of a test said. */
export class LogLines {
  /** as written, for searching what must not be there */
  readonly raw: string[] = []

  readonly write = (line: string): void => {
    this.raw.push(line)
    // Who runs it loses a field; who tests it has to declare the field or leave it out.
    if (line.startsWith('{') && 'refused' in JSON.parse(line))
      throw new Error(`a field of this line is not declared in policy/fields.ts: ${line}`)
  }

  /** Lines of that event, parsed. */
  of(event: string): LogLine[] {
    return this.lines().filter((line) => line.event === event)
  }

  /** Defects: what nobody expected. */
  errors(): LogLine[] {
    return this.lines().filter((line) => line.level === 'error')
  }

  lines(): LogLine[] {
    return this.raw.flatMap((line) => (line.startsWith('{') ? [JSON.parse(line) as LogLine] : []))
  }
}
