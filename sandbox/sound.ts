/** A quiet tone, 8 kHz, 8 bits, one channel; its first samples are made of the id, so that no two are alike. */
export function wav(seconds: number, id: string): Buffer {
  const rate = 8000
  const samples = rate * seconds
  const file = Buffer.alloc(44 + samples)
  file.write('RIFF', 0)
  file.writeUInt32LE(36 + samples, 4)
  file.write('WAVEfmt ', 8)
  file.writeUInt32LE(16, 16)
  file.writeUInt16LE(1, 20)
  file.writeUInt16LE(1, 22)
  file.writeUInt32LE(rate, 24)
  file.writeUInt32LE(rate, 28)
  file.writeUInt16LE(1, 32)
  file.writeUInt16LE(8, 34)
  file.write('data', 36)
  file.writeUInt32LE(samples, 40)
  for (let i = 0; i < samples; i += 1)
    file[44 + i] = 128 + Math.round(12 * Math.sin((i * 2 * Math.PI * 440) / rate))
  file.write(id, 44)
  return file
}

/** Behind the header and the side information of a frame; with empty side information no player reads it. */
const unread = 21

/**
 * Silence: MPEG-1 layer III frames of 32 kbit/s at 44.1 kHz, one channel, 104 bytes and 26 ms each. Where nothing is
 * played each frame carries the recording's id and its own number, so that no two recordings and no two parts are alike.
 */
export function mp3(seconds: number, id: string): Buffer {
  return Buffer.concat(
    Array.from({ length: Math.ceil((seconds * 44_100) / 1152) }, (_, number) => {
      const frame = Buffer.alloc(104)
      frame.set([0xff, 0xfb, 0x10, 0xc4])
      frame.write(`${id} ${number}`, unread)
      return frame
    }),
  )
}
