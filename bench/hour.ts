import type { Effort } from './bench.ts'
import { Child } from './children.ts'
import type { HourPassers } from './hour-passers.ts'
import type { HourPlaces } from './hour-places.ts'
import { median, type Result } from './report.ts'

/** What the CRM takes in a second: a good line, and slower than anything here. */
const bytesPerSecond = 60_000_000
const rounds = 3

/**
 * One hour of recording passed on to a CRM that takes its time: how much of it is in our hands at most, and by how much
 * the process grows, beside Node's own pipe. Every program grows until what it has let go is collected, so longer ones
 * are passed on too: flat is what does not grow with them. Each time in a fresh process, because memory once taken is not
 * given back.
 */
export async function hour(effort: Effort): Promise<Result[]> {
  const places = Child.start<HourPlaces>('hour-places.ts')
  try {
    const at = await places.ask('start', { bytesPerSecond })
    const held: number[] = []
    const pass = async (who: 'ours' | 'floor', hours: number) => {
      const bytes = hours * effort.recordingBytes
      const passer = Child.start<HourPassers>('hour-passers.ts', effort.profileFolder)
      try {
        const passed = await passer.ask(who, { ...at, bytes })
        if ((await places.ask('taken')) < bytes) throw new Error('not all of it arrived')
        if ('mostHeld' in passed) held.push(passed.mostHeld / 1024)
        return passed.growth / 1e6
      } finally {
        await passer.stop()
      }
    }
    const ours: number[] = []
    const floor: number[] = []
    const twoHours: number[] = []
    const fourHours: number[] = []
    for (let round = 0; round < rounds; round += 1) {
      ours.push(await pass('ours', 1))
      floor.push(await pass('floor', 1))
      twoHours.push(await pass('ours', 2))
      fourHours.push(await pass('ours', 4))
    }
    const memory = { unit: 'MB', bare: undefined, goal: { atMost: 1.5 } } as const
    return [
      {
        name: 'recording held',
        unit: 'KiB',
        ours: Math.max(...held),
        floor: 64,
        bare: undefined,
        goal: { atMost: 1 },
      },
      { name: 'recording memory', ...memory, ours: median(ours), floor: median(floor) },
      { name: 'recording, 4 h : 2 h', ...memory, ours: median(fourHours), floor: median(twoHours) },
    ]
  } finally {
    await places.stop()
  }
}
