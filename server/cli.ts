import { parseArgs } from 'node:util'
import { OneTimeTokens } from './accounts/one-time-tokens.ts'
import { loadAdapters } from './adapters/load.ts'
import { makeAdapters } from './adapters/make.ts'
import { exportCommand, importCommand } from './archive/command.ts'
import { backupCommand, restoreCommand } from './backups/command.ts'
import { breachCommand } from './breaches/command.ts'
import { Installations } from './crms/installations.ts'
import type { LeftBehind } from './crms/leave-crms.ts'
import { ownAppOf } from './crms/own-app.ts'
import { createEgress } from './egress/index.ts'
import { failed } from './failure.ts'
import { HookKeys } from './ingest/hook-keys.ts'
import { type Installation, openInstallation } from './installation.ts'
import { Jobs } from './jobs/jobs.ts'
import { Notices } from './live/notices.ts'
import { createLog } from './log.ts'
import { explainAndExit, main } from './main.ts'
import type { SubscriptionWish } from './organizations/change-subscription.ts'
import { connect } from './organizations/connect.ts'
import { Counters } from './organizations/counters.ts'
import { deleteCustomer } from './organizations/delete-organization.ts'
import { Directories } from './organizations/directory.ts'
import {
  subscriptionCommand,
  subscriptionInWords,
  trialDayRefused,
} from './organizations/subscription-command.ts'
import { customerAccount, customerAccounts } from './organizations/subscriptions.ts'
import { PhoneAccesses } from './phones/accesses.ts'
import { transferCommand } from './places/command.ts'
import { Places } from './places/places.ts'
import { Transfers } from './places/transfers.ts'
import { allowedHosts } from './privacy/allowed-hosts.ts'
import { erasureJob } from './privacy/carry-out.ts'
import { erase } from './privacy/erase.ts'
import { signErasure } from './privacy/erasure-signing.ts'
import { findErasure } from './privacy/erasures.ts'
import { goByPolicyInForce } from './privacy/follow-policy.ts'
import { checkLive } from './privacy/live-check.ts'
import { personMap } from './privacy/person-map.ts'
import { entryOf, keysOfSubject, subjectOf } from './privacy/person-subject.ts'
import { approvePolicy, checkInWords, diffInWords, diffOf } from './privacy/policy-commands.ts'
import { policyHere, type Vendors, vendorsOf } from './privacy/policy-here.ts'
import { PolicyRecord } from './privacy/policy-record.ts'
import type { ReceiptKey } from './privacy/receipt-signing.ts'
import { Receipts } from './privacy/receipts.ts'
import { readReceiptKeys, verifyReceipts } from './privacy/verify-receipts.ts'
import { readSettings, type Settings } from './settings.ts'

