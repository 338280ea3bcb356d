import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { type Declaration, inForce, joinAdapters, declarations as ours } from '../policy/index.ts'
import { mailServer } from '../policy/recipients.ts'
import { OneTimeTokens } from './accounts/one-time-tokens.ts'
import { Sessions } from './accounts/sessions.ts'
import { loadAdapters } from './adapters/load.ts'
import { makeAdapters } from './adapters/make.ts'
import type { App } from './app.ts'
import { holdAsServer } from './backups/alone.ts'
import { backUp, planBackup, tendBackups } from './backups/nightly.ts'
import { clearUnfinished } from './backups/put-back.ts'
import { replayEnds } from './backups/replay-ends.ts'
import { mailUnsent } from './breaches/notify.ts'
import { Breaches } from './breaches/record.ts'
import { callScreens } from './call-screens.ts'
import { followEndOfNote } from './calls/note.ts'
import type { PersonRef } from './calls/view.ts'
import { CrmAddresses } from './crms/addresses.ts'
import { enqueueAmend } from './crms/amend-call.ts'
import { CallerNames } from './crms/caller-names.ts'
import type { Crm } from './crms/contract.ts'
import { Installations } from './crms/installations.ts'
import { enqueueLive, liveConnection } from './crms/live-call.ts'
import { applyCrmEvents, enqueueMirror } from './crms/mirror.ts'
import { enqueueNight } from './crms/night.ts'
import { ownAppOf } from './crms/own-app.ts'
import { Portals } from './crms/portals.ts'
import { ReadRights, type ReadRightsOptions } from './crms/read-rights.ts'
import type { Cluster } from './database/cluster.ts'
import type { Db } from './database/transaction.ts'
import { createEgress, type EgressOptions } from './egress/index.ts'
import { behalf } from './egress/on-behalf.ts'
import { failed } from './failure.ts'
import { createHttp, type HttpOptions } from './http/server.ts'
import { HookKeys } from './ingest/hook-keys.ts'
import { Ingest } from './ingest/ingest.ts'
import { defaultPerSecond } from './ingest/route.ts'
import { Spool } from './ingest/spool.ts'
import { type Installation, openInstallation } from './installation.ts'
import { Jobs, type JobsOptions } from './jobs/jobs.ts'
import { Notices } from './live/notices.ts'
import { Screens } from './live/screens.ts'
import type { Log } from './log.ts'
import { createMailer } from './mail/index.ts'
import { nodeIdIn } from './node-id.ts'
import { Counters } from './organizations/counters.ts'
import { Directories } from './organizations/directory.ts'
import type { Organization } from './organizations/organization.ts'
import { PhoneAccesses } from './phones/accesses.ts'
import { Holder, type HolderOptions } from './phones/holder.ts'
import { defaultLeaseMs, Leases } from './phones/leases.ts'
import { enqueuePhones } from './phones/tend-phones.ts'
import { Places } from './places/places.ts'
import { Refusals } from './places/refusals.ts'
import { Transfers } from './places/transfers.ts'
import { allowedHosts } from './privacy/allowed-hosts.ts'
import { Approvals, approverIn } from './privacy/approvals.ts'
import { expectBalanced } from './privacy/balancing.ts'
import { compareCatalogue, expectNoDrift } from './privacy/catalogue.ts'
import { CheckRecord } from './privacy/check-record.ts'
import { expectConsistent } from './privacy/consistency.ts'
import { forgetWaiting } from './privacy/erase-waiting.ts'
import { fieldsHere } from './privacy/field-lists.ts'
import { PolicyFollower, startUnderPolicy } from './privacy/follow-policy.ts'
import { inertColumns } from './privacy/inert-columns.ts'
import { checkLive } from './privacy/live-check.ts'
import { OwnParagraphs } from './privacy/own-paragraphs.ts'
import { contentOf, vendorsOf } from './privacy/policy-here.ts'
import { PolicyRecord } from './privacy/policy-record.ts'
import { Receipts } from './privacy/receipts.ts'
import { replayErasures } from './privacy/replay-erasures.ts'
import { noStatistics } from './privacy/row-security.ts'
import { compareSeals, expectSealsAsDeclared } from './privacy/seals.ts'
import { expectWords } from './privacy/words/words.ts'
import { followEnd, keepRecording } from './recordings/ready.ts'
import type { Settings } from './settings.ts'
import { tasksOf } from './tasks.ts'

