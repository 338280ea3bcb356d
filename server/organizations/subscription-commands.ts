import { OneTimeTokens } from '../accounts/one-time-tokens.ts'
import { Sessions } from '../accounts/sessions.ts'
import { command, needed, type Told } from '../command.ts'
import { failed, failureOf } from '../failure.ts'
import { HookKeys } from '../ingest/hook-keys.ts'
import type { Installation } from '../installation.ts'
import type { Notices } from '../live/notices.ts'
import { PhoneAccesses } from '../phones/accesses.ts'
import { Leases } from '../phones/leases.ts'
import type { Vendors } from '../privacy/policy-here.ts'
import type { LeftThere } from '../privacy/receipt-signing.ts'
import { Receipts } from '../privacy/receipts.ts'
import { tell, withInstallation, withSystems } from '../with-installation.ts'
import { changeSubscription, type SubscriptionWish } from './change-subscription.ts'
import { Counters } from './counters.ts'
import type { EndingParts } from './end-subscription.ts'
import { type CustomerAccount, customerAccount, type Subscription, trialRule } from './subscriptions.ts'

export const subscriptionCommands = {
  'org trial': command({
    help: [
      [
        '--org ID --trial-until YYYY-MM-DD [--json]',
        'its subscription is a trial, and ends by itself after that day',
      ],
    ],
    options: { org: 'text', 'trial-until': 'text' },
    run: (values) => changed(values, () => ({ state: 'trial', until: needed(values, 'trial-until') })),
  }),
  'org activate': command({
    help: [['--org ID [--json]', 'its subscription runs; one that had ended begins anew, empty']],
    options: { org: 'text' },
    run: (values) => changed(values, () => ({ state: 'active' })),
  }),
  'org end': command({
    help: [
      ['--org ID --name … [--json]', 'ends its subscription: everything of it goes at once, but its name'],
    ],
    options: { org: 'text', name: 'text' },
    run: (values) => changed(values, () => ({ state: 'ended', name: needed(values, 'name') })),
  }),
}

/** What is needed beside a running server, or without one. */
type CommandParts = Pick<Vendors, 'phones' | 'crms'> & { notices: Notices }

/** Tells the account as it is afterwards, and what other systems may still have. */
function changed(values: { org: string | undefined }, wish: () => SubscriptionWish): Promise<Told> {
  const organizationId = idIn(values)
  const change = wish()
  return withInstallation((installation) =>
    withSystems(installation, (systems) =>
      tell(installation, async (notices) => {
        const counters = new Counters(installation.organizations, installation.log)
        try {
          const parts = partsOf(installation, { ...systems, notices }, counters)
          const left = await changeSubscription(parts, organizationId, change).catch((error) =>
            explained(error, change),
          )
          const account = await customerAccount(installation.cluster, organizationId)
          return {
            json: { id: account.id, subscription: account.subscription, left: left ?? [] },
            text: inWords(account, left),
          }
        } finally {
          await counters.close()
        }
      }),
    ),
  )
}

/** What is no id of ours would reach the database as a defect. */
function idIn(values: { org: string | undefined }): string {
  const id = needed(values, 'org')
  if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id)) return id
  return failed({ code: 'setting', name: '--org', sentence: 'There is no organization with this id.' })
}

/** As `org list` shows it. */
export function subscriptionInWords(subscription: Subscription): string {
  return subscription.state === 'trial' ? `trial until ${subscription.until}` : subscription.state
}

/** The day of `--trial-until`, where it was refused. */
export function trialDayRefused(error: unknown): never {
  const failure = failureOf(error)
  if (failure?.code !== 'invalid-input' || failure.field !== 'until') throw error
  return failed({ code: 'setting', name: '--trial-until', sentence: `--trial-until must be ${trialRule}.` })
}

function partsOf(
  { cluster, ring, clock, log, organizations }: Installation,
  { phones, crms, notices }: CommandParts,
  counters: Counters,
): EndingParts {
  const leases = new Leases(cluster, '', 0)
  return {
    cluster,
    ring,
    clock,
    log,
    organizations,
    phones,
    crms,
    notices,
    counters,
    receipts: new Receipts(cluster, ring),
    sessions: new Sessions(cluster),
    oneTimeTokens: new OneTimeTokens(cluster),
    accesses: new PhoneAccesses({ cluster, ring }),
    hooks: new HookKeys(cluster, ring),
    letGo: async (organizationId) => {
      notices.tell({ about: 'subscription ended', organizationId })
      await notices.sent()
      await leases.unwantAll(organizationId)
    },
  }
}

function inWords(
  { id, name, subscription }: CustomerAccount,
  left: readonly LeftThere[] | undefined,
): string {
  switch (subscription.state) {
    case 'active':
      return `The subscription of ${name} runs: ${id}`
    case 'trial':
      return `The trial of ${name} ends with ${subscription.until}: ${id}`
    case 'ending':
      return `The subscription of ${name} has ended: nobody gets in any more. The server removes the rest.`
    case 'ended':
      return [
        `The subscription of ${name} has ended: its keys, its database and everything in it are gone; its name stays.`,
        ...(left ?? []).map(
          ({ system, users, hooks }) =>
            `${system} did not let us end everything: the app may still be there for users: ${users}, hooks: ${hooks}. Uninstall it there.`,
        ),
      ].join('\n')
  }
}

function explained(error: unknown, change: SubscriptionWish): never {
  const failure = failureOf(error)
  const say = (name: string, sentence: string) => failed({ code: 'setting', name, sentence })
  if (failure?.code === 'not-found') return say('--org', 'There is no organization with this id.')
  if (failure?.code === 'conflict')
    return say('--org', 'Its subscription is just ending: wait until that is done, then ask again.')
  if (change.state === 'ended' && failure?.code === 'invalid-input')
    return say('--name', 'Nothing was ended: --name must be the name of the organization.')
  return trialDayRefused(error)
}
