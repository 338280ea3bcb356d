import { startSandbox } from '../index.ts'
import { startReceiver } from '../receiver.ts'
import type { Play } from './play.ts'
import { optimCallPlays } from './plays-optimcall.ts'
import { placetelPlays } from './plays-placetel.ts'
import { webexPlays } from './plays-webex.ts'

/** By vendor and name of the trace. */
export const plays: Readonly<Record<string, Record<string, Play>>> = {
  optimcall: optimCallPlays,
  placetel: placetelPlays,
  webex: webexPlays,
}

/** Plays a call, always with the same dice, so that a new recording is the old one. Gives the bodies as they came. */
export async function recordTrace(
  vendor: string,
  play: Play,
): Promise<{ bodies: Record<string, unknown>[]; people: Record<string, string> | undefined }> {
  const sandbox = await startSandbox({ seed: 7 })
  const receiver = await startReceiver()
  const people = await play(sandbox, receiver.url)
  await sandbox.idle()
  await sandbox.close()
  await receiver.close()
  // Whatever port the receiver had is nobody's business.
  const text = JSON.stringify(receiver.received.map(({ body }) => body))
  const bodies = text.replaceAll(receiver.url, `https://ringfence.example/hooks/${vendor}`)
  return { bodies: JSON.parse(bodies) as Record<string, unknown>[], people }
}
