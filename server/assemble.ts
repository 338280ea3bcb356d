import type { App } from './app.ts'
import { callScreens } from './call-screens.ts'
import { CrmAddresses } from './crms/addresses.ts'
import { enqueueAmend } from './crms/amend-call.ts'
import { CallerNames } from './crms/caller-names.ts'
import { ReadRights } from './crms/read-rights.ts'
import { openIngest } from './ingest/open-ingest.ts'
import { defaultPerSecond } from './ingest/route.ts'
import type { Installation } from './installation.ts'
import { newsOf } from './news.ts'
import type { Opened } from './opened.ts'
import { Holder } from './phones/holder.ts'
import type { Placing } from './places/open-places.ts'
import type { OpenPolicy } from './privacy/open-policy.ts'
import type { Vendors } from './privacy/policy-here.ts'
import { urlOf } from './settings.ts'
import type { StartOptions } from './start-options.ts'
import { openStores } from './stores.ts'

/** Puts the rooms together: who hears of what, and who is shown it. */
export async function assemble(
  installation: Installation,
  outside: Vendors & OpenPolicy & Placing & Pick<App, 'egress'>,
  { opened, options }: { opened: Opened; options: StartOptions },
): Promise<App> {
  const { settings, log, clock, cluster, ring, organizations } = installation
  const { phones, crms, egress } = outside
  const stores = await openStores(installation, { ...outside, opened }, options)
  const { directories, screens, notices, installations, leases, jobs } = stores
  const known = { ...outside, ...stores, organizations, clock, log, ring }

  const rights = new ReadRights({ installations, crms, log }, options.rights)
  const names = new CallerNames({ installations, crms, log })
  const addresses = new CrmAddresses(crms, installations)
  const calls = callScreens({ ...known, addresses, rights, names })
  const news = newsOf({ ...known, rights, names, calls, tendHeld: () => holder.tend() })
  const amendLater = (organizationId: string, callId: string) =>
    enqueueAmend(jobs, organizationId, callId, new Date(Date.now() + (options.amendAfterMs ?? 5_000)))
  const ingest = openIngest({ ...known, news, calls, amendLater }, options.writeAfterMs)
  const holder = new Holder(
    {
      leases,
      log,
      egress,
      find: async ({ organizationId, connectionId }) => {
        const organization = await organizations.get(organizationId)
        const connection = (await directories.of(organization)).connections.get(connectionId)
        const phone = connection && phones.get(connection.adapter)
        return phone && { organization, phone }
      },
      hear: (lease, received) => ingest.hear(lease, received),
      changed: (organizationId) => {
        screens.tell(organizationId, 'connections')
        notices.tell({ about: 'connections', organizationId })
      },
    },
    { ...options.held, perSecond: options.hooksPerSecond ?? defaultPerSecond },
  )
  const { reader, view, look } = calls
  const { changed, erased, letGo } = news
  const app: App = {
    ...known,
    settings,
    cluster,
    url: urlOf(settings),
    rights,
    ingest,
    holder,
    reader,
    view,
    look,
    amendLater,
    showCall: (organization, callId) => calls.readAndShow(organization, callId, true),
    changed,
    letGo,
    erased,
  }
  notices.onNotice(news.hear)
  return app
}