const help = `ringfence — phone systems and CRMs, and nothing kept that was not promised

  ringfence start                            the server (the same as npm start)
  ringfence sign-in                          a link for the operator, good once, for 15 minutes
  ringfence org create --name … --country CZ --time-zone Europe/Prague [--language cs] [--trial-until YYYY-MM-DD] [--json]
  ringfence org list [--json]
  ringfence org trial --org ID --trial-until YYYY-MM-DD [--json]
                                             its subscription is a trial, and ends by itself after that day
  ringfence org activate --org ID [--json]   its subscription runs; one that had ended begins anew, empty
  ringfence org end --org ID --name … [--json]
                                             ends its subscription: everything of it goes at once, but its name
  ringfence org delete --org ID --name … [--json]
  ringfence export ORGANIZATION --to FOLDER [--json]
                                             everything of it in open formats, readable, without credentials
  ringfence import FOLDER [--as NAME] [--json]
                                             makes a new organization out of an export
  ringfence connect optimcall --org ID [--own-numbers +420222333444,…] [--json]
                                             hook address and secret, shown once
  ringfence connect NAME --org ID            the same for another phone system, or a CRM, also of RINGFENCE_ADAPTERS
  ringfence connect pipedrive --org ID [--json]
                                             the address where the company's first user installs
  ringfence receipts [--json]                what uninstalls removed, each with its signature
  ringfence receipts verify FILE [--keys FILE] [--json]
                                             are the receipts in the file whole, and signed by this installation?
                                             --keys: a saved copy of /.well-known/ringfence-receipts.json instead
  ringfence policy check [--language cs] [--json]
                                             holds the running installation against its policy, and changes nothing;
                                             ends with 1 when something is wrong
  ringfence policy diff [--from VERSION] [--to VERSION] [--language cs] [--json]
                                             does one version allow more than another, and in what?
                                             default: from the one in force to what this program says
  ringfence policy approve --by "NAME, ROLE" [--json]
                                             puts what this program says in force, or announces it where it allows more
  ringfence policy withdraw [--json]         takes an announced version back
  ringfence privacy show --org ID --number N [--json]
                                             what is held about a number: kinds, purposes, recipients, until when
  ringfence privacy erase --org ID --number N --yes [--json]
                                             erases whoever has the number, on the organization's instruction
  ringfence backup [--org ID] [--to FOLDER] [--json]
                                             everything, or one organization, encrypted, into a folder of its own
  ringfence restore [FILE|FOLDER] [--org ID] [--replace] [--json]
                                             puts a backup back, by default the newest; the server must not run
                                             (docs/guide/backup.md)
  ringfence adapter new NAME --kind phone|crm [--into FOLDER]
                                             writes a package that connects another system, and its test
  ringfence adapter test [FOLDER]            runs the tests of such a package
  ringfence breach record FILE [--breach ID]   a breach, or what more is known of it (docs/guide/breach.md)
  ringfence breach affected [--breach ID | --from … --to … --org ID,… --account ID --connection ID --table NAME,…]
                                             which organizations, kinds of data, and how many records and people
  ringfence breach notify --breach ID        tells each of them; again: a follow-up with what is known by then
  ringfence breach close --breach ID --reason …
  ringfence breach list | show --breach ID [--json]
  ringfence transfer add --recipient … --ground in-region|adequacy|clauses --country … --document … --dated YYYY-MM-DD
                         [--assessment …]    lets data go to a recipient outside the region; clauses need an assessment
  ringfence transfer list | end --id ID [--json]
  ringfence demo [--phone optimcall|placetel|webex] [--crm pipedrive|bitrix24] [--once [--seed N] [--forget]]
                                             everything on this machine with stand-in vendors; --once plays a day, and a
                                             short one of every other pair
  ringfence sandbox [--port N]               the stand-in vendors alone

Settings are environment variables: HOST, PORT, RINGFENCE_URL, RINGFENCE_DATA, RINGFENCE_KEYS, RINGFENCE_KEYS_COPY,
RINGFENCE_MASTER_KEY, RINGFENCE_BACKUPS, DATABASE_URL, RINGFENCE_PRIVATE_HOSTS, RINGFENCE_LOG_LEVEL, RINGFENCE_OPERATOR_NAME,
RINGFENCE_OPERATOR_CONTACT, RINGFENCE_POLICY_APPROVED_BY, RINGFENCE_REGION, RINGFENCE_HOST_NAME, RINGFENCE_HOST_COUNTRY, RINGFENCE_SMTP_URL,
RINGFENCE_SMTP_COUNTRY, RINGFENCE_MAIL_FROM, RINGFENCE_ADAPTERS, PLACETEL_URL, PIPEDRIVE_CLIENT_ID,
PIPEDRIVE_CLIENT_SECRET, PIPEDRIVE_JWT_SECRET, PIPEDRIVE_OAUTH_URL, BITRIX24_CLIENT_ID, BITRIX24_CLIENT_SECRET,
BITRIX24_OAUTH_URL, WEBEX_CLIENT_ID, WEBEX_CLIENT_SECRET, WEBEX_URL.
See README.md.
`

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    help: { type: 'boolean', short: 'h', default: false },
    json: { type: 'boolean', default: false },
    name: { type: 'string' },
    country: { type: 'string' },
    'time-zone': { type: 'string' },
    'trial-until': { type: 'string' },
    language: { type: 'string' },
    org: { type: 'string' },
    as: { type: 'string' },
    'own-numbers': { type: 'string' },
    phone: { type: 'string', default: 'optimcall' },
    crm: { type: 'string', default: 'pipedrive' },
    once: { type: 'boolean', default: false },
    forget: { type: 'boolean', default: false },
    seed: { type: 'string' },
    calls: { type: 'string' },
    port: { type: 'string' },
    keys: { type: 'string' },
    number: { type: 'string' },
    yes: { type: 'boolean', default: false },
    replace: { type: 'boolean', default: false },
    kind: { type: 'string' },
    into: { type: 'string' },
    breach: { type: 'string' },
    reason: { type: 'string' },
    from: { type: 'string' },
    to: { type: 'string' },
    account: { type: 'string' },
    connection: { type: 'string' },
    table: { type: 'string' },
    id: { type: 'string' },
    recipient: { type: 'string' },
    ground: { type: 'string' },
    document: { type: 'string' },
    dated: { type: 'string' },
    assessment: { type: 'string' },
    by: { type: 'string' },
  },
})

