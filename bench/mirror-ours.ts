import { randomUUID } from 'node:crypto'
import { Installations } from '../server/crms/installations.ts'
import { type MirrorParts, readContacts } from '../server/crms/mirror.ts'
import { createPipedrive } from '../server/crms/pipedrive/index.ts'
import { createEgress } from '../server/egress/index.ts'
import { HookKeys } from '../server/ingest/hook-keys.ts'
import { openInstallation } from '../server/installation.ts'
import { Jobs } from '../server/jobs/jobs.ts'
import { Counters } from '../server/organizations/counters.ts'
import type { Organization } from '../server/organizations/organization.ts'
import { allowedHosts } from '../server/privacy/allowed-hosts.ts'
import { readSettings } from '../server/settings.ts'
import { serve } from './children.ts'
import { authorize, type CrmPlace } from './crm-place.ts'
import { emptyMirror } from './organizations.ts'
import type { Environment } from './place.ts'

/** Our own reading of a CRM's contacts, as the job does it. */
export type MirrorOurs = typeof tasks

let mirror: { parts: MirrorParts; organization: Organization; connectionId: string } | undefined
const closers: (() => Promise<unknown>)[] = []

const tasks = {
  prepare: async (input: { env: Environment; crm: CrmPlace }): Promise<void> => {
    const { env, crm } = input
    const settings = readSettings(env)
    const installation = await openInstallation(settings)
    closers.push(() => installation.close())
    const { cluster, ring, log, clock, organizations } = installation
    const egress = createEgress({ declared: allowedHosts(), privateHosts: settings.privateHosts })
    closers.push(() => egress.close())
    const counters = new Counters(organizations, log)
    closers.push(() => counters.close())
    const jobs = new Jobs(cluster, log)
    await jobs.prepare()
    closers.push(() => jobs.stop())
    const organization = await organizations.create({
      name: 'Bench',
      country: 'CZ',
      timeZone: 'Europe/Prague',
    })
    const connectionId = await emptyMirror(organization)
    const pipedrive = createPipedrive({
      egress,
      clientId: crm.clientId,
      clientSecret: crm.clientSecret,
      oauthUrl: crm.oauthUrl,
    })
    const installations = new Installations({
      cluster,
      ring,
      counters,
      clock,
      appOf: async () => undefined,
    })
    const tokens = await pipedrive.oauth.exchange(await authorize(crm, crm.users[0]), crm.redirectUri)
    await installations.put(
      {
        id: randomUUID(),
        organizationId: organization.id,
        connectionId,
        crm: pipedrive.name,
        companyRef: 'bench',
        userRef: String(crm.users[0]),
        administrator: true,
      },
      randomUUID(),
      tokens,
    )
    const parts: MirrorParts = {
      crm: pipedrive,
      installations,
      jobs,
      hooks: new HookKeys(cluster, ring),
      log,
      url: 'http://127.0.0.1:9',
      progress: () => undefined, // no screen looks
      changed: () => undefined,
      amendLater: async () => undefined,
    }
    mirror = { parts, organization, connectionId }
  },

  /** @returns seconds, and how many persons are there then */
  round: async (): Promise<{ seconds: number; persons: number }> => {
    if (!mirror) throw new Error('prepare comes first')
    const { parts, organization, connectionId } = mirror
    await organization.transaction((db) => db.rows('truncate persons, companies cascade'), 'owner')
    await organization.transaction(
      (db) =>
        db.rows(
          // Nobody listens for hooks here, and they are no part of the copy: none is tried for a day.
          `update connections set mirror_state = 'copying', mirror_cursor = null, mirror_started_at = now(), hooks_state = 'refused',
           hooks_checked_at = now() where id = $1`,
          [connectionId],
        ),
      'connect the systems',
    )
    const startedAt = performance.now()
    await readContacts(parts, organization, connectionId)
    const seconds = (performance.now() - startedAt) / 1000
    const found = await organization.transaction(
      (db) => db.row<{ count: number }>('select count(*)::integer as count from persons'),
      'identify the caller',
    )
    return { seconds, persons: found?.count ?? 0 }
  },
}

serve(tasks, async () => {
  for (const close of closers.reverse()) await close()
})
