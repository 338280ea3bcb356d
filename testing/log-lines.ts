/** One line of a node's log. */
export type LogLine = { time: string; level: string; event: string } & Record<string, unknown>

/** What the nodes of a test said. */
export class LogLines {
  /** as written, for searching what must not be there */
  readonly raw: string[] = []

  readonly write = (line: string): void => {
    this.raw.push(line)
    // Who runs it loses a field or a header; who tests it has to declare that or leave it out.
    if (!line.startsWith('{')) return
    const said = JSON.parse(line) as LogLine
    if ('refused' in said)
      throw new Error(`a field of this line is not declared in policy/fields.ts: ${line}`)
    if (said.event === 'header-undeclared')
      throw new Error(`a header of this route is not declared in server/http/answers.ts: ${line}`)
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
