import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clientFrame, FrameReader, opcodes } from './frames.ts'

/** As a server sends it: unmasked. */
function serverFrame(opcode: number, body: Buffer, final = true): Buffer {
  const first = Buffer.of((final ? 0x80 : 0) | opcode)
  if (body.length < 126) return Buffer.concat([first, Buffer.of(body.length), body])
  const length = Buffer.alloc(body.length < 65_536 ? 3 : 9)
  length[0] = length.length === 3 ? 126 : 127
  if (length.length === 3) length.writeUInt16BE(body.length, 1)
  else length.writeBigUInt64BE(BigInt(body.length), 1)
  return Buffer.concat([first, length, body])
}

describe('frames of a WebSocket', () => {
  it('are the same in whatever pieces they come', () => {
    const message = fc.record({ final: fc.boolean(), body: fc.uint8Array({ maxLength: 400 }) })
    fc.assert(
      fc.property(fc.array(message, { maxLength: 5 }), fc.integer({ min: 1, max: 60 }), (sent, step) => {
        const bytes = Buffer.concat(
          sent.map(({ final, body }) => serverFrame(opcodes.text, Buffer.from(body), final)),
        )
        const reader = new FrameReader(1_000)
        const read = []
        for (let at = 0; at < bytes.length; at += step)
          read.push(...reader.take(bytes.subarray(at, at + step)))
        expect(read.map(({ final, body }) => ({ final, body: [...body] }))).toEqual(
          sent.map(({ final, body }) => ({ final, body: [...body] })),
        )
      }),
    )
  })

  it.for([126, 300, 65_536, 70_000])('carry %i bytes', (length) => {
    const body = Buffer.alloc(length, 'x')
    const [frame] = new FrameReader(100_000).take(serverFrame(opcodes.text, body))
    expect(frame?.body.equals(body)).toBe(true)
  })

  it('are refused by the length they announce, before the body comes', () => {
    const head = serverFrame(opcodes.text, Buffer.alloc(2_000)).subarray(0, 4)
    expect(() => [...new FrameReader(1_000).take(head)]).toThrow('too-large')
  })

  it.for([
    ['masked, as only a client does', Buffer.of(0x81, 0x81, 1, 2, 3, 4, 5)],
    ['of an extension nobody asked for', Buffer.of(0xc1, 1, 65)],
    ['of control in parts', Buffer.of(0x09, 0)],
    ['of control that are long', Buffer.of(0x89, 126, 0, 200)],
  ] as const)('are refused when they are %s', ([, bytes]) => {
    expect(() => [...new FrameReader(1_000).take(bytes)]).toThrow('broken')
  })

  it('leave us masked', () => {
    const frame = clientFrame(opcodes.text, Buffer.from('abc'), Buffer.of(1, 2, 3, 4))
    expect([...frame]).toEqual([0x81, 0x83, 1, 2, 3, 4, 0x61 ^ 1, 0x62 ^ 2, 0x63 ^ 3])
    expect(clientFrame(opcodes.text, Buffer.alloc(300)).subarray(0, 4)).toEqual(Buffer.of(0x81, 0xfe, 1, 44))
  })
})
