import { readSettings } from '../server/settings.ts'
import { type RunningServer, startServer } from '../server/start.ts'
import { serve } from './children.ts'
import type { Environment } from './place.ts'

/** Ringfence as it is, in a process of its own. */
export type OurServer = typeof tasks

let server: RunningServer | undefined

const tasks = {
  start: async (env: Environment): Promise<string> => {
    server = await startServer(readSettings(env), {
      hooksPerSecond: 1e9,
      // The writing into the CRM is work of its own, after the call; here it waits until all is measured.
      writeAfterMs: 3_600_000,
    })
    return server.url
  },
}

serve(tasks, async () => server?.close())
