export interface StreamEvent {
  event: string
  data: string
}

/**
 * Reads server-sent events out of text that arrives in pieces of any size (WHATWG HTML, "Server-sent events").
 * Comments and fields we have no use for (`id`, `retry`) are skipped; an event without data is no event.
 */
export function eventParser(): (text: string) => StreamEvent[] {
  let rest = ''
  let event = ''
  let data: string[] = []

  const field = (line: string): void => {
    const colon = line.indexOf(':')
    const name = colon === -1 ? line : line.slice(0, colon)
    const value = colon === -1 ? '' : line.slice(colon + 1).replace(/^ /, '')
    if (name === 'event') event = value
    if (name === 'data') data.push(value)
  }

  return (text) => {
    const complete: StreamEvent[] = []
    const lines = (rest + text).split('\n')
    rest = lines.pop() ?? ''
    for (const raw of lines) {
      const line = raw.endsWith('\r') ? raw.slice(0, -1) : raw
      if (line !== '') {
        field(line)
        continue
      }
      if (data.length > 0) complete.push({ event: event === '' ? 'message' : event, data: data.join('\n') })
      event = ''
      data = []
    }
    return complete
  }
}