export interface RunningServer {
  app: App
  url: string
  close(): Promise<void>
}

/** What is the same in every installation, and only a rehearsal shortens. */
export interface StartOptions extends HttpOptions {
  /** default: standard output, at the level of the settings */
  log?: Log
  /** from the end of a call to its writing, see ingest.ts */
  writeAfterMs?: number
  /** from the last change of a note to its way into the CRM; default 5 s */
  amendAfterMs?: number
  /** how long an answer to "may this viewer see this person?" holds, see read-rights.ts */
  rights?: ReadRightsOptions
  /** when phone systems are asked for a recording, see recordings/find.ts */
  findWaits?: readonly number[]
  /** how long a request may still take effect after its time-out, see write-call.ts */
  unknownWaitMs?: number
  /** how long a call that was asked for in the CRM may take to be told by the phone system; default 2 min */
  requestedMs?: number
  /** requests the spool holds at most */
  spoolLimit?: number
  jobs?: JobsOptions
  /** how often a node looks whether a policy took effect; default 60 s */
  followMs?: number
  /** of a program whose files declare something else */
  declarations?: readonly Declaration[]
  /** of connections that are held open */
  held?: Omit<HolderOptions, 'perSecond'>
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
  const closers: (() => Promise<unknown>)[] = [() => installation.close()]
  const close = async () => {
    for (const step of closers.reverse()) await step().catch((error) => log.failure('stop', error))
  }
  try {
    closers.push(await holdAsServer(cluster))
    await clearUnfinished(cluster)
    const placing = await placed(installation, closers)
    const record: EgressOptions['record'] = (refused) => {
      log.warn('egress-refused', { why: refused.why })
      placing.refusals.add(refused, behalf(), installation.clock.now())
    }
    const egress = createEgress({
      declared: (recipient) => allowedHosts(inForce().kinds, recipient),
      privateHosts: settings.privateHosts,
      inRegion: (url, provider) => placing.places.allows(url, provider),
      record,
    })
    closers.push(() => egress.close())
    const others = makeAdapters(adapters, settings, record)
    closers.push(() => others.close())
    const paragraphs = new OwnParagraphs(cluster)
    const ourVendors = vendorsOf(settings, egress, others)
    // What the operator adds may change while this node runs.
    const policyHere = async () =>
      contentOf(settings, ourVendors, { declarations, adapters, own: await paragraphs.list() })
    const policies = new PolicyRecord(installation)
    await startUnderPolicy(policies, await policyHere(), declarations)
    // What goes out through an adapter of others goes by that adapter: one that nothing may go to yet is left out.
    const vendors = vendorsOf(settings, egress, {
      phones: new Map([...others.phones].filter(([, phone]) => mayReceive(phone))),
      crms: new Map([...others.crms].filter(([, crm]) => mayReceive(crm))),
    })
    await guardControl(cluster)
    await cluster.control.transaction((db) => expectAsDeclared(db, 'control'))
    await installation.organizations.finishInterrupted()
    const migrated = await installation.organizations.migrateAll((organizationId, error) =>
      log.failure('migration-failed', error, { organizationId }),
    )
    for (const organization of migrated)
      await organization.transaction((db) => expectAsDeclared(db, 'organization'), 'owner')
    const { app, tasks: rooms } = await assemble(
      installation,
      { ...vendors, egress, policies, policyHere, paragraphs, declarations, ...placing },
      closers,
      options,
    )
    await replayEnds(installation)
    await replayErasures({
      ...app,
      forgetWaiting: (organization, entry) => forgetWaiting(app, organization, entry),
    })
    const { isNew, version, state } = await policies.adopt(await policyHere(), firstApprover(settings))
    if (isNew) log.info('policy-in-force', { version })
    if (state === 'waits for approval') log.warn('policy-not-approved', { version })
    const follower = new PolicyFollower({
      policies,
      log,
      here: declarations,
      fields: fieldsHere(adapters),
      changed: async () => {
        await guardControl(cluster)
        await installation.organizations.guardAgain((organizationId, error) =>
          log.failure('policy-not-followed', error, { organizationId }),
        )
      },
    })
    await follower.follow()
    const http = await createHttp(app, options)
    await http.listen({ host: settings.host, port: settings.port })
    closers.push(() => http.close())
    // Port 0 takes any free one, so the address is known only now.
    if (settings.url === undefined)
      app.url = `http://${settings.host}:${(http.server.address() as AddressInfo).port}`
    const tasks = {
      ...rooms,
      'check-policy': async () => {
        const check = await checkLive(installation, await policyHere())
        await app.checks.keep(check)
        if (!check.holds)
          log.warn('policy-check-failed', {
            what: check.results.filter(({ outcome }) => outcome === 'wrong').map(({ name }) => name),
          })
        await planCheck(app, new Date(Date.now() + 86_400_000))
      },
      backup: () => backUp({ ...installation, jobs: app.jobs }),
    }
    await app.jobs.start(tasks)
    closers.push(() => app.jobs.stop())
    app.holder.start()
    closers.push(() => app.holder.close())
    closers.push(tend(installation, app, follower, options.followMs))
    log.info('started', { url: app.url })
    return { app, url: app.url, close }
  } catch (error) {
    await close()
    throw error
  }
}

