import type { Half } from './half.ts'
import type { Webex } from './index.ts'
import type { Org } from './org.ts'
import { soundPath, soundQuery } from './recording-api.ts'
import { newRecording, type Recording, recordingView } from './recordings.ts'

/** Makes the files of what was recorded, and says where they are. */
export class Recorder {
  readonly #webex: Webex

  constructor(webex: Webex) {
    this.#webex = webex
  }

  /** A while after a half is over its files are there, all at once. */
  later(org: Org, half: Half, speed: number): void {
    const { recording } = org.settings
    if (recording === null || half.recorded.length === 0) return
    this.#webex.timers.track(this.#make(org, half, { afterMs: recording.afterSeconds * 1000, speed }))
  }

  async #make(org: Org, half: Half, when: { afterMs: number; speed: number }): Promise<void> {
    const { timers, random, settings, sender } = this.#webex
    if (!(await timers.sleep(when.afterMs / when.speed))) return
    const at = (half.disconnected ?? half.created) + when.afterMs
    for (const stretch of half.recorded) {
      const made = newRecording(half, stretch, { id: random.uuid(), at })
      org.recordings.set(made.id, made)
      const data = settings.recordingEvent === 'id' ? { id: made.id } : recordingView(made, org, 'UTC')
      const happening = {
        resource: 'convergedRecordings',
        event: 'created',
        person: half.person,
        data,
      } as const
      sender.tell(org, happening, made.id)
    }
  }

  /** Where a recording can be fetched until then, without further questions. */
  addressOf(org: Org, recording: Recording, untilMs: number): string {
    const { needle, url } = this.#webex
    return needle.address(`${url}${soundPath}?${soundQuery(org, recording, untilMs)}`)
  }
}