await run(positionals).catch(explainAndExit)

async function run([command, second, third]: readonly string[]): Promise<void> {
  if (values.help || command === undefined) {
    say(help)
    return
  }
  switch (command) {
    case 'start':
      return main()
    case 'demo':
      return (await import('../demo/demo.ts')).demo({
        phone: oneOf('phone', ['optimcall', 'placetel', 'webex']),
        crm: oneOf('crm', ['pipedrive', 'bitrix24']),
        once: values.once,
        forget: values.forget,
        seed: Number(values.seed ?? 1),
        calls: Number(values.calls ?? 200),
        port: Number(values.port ?? process.env['PORT'] ?? 4000),
      })
    case 'sandbox':
      await import('../sandbox/main.ts')
      return
    case 'sign-in':
      return withInstallation(signIn)
    case 'org':
      return withInstallation((installation) => org(installation, second))
    case 'export':
      return withInstallation(async (installation) => {
        const told = await withSystems(installation, (systems) =>
          exportCommand(installation, systems, { organization: second, to: values.to }),
        )
        answer(told.json, told.text)
      })
    case 'import':
      return withInstallation(async (installation) => {
        const told = await importCommand(installation, { from: second, name: values.as })
        answer(told.json, told.text)
      })
    case 'connect':
      return withInstallation((installation) => connectAdapter(installation, second))
    case 'privacy':
      return withInstallation((installation) => privacy(installation, second))
    case 'backup':
      return withInstallation(backUp)
    case 'restore': {
      const told = await restoreCommand(readSettings(), {
        from: second,
        org: values.org,
        replace: values.replace,
      })
      return answer(told.json, told.text)
    }
    case 'adapter':
      return adapterCommand(second, third)
    case 'transfer':
      return withInstallation((installation) => transfer(installation, second))
    case 'breach':
      return withInstallation((installation) => breach(installation, second, third))
    case 'receipts':
      return second === 'verify' ? verify(third) : withInstallation(listReceipts)
    case 'policy':
      return withInstallation((installation) => policy(installation, second))
    default:
      failed({
        code: 'setting',
        name: 'command',
        sentence: `There is no command "${command}": ringfence --help shows all.`,
      })
  }
}

/** Opens databases and keys for one command, beside a running server or without one. */
async function withInstallation(work: (installation: Installation) => Promise<void>): Promise<void> {
  const settings = readSettings()
  const installation = await openInstallation(settings, createLog('silent'))
  try {
    const { declarations, content } = await policyHere(installation)
    await goByPolicyInForce(new PolicyRecord(installation), declarations, content.declared?.fields)
    await work(installation)
  } finally {
    // A PostgreSQL that was running before belongs to the server.
    await installation.close({ leaveRunning: installation.cluster.embedded?.adopted ?? false })
  }
}

async function signIn({ settings, cluster }: Installation): Promise<void> {
  const token = await new OneTimeTokens(cluster).make('operator-sign-in')
  const link = `${urlOf(settings)}/sign-in#${token}`
  answer({ link }, `Open this link within 15 minutes; it works once:\n${link}`)
}