/** Whoever sets up may answer for the first version of the documents in the settings; for every other one by hand (GD-1). */
const firstApprover = ({ approvedBy }: Settings) =>
  approvedBy === undefined ? undefined : approverIn(approvedBy, 'RINGFENCE_POLICY_APPROVED_BY')

/** Does the policy in force name it among those who receive data? */
const mayReceive = ({ title }: { title: string }): boolean =>
  inForce().kinds.some(({ recipients }) => recipients.some(({ name }) => name === title))

/** What `policy/` asks of the control database; done again when another policy takes effect. */
async function guardControl(cluster: Cluster): Promise<void> {
  await cluster.control.transaction(async (db) => {
    db.send('select pg_advisory_xact_lock(72790004)') // nodes that start together would change the same rows of the catalogue
    for (const statement of [...noStatistics('control'), ...inertColumns('control')]) db.send(statement)
  })
}

/**
 * A database that holds what policy/ does not declare stops the start: it must not be written to. Columns, row security
 * and ends are compared by the catalogue; keys by one value of each column.
 */
async function expectAsDeclared(db: Db, database: 'organization' | 'control'): Promise<void> {
  expectNoDrift(await compareCatalogue(db, database))
  expectSealsAsDeclared(await compareSeals(db, database, { samples: 1 }))
}

interface Placing {
  places: Places
  transfers: Transfers
  refusals: Refusals
}

/**
 * Where data may go, and a record of where it did not. A relay that mail could not be sent to stops the start: otherwise
 * it would be found out on the day of a breach.
 */
async function placed(
  { settings, cluster, ring, log }: Installation,
  closers: (() => Promise<unknown>)[],
): Promise<Placing> {
  const { region, mail } = settings
  const transfers = new Transfers({ cluster, ring, region })
  const { name } = mailServer
  const places = new Places({
    region,
    transfers,
    places: mail?.country === undefined ? {} : { [name]: mail.country },
    own: mail?.loopback ? [name] : [],
  })
  await places.load()
  if (mail && !places.allowsRecipient(name))
    failed({
      code: 'setting',
      name: 'RINGFENCE_SMTP_URL',
      sentence: `The mail server is not known to be within ${region}: set RINGFENCE_SMTP_COUNTRY to the country it is run in, or put a ground on record with ringfence transfer add --recipient "${name}".`,
    })
  const refusals = new Refusals(cluster, log)
  closers.push(() => refusals.close())
  return { places, transfers, refusals }
}

