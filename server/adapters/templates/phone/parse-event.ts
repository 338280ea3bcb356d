import type {
  AdapterParts,
  CallEvent,
  CallFacts,
  Direction,
  NumberContext,
  Outcome,
  Received,
} from 'ringfence/adapter'

const directions: Record<string, Direction> = { in: 'inbound', out: 'outbound', internal: 'internal' }
const outcomes: Record<string, Outcome> = { answered: 'answered', noanswer: 'missed', busy: 'busy' }

/** What Example Voice posts, in our words. What it does not say is left out; nothing is guessed. */
export function eventParser({ failed, parseReported, z }: AdapterParts) {
  // Only what is used is read: whatever else stands there is never kept. No text is longer than it has a right to be.
  const wireEvent = z.object({
    event: z.string().max(40),
    call: z.string().min(1).max(100),
    at: z.iso.datetime({ offset: true }),
    direction: z.string().max(20),
    from: z.string().max(100).nullish(),
    to: z.string().max(100).nullish(),
    extension: z.string().max(20).nullish(),
    result: z.string().max(40).nullish(),
    talkSeconds: z.number().int().min(0).max(1_000_000).nullish(),
  })

  function readWire(body: Buffer) {
    let parsed: unknown
    try {
      parsed = JSON.parse(body.toString('utf8'))
    } catch {
      // The parser's message quotes what it stumbled over: no text of others may get into an error.
      throw failed({ code: 'invalid-input', field: 'body', rule: 'JSON' })
    }
    const read = wireEvent.safeParse(parsed)
    if (read.success) return read.data
    const field = read.error.issues[0]?.path.join('.') || 'body'
    throw failed({ code: 'invalid-input', field, rule: 'an event of Example Voice' })
  }

  return (body: Buffer, numbers: NumberContext): Received => {
    const wire = readWire(body)
    const direction = directions[wire.direction]
    const party = (text: string) => parseReported(text, numbers)
    const facts: CallFacts = {
      ...(direction ? { direction } : {}),
      // A caller that is missing in an inbound call hid the number; elsewhere it is only not told.
      ...(wire.from || direction === 'inbound' ? { from: party(wire.from ?? '') } : {}),
      ...(wire.to ? { to: party(wire.to) } : {}),
    }
    // The key names the event within its call, so that a second copy of it changes nothing.
    const base = { call: wire.call, at: Date.parse(wire.at), facts }
    const key = `${wire.event} ${wire.extension ?? ''} ${wire.at}`
    const role = direction === 'outbound' ? ('caller' as const) : ('callee' as const)
    const legs = (kind: 'leg-ringing' | 'leg-joined'): CallEvent[] =>
      wire.extension
        ? [
            {
              ...base,
              key: `${key} leg`,
              kind,
              leg: { id: wire.extension, party: party(wire.extension), role },
            },
          ]
        : []
    switch (wire.event) {
      case 'ringing':
        return {
          status: 'events',
          events: [
            { ...base, key, kind: 'started' },
            ...legs(role === 'caller' ? 'leg-joined' : 'leg-ringing'),
          ],
        }
      case 'answered':
        return { status: 'events', events: [{ ...base, key, kind: 'answered' }, ...legs('leg-joined')] }
      case 'ended': {
        const outcome = outcomes[wire.result ?? '']
        const talk = typeof wire.talkSeconds === 'number' ? { talkSeconds: wire.talkSeconds } : {}
        return {
          status: 'events',
          events: [{ ...base, key, kind: 'ended', ...(outcome ? { outcome } : {}), ...talk }],
        }
      }
      default:
        // Acknowledged and counted: a new kind of event must not make it look broken.
        return { status: 'ignored', why: 'unknown-kind' }
    }
  }
}
