import type { Half, Stretch } from './half.ts'
import type { Org } from './org.ts'

export type RecordingAction = 'start' | 'stop' | 'pause' | 'resume'

/** Whether a half is recorded without anybody asking for it. */
export function startsByItself(org: Org, half: Half): boolean {
  return org.settings.recording?.mode === 'always' && half.remote.callType === 'external'
}

/** Starts, stops, pauses or resumes the recording of a half. Throws when that is not possible now. */
export function changeRecording(half: Half, action: RecordingAction, at: number): void {
  const current = half.recorded.at(-1)
  const open = current?.to === undefined ? current : undefined
  if (action === 'start') {
    if (open !== undefined) throw new Error('is being recorded')
    half.recorded.push({ from: at, to: undefined, pausedMs: 0, pausedSince: undefined })
    half.recordingState = 'started'
    return
  }
  if (open === undefined) throw new Error('is not being recorded')
  if (action === 'pause') {
    open.pausedSince ??= at
    half.recordingState = 'paused'
    return
  }
  open.pausedMs += open.pausedSince === undefined ? 0 : at - open.pausedSince
  open.pausedSince = undefined
  if (action === 'stop') open.to = at
  half.recordingState = action === 'stop' ? 'stopped' : 'started'
}

/** Seconds that were recorded; pauses are cut out. */
export function secondsOf(stretch: Stretch): number {
  return Math.max(1, Math.round(((stretch.to ?? stretch.from) - stretch.from - stretch.pausedMs) / 1000))
}