async function assemble(
  installation: Installation,
  {
    phones,
    crms,
    egress,
    policies,
    policyHere,
    paragraphs,
    declarations,
    places,
    transfers,
    refusals,
  }: Pick<App, 'phones' | 'crms' | 'egress' | 'policies' | 'policyHere' | 'paragraphs' | 'declarations'> &
    Placing,
  closers: (() => Promise<unknown>)[],
  options: StartOptions,
) {
  const { settings, log, clock, cluster, ring, organizations } = installation
  const counters = new Counters(organizations, log)
  closers.push(() => counters.close())
  const directories = new Directories(phones)
  const screens = new Screens()
  const notices = new Notices(cluster, log)
  await notices.start()
  closers.push(() => notices.close())
  const nodeId = await nodeIdIn(settings.dataFolder)
  const jobs = new Jobs(cluster, log, nodeId, options.jobs)
  await jobs.prepare()
  const hooks = new HookKeys(cluster, ring)
  await hooks.load()
  const spool = await Spool.open({
    folder: join(settings.dataFolder, 'spool'),
    ring,
    ...(options.spoolLimit === undefined ? {} : { limit: options.spoolLimit }),
  })
  const installations = new Installations({
    cluster,
    ring,
    counters,
    clock,
    appOf: async ({ organizationId, connectionId }) =>
      ownAppOf(await organizations.get(organizationId), connectionId),
  })
  const addresses = new CrmAddresses(crms, installations)

  const rights = new ReadRights({ installations, crms, log }, options.rights)
  const names = new CallerNames({ installations, crms, log })

  const calls = callScreens({
    organizations,
    directories,
    addresses,
    rights,
    names,
    screens,
    notices,
    clock,
    log,
  })
  const { reader, view, look, show, readAndShow, showTo } = calls
  /** Connections, users, rights and names, where they are held in memory. */
  const readAnew = (organizationId: string) => {
    directories.forget(organizationId)
    rights.forgetOrganization(organizationId)
    names.forgetOrganization(organizationId)
  }
  const changed = (organizationId: string) => {
    readAnew(organizationId)
    screens.tell(organizationId, 'connections')
    notices.tell({ about: 'directory', organizationId })
  }
  const forgetPeople = (organizationId: string) => {
    ring.refresh()
    readAnew(organizationId)
    screens.tell(organizationId, 'erased')
  }
  const erased = (organizationId: string) => {
    forgetPeople(organizationId)
    notices.tell({ about: 'erased', organizationId })
  }
  const forgetGone = async (organizationId: string) => {
    ring.refresh()
    holder.tend()
    organizations.forget(organizationId)
    readAnew(organizationId)
    directories.drop(organizationId)
    await hooks.load()
  }
  const tellEnded = async (organizationId: string) => {
    screens.tell(organizationId, 'ended')
    sessions.cutOrganization(organizationId)
    await forgetGone(organizationId)
  }
  const letGo = async (organizationId: string) => {
    notices.tell({ about: 'subscription ended', organizationId })
    await leases.unwantAll(organizationId)
    await tellEnded(organizationId)
  }
  const personChanged = (organizationId: string, { connectionId, externalId }: PersonRef) => {
    calls.personChanged(organizationId, { connectionId, externalId })
    notices.tell({ about: 'person', organizationId, connectionId, externalId })
  }
  const amendLater = (organizationId: string, callId: string) =>
    enqueueAmend(jobs, organizationId, callId, new Date(Date.now() + (options.amendAfterMs ?? 5_000)))
  const crmOf = (adapter: string): Crm => crms.get(adapter) ?? failed({ code: 'not-found', what: 'adapter' })
  const ingest = new Ingest({
    hooks,
    organizations,
    directories,
    counters,
    jobs,
    spool,
    clock,
    log,
    phones,
    receiveFromCrm: (request, hook) =>
      crmOf(hook.adapter).mirror?.receive(request, { user: 'ringfence', password: hook.secret }) ??
      failed({ code: 'not-found', what: 'hook' }),
    applyCrmEvents: (organization, connectionId, events) =>
      applyCrmEvents({ changed, personChanged, amendLater, jobs }, organization, connectionId, events),
    show,
    changedCall: (organization, directory, callId) => {
      if (!liveConnection(directory, crms)) return
      // What is lost here with the node is found by the watchdog.
      enqueueLive({ jobs }, organization.id, callId).catch((error) =>
        log.failure('card-not-queued', error, { callId }),
      )
    },
    showStored: (organization, callId) =>
      void readAndShow(organization, callId, true).catch((error) =>
        log.failure('not-shown', error, { callId }),
      ),
    recordings: {
      ready: async (organization, record, address) => {
        const show = (of: Organization, callId: string) => readAndShow(of, callId, true)
        const directoryOf = (of: Organization) => directories.of(of)
        await keepRecording({ phones, jobs, directoryOf, show }, organization, record, address)
      },
      followEnd: async (organization, record) => {
        await followEnd(organization, record)
        await organization.transaction(
          (db) => followEndOfNote(organization, db, record),
          'show calls to the people they are for',
        )
      },
    },
    writeAfterMs: options.writeAfterMs,
  })
  const sessions = new Sessions(cluster)
  const leases = new Leases(cluster, nodeId, options.held?.leaseMs ?? defaultLeaseMs)
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
  const app: App = {
    settings,
    url: settings.url ?? `http://${settings.host}:${settings.port}`,
    clock,
    log,
    cluster,
    ring,
    organizations,
    directories,
    counters,
    installations,
    portals: new Portals({ cluster, ring }),
    rights,
    jobs,
    hooks,
    spool,
    ingest,
    screens,
    notices,
    sessions,
    oneTimeTokens: new OneTimeTokens(cluster),
    receipts: new Receipts(cluster, ring),
    egress,
    declarations,
    policies,
    policyHere,
    paragraphs,
    approvals: new Approvals({ cluster, ring }),
    checks: new CheckRecord(cluster),
    breaches: new Breaches({ cluster, ring }),
    mailer: settings.mail && createMailer(settings.mail, () => places.allowsRecipient(mailServer.name)),
    places,
    transfers,
    refusals,
    phones,
    accesses: new PhoneAccesses({ cluster, ring }),
    leases,
    holder,
    crms,
    reader,
    view,
    look,
    amendLater,
    showCall: (organization, callId) => readAndShow(organization, callId, true),
    changed,
    letGo,
    erased,
  }
  notices.onNotice((notice) => {
    if (notice.about === 'hooks') void hooks.load().catch((error) => log.failure('hooks-not-loaded', error))
    if (notice.about === 'directory') readAnew(notice.organizationId)
    if (notice.about === 'erased') forgetPeople(notice.organizationId)
    if (notice.about === 'person') calls.personChanged(notice.organizationId, notice)
    if (notice.about === 'directory' || notice.about === 'connections')
      screens.tell(notice.organizationId, 'connections')
    if (notice.about === 'transfers')
      void places.load().catch((error) => log.failure('transfers-not-loaded', error))
    if (notice.about === 'notices') screens.tell(notice.organizationId, 'notices')
    if (notice.about === 'organization gone' || notice.about === 'subscription ended') {
      const forget = notice.about === 'organization gone' ? forgetGone : tellEnded
      void forget(notice.organizationId).catch((error) => log.failure('hooks-not-loaded', error))
    }
    if (notice.about === 'call' && screens.has(notice.organizationId)) {
      organizations
        .get(notice.organizationId)
        .then((organization) => readAndShow(organization, notice.callId, false))
        .catch((error) => log.failure('not-shown', error, { callId: notice.callId }))
    }
    if (notice.about === 'looked-at' && screens.hasUser(notice.organizationId, notice.userId)) {
      organizations
        .get(notice.organizationId)
        .then((organization) => showTo(organization, notice.callId, notice.userId))
        .catch((error) => log.failure('not-shown', error, { callId: notice.callId }))
    }
  })
  return { app, tasks: tasksOf(app, egress, calls, options) }
}