async function org(installation: Installation, what: string | undefined): Promise<void> {
  const { organizations } = installation
  switch (what) {
    case 'create': {
      await new PolicyRecord(installation).expectInForce()
      const language = values.language === 'cs' ? 'cs' : 'en'
      const trialUntil = values['trial-until']
      const made = await organizations
        .create({
          name: needed('name'),
          country: needed('country'),
          timeZone: needed('time-zone'),
          language,
          ...(trialUntil === undefined ? {} : { trialUntil }),
        })
        .catch(trialDayRefused)
      answer(
        { id: made.id, name: made.name, country: made.country, timeZone: made.timeZone },
        `Made ${made.name}: ${made.id}`,
      )
      return
    }
    case 'list': {
      const list = await customerAccounts(installation.cluster)
      answer(
        list,
        list
          .map((one) => `${one.id}  ${one.country}  ${one.name}  ${subscriptionInWords(one.subscription)}`)
          .join('\n') || 'No organization yet: ringfence org create --help',
      )
      return
    }
    case 'trial':
      return subscription(installation, { state: 'trial', until: needed('trial-until') })
    case 'activate':
      return subscription(installation, { state: 'active' })
    case 'end':
      return subscription(installation, { state: 'ended', name: needed('name') })
    case 'delete': {
      const organization = await customerAccount(installation.cluster, needed('org'))
      if (needed('name') !== organization.name)
        failed({
          code: 'setting',
          name: '--name',
          sentence: 'Nothing was deleted: --name must be the name of the organization.',
        })
      const left = await withSystems(installation, (systems) =>
        tell(installation, (notices) => leave(installation, { ...systems, notices }, organization.id)),
      )
      answer(
        { deleted: organization.id, left },
        [
          `Deleted ${organization.id}: its keys, its database and everything in it.`,
          ...left.map(
            ({ crm, users, hooks }) =>
              `${crm} did not let us end everything: the app is still installed there for users: ${users}, hooks: ${hooks}. Uninstall it there.`,
          ),
        ].join('\n'),
      )
      return
    }
    default:
      failed({
        code: 'setting',
        name: 'command',
        sentence: 'ringfence org create, list, trial, activate, end or delete: ringfence --help shows how.',
      })
  }
}

async function backUp(installation: Installation): Promise<void> {
  const told = await backupCommand(installation, values)
  answer(told.json, told.text)
  if (!told.whole) process.exitCode = 1
}

async function subscription(installation: Installation, change: SubscriptionWish): Promise<void> {
  const organizationId = organizationNamed()
  const told = await withSystems(installation, (systems) =>
    tell(installation, (notices) =>
      subscriptionCommand(installation, { ...systems, notices }, { organizationId, change }),
    ),
  )
  answer(told.json, told.text)
}

async function breach(
  installation: Installation,
  what: string | undefined,
  file: string | undefined,
): Promise<void> {
  const { breach, reason, from, to, org, account, connection, table } = values
  const wish = { what, file, breach, reason, from, to, org, account, connection, table }
  const told = await breachCommand(installation, wish)
  await tell(installation, (notices) => {
    for (const organizationId of told.organizations) notices.tell({ about: 'notices', organizationId })
  })
  answer(told.json, told.text)
}

async function transfer(installation: Installation, what: string | undefined): Promise<void> {
  const { id, recipient, ground, country, document, dated, assessment } = values
  const wish = { recipient, ground, country, document, dated, assessment }
  const told = await transferCommand(installation, { what, id, wish })
  if (told.changed) await tell(installation, (notices) => notices.tell({ about: 'transfers' }))
  answer(told.json, told.text)
}

async function leave(
  { cluster, ring, clock, log, organizations }: Installation,
  { phones, crms, notices }: Vendors & { notices: Notices },
  organizationId: string,
): Promise<LeftBehind[]> {
  const counters = new Counters(organizations, log)
  const installations = new Installations({
    cluster,
    ring,
    counters,
    clock,
    appOf: async ({ connectionId }) => ownAppOf(await organizations.get(organizationId), connectionId),
  })
  const left = await deleteCustomer(
    {
      cluster,
      organizations,
      installations,
      crms,
      log,
      phones,
      accesses: new PhoneAccesses({ cluster, ring }),
      directories: new Directories(phones),
      hooks: new HookKeys(cluster, ring),
      notices,
    },
    organizationId,
  )
  notices.tell({ about: 'organization gone', organizationId })
  await counters.close()
  return left
}

