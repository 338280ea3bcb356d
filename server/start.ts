import type { AddressInfo } from 'node:net'
import { joinAdapters, declarations as ours } from '../policy/index.ts'
import { loadAdapters } from './adapters/load.ts'
import type { App } from './app.ts'
import { assemble } from './assemble.ts'
import { holdAsServer } from './backups/alone.ts'
import { clearUnfinished } from './backups/beside.ts'
import { replayEnds } from './backups/replay-ends.ts'
import { createHttp } from './http/server.ts'
import { openInstallation } from './installation.ts'
import { openVendors } from './open-vendors.ts'
import { Opened } from './opened.ts'
import { openPlaces } from './places/open-places.ts'
import { expectBalanced } from './privacy/balancing.ts'
import { expectConsistent } from './privacy/consistency.ts'
import { forgetWaiting } from './privacy/erase-waiting.ts'
import { followPolicy, openPolicy } from './privacy/open-policy.ts'
import { readyDatabases } from './privacy/ready-databases.ts'
import { replayErasures } from './privacy/replay-erasures.ts'
import { expectWords } from './privacy/words/words.ts'
import type { Settings } from './settings.ts'
import type { StartOptions } from './start-options.ts'
import { tasksOf } from './tasks.ts'
import { tend } from './tend.ts'

export interface RunningServer {
  app: App
  url: string
  close(): Promise<void>
}

/** Starts everything in order: databases and keys, the check against policy/, rooms, jobs, and last the door. */
export async function startServer(settings: Settings, options: StartOptions = {}): Promise<RunningServer> {
  const adapters = await loadAdapters(settings)
  const declarations = joinAdapters(options.declarations ?? ours, adapters)
  expectConsistent(declarations)
  await expectBalanced(declarations)
  expectWords(declarations)
  const installation = await openInstallation(settings, options.log)
  const { log, cluster } = installation
  const opened = new Opened(log)
  opened.keep(installation)
  try {
    opened.onClose(await holdAsServer(cluster))
    await clearUnfinished(cluster)
    const placing = await openPlaces(installation, opened)
    const { egress, all, allowed } = openVendors(installation, placing, { adapters, opened })
    const policy = await openPolicy(installation, all, { declarations, adapters })
    const vendors = allowed()
    await readyDatabases(installation)
    const outside = { ...vendors, ...policy, ...placing, egress }
    const app = await assemble(installation, outside, { opened, options })
    await replayEnds(installation)
    await replayErasures({
      ...app,
      forgetWaiting: (organization, entry) => forgetWaiting(app, organization, entry),
    })
    const follower = await followPolicy(installation, policy, adapters)
    const http = await createHttp(app, options)
    await http.listen({ host: settings.host, port: settings.port })
    opened.keep(http)
    // Port 0 takes any free one, so the address is known only now.
    if (settings.url === undefined)
      app.url = `http://${settings.host}:${(http.server.address() as AddressInfo).port}`
    await app.jobs.start(tasksOf(app, options))
    opened.onClose(() => app.jobs.stop())
    app.holder.start()
    opened.keep(app.holder)
    opened.onClose(tend(app, follower, options.followMs))
    log.info('started', { url: app.url })
    return { app, url: app.url, close: () => opened.close() }
  } catch (error) {
    await opened.close()
    throw error
  }
}