/** Once a day, on whichever node; a check that is planned keeps its time. */
async function planCheck(app: App, at: Date): Promise<void> {
  await app.jobs.add('check-policy', {}, { key: 'check-policy', at, keep: true })
}

/** Work that belongs to the clock: the spool every second, sweeps at the full hour, the watchdog every minute. */
function tend(
  installation: Installation,
  app: App,
  follower: PolicyFollower,
  followMs = 60_000,
): () => Promise<void> {
  const { log } = installation
  // What was announced takes effect on every node within a minute of its date.
  const follow = setInterval(
    () => void follower.follow().catch((error) => log.failure('policy-not-followed', error)),
    followMs,
  )
  const drain = setInterval(
    () => void app.ingest.drain().catch((error) => log.failure('spool-not-drained', error)),
    1_000,
  )
  const first = async () => {
    await app.jobs.add('sweep', {}, { key: 'sweep', at: new Date() })
    await app.jobs.add('installations', {}, { key: 'installations', at: new Date(), alone: true })
    await planCheck(app, new Date(Date.now() + 60_000))
    await planBackup(app)
    await mailUnsent(app)
    await app.jobs.add('watchdog', {}, { key: 'watchdog', at: new Date(Date.now() + 5_000) })
    for (const organization of await app.organizations.list()) {
      try {
        const { mirrors } = await app.directories.of(organization)
        await enqueuePhones(app, organization)
        for (const connectionId of mirrors) {
          await enqueueMirror(app, organization.id, connectionId, new Date())
          await enqueueNight(app, organization, connectionId)
        }
      } catch (error) {
        log.failure('work-not-resumed', error, { organizationId: organization.id })
      }
    }
  }
  void first().catch((error) => log.failure('first-jobs', error))
  const endBackups = tendBackups(installation)
  return async () => {
    endBackups()
    clearInterval(drain)
    clearInterval(follow)
  }
}
