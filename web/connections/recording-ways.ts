import type { ConnectionView } from '../../server/http/shapes.ts'

export type RecordingWays = NonNullable<ConnectionView['recordingWays']>[number]
export const recordingWays: readonly RecordingWays[] = ['attach', 'copy', 'link', 'leave']