/** What this installation has adapters for, for one command. */
async function withSystems<T>(
  { settings, cluster, ring }: Installation,
  work: (systems: Vendors) => Promise<T>,
): Promise<T> {
  const { region, privateHosts } = settings
  const places = new Places({ region, transfers: new Transfers({ cluster, ring, region }) })
  await places.load()
  const inRegion = (url: URL, provider: string) => places.allows(url, provider)
  const egress = createEgress({ declared: allowedHosts(), privateHosts, inRegion })
  const others = makeAdapters(await loadAdapters(settings), settings)
  try {
    return await work(vendorsOf(settings, egress, others))
  } finally {
    await others.close()
    await egress.close()
  }
}

async function policy(installation: Installation, what: string | undefined): Promise<void> {
  switch (what) {
    case 'check': {
      const check = await checkLive(installation, (await policyHere(installation)).content)
      answer(check, checkInWords(check, values.language === 'cs' ? 'cs' : 'en'))
      if (!check.holds) process.exitCode = 1
      return
    }
    case 'diff': {
      const diff = await diffOf(installation, (await policyHere(installation)).content, values)
      answer(diff, diffInWords(diff, values.language === 'cs' ? 'cs' : 'en'))
      return
    }
    case 'withdraw': {
      const withdrawn = await new PolicyRecord(installation).withdraw()
      answer({ withdrawn }, withdrawn ? 'Taken back: it will not take effect.' : 'Nothing is announced.')
      return
    }
    case 'approve': {
      const approved = await approvePolicy(installation, (await policyHere(installation)).content, values.by)
      answer(approved, approved.text)
      return
    }
    default:
      failed({
        code: 'setting',
        name: 'command',
        sentence: 'ringfence policy check, diff, approve or withdraw: ringfence --help shows how.',
      })
  }
}

async function adapterCommand(what: string | undefined, which: string | undefined): Promise<void> {
  if (what === 'test') {
    process.exitCode = await (await import('./adapters/test.ts')).testAdapter(which ?? '.')
    return
  }
  if (what !== 'new')
    failed({
      code: 'setting',
      name: 'command',
      sentence: 'ringfence adapter new or test: ringfence --help shows how.',
    })
  const { writeAdapter } = await import('./adapters/new.ts')
  const folder = await writeAdapter({ name: which, kind: values.kind, into: values.into })
  answer({ folder }, `Made ${folder}: its README.md says how to go on.`)
}

async function listReceipts({ cluster, ring }: Installation): Promise<void> {
  const receipts = await new Receipts(cluster, ring).list()
  answer(
    receipts,
    receipts
      .map(({ receipt: { id, doneAt, ended, cause, organization, removed } }) => {
        const whose = ended === 'organization' ? '' : ` of a ${ended}`
        const rows = Object.values(removed).reduce((sum, count) => sum + count, 0)
        return `${id}  ${doneAt}  ${cause}${whose}, organization ${organization}: ${rows} rows removed`
      })
      .join('\n') || 'No uninstall was carried out yet, and no subscription has ended.',
  )
}

/** The operator acts on the organization's instruction; what is erased is on the organization's own record. */
async function privacy(installation: Installation, what: string | undefined): Promise<void> {
  const organization = await installation.organizations.get(needed('org'))
  const subject = await subjectOf(organization, { number: needed('number') })
  const kinds = await personMap(organization, await keysOfSubject(organization, subject), 'en')
  if (what === 'show') {
    answer(
      kinds,
      kinds
        .map(
          ({ name, total, purposes, recipients, kept, until }) =>
            `${name}: ${total} rows ${purposes.join('; ')}; received by ${recipients.join(', ') || 'nobody'}; ${kept}${until === undefined ? '' : `, the last until ${until}`}`,
        )
        .join('\n') || 'Nothing is held about this number.',
    )
    return
  }
  if (what !== 'erase' || !values.yes)
    failed({
      code: 'setting',
      name: 'privacy',
      sentence:
        'ringfence privacy show, or privacy erase with --yes: nothing was erased. ringfence --help shows how.',
    })
  const entry = await entryOf(organization, subject)
  await erase(installation, organization, entry, { cause: 'command', persons: subject.persons })
  const jobs = new Jobs(installation.cluster, installation.log)
  await jobs.prepare()
  await jobs.add(
    'erasure',
    { organizationId: organization.id, erasureId: entry.id },
    { key: erasureJob(entry.id) },
  )
  await jobs.stop()
  await tell(installation, (notices) => notices.tell({ about: 'erased', organizationId: organization.id }))
  const embedded = installation.cluster.embedded !== undefined
  const receipt = await signErasure(
    installation,
    organization,
    await findErasure(organization, embedded, entry.id),
  )
  answer(
    receipt,
    `Erased: ${Object.values(receipt.receipt.removed).reduce((sum, rows) => sum + rows, 0)} rows. The server does the rest: ${entry.id}`,
  )
}

