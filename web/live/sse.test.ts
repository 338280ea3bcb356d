import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { eventParser } from './sse.ts'

const stream =
  ': heartbeat\n\nevent: hello\ndata: {}\n\nevent: call\r\ndata: {"a":1,\r\ndata: "b":2}\r\n\r\nid: 4\n\n'
const expected = [
  { event: 'hello', data: '{}' },
  { event: 'call', data: '{"a":1,\n"b":2}' },
]

describe('the live stream', () => {
  it('is read whatever the size of its pieces', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(stream.length)), (cuts) => {
        const read = eventParser()
        const edges = [0, ...cuts.sort((a, b) => a - b), stream.length]
        const events = edges.slice(1).flatMap((end, index) => read(stream.slice(edges[index], end)))
        expect(events).toEqual(expected)
      }),
    )
  })
  it('gives nothing for an event whose end has not come', () => {
    expect(eventParser()('event: call\ndata: {}\n')).toEqual([])
  })
})
