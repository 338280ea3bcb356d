import type { CallView } from '../../server/http/shapes.ts'
import { clock } from '../time/duration.ts'
import { RunningClock } from '../time/times.tsx'
import { liveSince } from './desk-groups.ts'

/** How long a call has rung or been talked in so far; of one that is over, how long it was talked in, if at all. */
export function CallClock({ call }: { call: CallView }) {
  if (call.state !== 'ended') return <RunningClock since={liveSince(call)} />
  return call.talkSeconds === undefined || call.talkSeconds === 0 ? null : (
    <span className="figures">{clock(call.talkSeconds)}</span>
  )
}