/** With a saved key set it needs neither databases nor keys of ours: whoever got a receipt can check it. */
async function verify(file: string | undefined): Promise<void> {
  if (file === undefined)
    return failed({
      code: 'setting',
      name: 'receipts verify',
      sentence: 'Name the file: receipts verify FILE.',
    })
  const check = async (keys: readonly ReceiptKey[]) => {
    const verdicts = await verifyReceipts(file, keys)
    answer(
      verdicts,
      verdicts
        .map(({ id, genuine }) =>
          genuine
            ? `${id}: genuine, signed by this installation`
            : `${id ?? 'a receipt'}: NOT genuine: changed, or not signed by this installation`,
        )
        .join('\n'),
    )
    if (verdicts.some(({ genuine }) => !genuine)) process.exitCode = 1
  }
  if (values.keys !== undefined) return check(await readReceiptKeys(values.keys))
  return withInstallation(({ cluster, ring }) => check([new Receipts(cluster, ring).publicKey]))
}

async function connectAdapter(installation: Installation, adapter: string | undefined): Promise<void> {
  const { cluster, ring, settings } = installation
  const organization = await installation.organizations.get(needed('org'))
  if (adapter === 'pipedrive' && !settings.pipedrive) {
    failed({
      code: 'setting',
      name: 'PIPEDRIVE_CLIENT_ID',
      sentence: 'Set PIPEDRIVE_CLIENT_ID and PIPEDRIVE_CLIENT_SECRET from the Developer Hub first.',
    })
  }
  const made = await withSystems(installation, ({ phones, crms }) =>
    connect(
      {
        phones,
        crms,
        hooks: new HookKeys(cluster, ring),
        oneTimeTokens: new OneTimeTokens(cluster),
        url: urlOf(settings),
        changed: () => undefined, // told to the running nodes below, when everything is in place
      },
      organization,
      {
        side: crms.has(adapter ?? '') ? 'crm' : 'phone',
        adapter: adapter ?? '',
        ...(values['own-numbers'] ? { ownNumbers: values['own-numbers'].split(',') } : {}),
      },
    ),
  )
  await tell(installation, (notices) => {
    notices.tell({ about: 'hooks' })
    notices.tell({ about: 'directory', organizationId: organization.id })
  })
  answer(
    made,
    Object.entries(made)
      .map(([key, value]) => `${key}: ${value}`)
      .join('\n'),
  )
}

/** Running nodes hear of what a command changed. */
async function tell<T>(
  { cluster, log }: Installation,
  say: (notices: Notices) => T | Promise<T>,
): Promise<T> {
  const notices = new Notices(cluster, log)
  const said = await say(notices)
  await notices.sent()
  await notices.close()
  return said
}

function urlOf(settings: Settings): string {
  return settings.url ?? `http://${settings.host}:${settings.port}`
}

function needed(name: 'name' | 'country' | 'time-zone' | 'trial-until' | 'org' | 'number'): string {
  return (
    values[name] ??
    failed({ code: 'setting', name, sentence: `--${name} is missing: ringfence --help shows how.` })
  )
}

/** What is no id of ours would reach the database as a defect. */
function organizationNamed(): string {
  const id = needed('org')
  if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id)) return id
  return failed({ code: 'setting', name: '--org', sentence: 'There is no organization with this id.' })
}

function oneOf<T extends string>(name: 'phone' | 'crm', known: readonly T[]): T {
  const sentence = `--${name} is one of ${known.join(', ')}.`
  return known.find((one) => one === values[name]) ?? failed({ code: 'setting', name, sentence })
}

function answer(json: unknown, text: string): void {
  say(values.json ? `${JSON.stringify(json)}\n` : `${text}\n`)
}

function say(text: string): void {
  process.stdout.write(text)
}
