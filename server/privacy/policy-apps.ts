import type { Declaration, Purpose, Recipient } from '../../policy/index.ts'
import type { Crm } from '../crms/contract.ts'
import type { PhoneSystem } from '../phones/contract.ts'
import { waysOf } from '../recordings/ways.ts'

/** A service that is connected, and the address of its own policy where its adapter knows one. */
export interface Vendor {
  title: string
  policyUrl?: string
  name?: string
}
export type PhoneVendor = Vendor & Partial<Pick<PhoneSystem, 'api' | 'recordings'>>
type CrmParts = 'live' | 'portal' | 'persons' | 'followUps' | 'mirror' | 'deals'
export type CrmVendor = Vendor & Partial<Pick<Crm, CrmParts | 'attachRecording' | 'referToRecording'>>

/** One phone system with one CRM: what a company has before it, and what a notice of its own is about. */
export interface NoticeApp {
  id: string
  phone: PhoneVendor
  crm: CrmVendor
}

/** As it stands in addresses. */
export const nameOf = ({ name, title }: Vendor): string =>
  name ?? title.toLowerCase().replace(/[^a-z0-9]+/g, '-')

export function appsOf(subject: { phones: readonly PhoneVendor[]; crms: readonly CrmVendor[] }): NoticeApp[] {
  return subject.crms.flatMap((crm) =>
    subject.phones.map((phone) => ({ id: `${nameOf(phone)}-${nameOf(crm)}`, phone, crm })),
  )
}

/** Kinds that only some apps bring about: by what their phone system and their CRM can do. All others are of every app. */
const broughtBy: Readonly<Record<string, (app: NoticeApp) => boolean>> = {
  'cards of calls': ({ crm }) => crm.live !== undefined,
  'cards of calls in progress': ({ crm }) => crm.live !== undefined,
  'calls asked for in the CRM': ({ crm }) => crm.live !== undefined,
  'persons being made': ({ crm }) => crm.persons !== undefined,
  'follow-ups': ({ crm }) => crm.followUps !== undefined,
  'contact mirror': ({ crm }) => crm.mirror !== undefined,
  'open deals': ({ crm }) => crm.deals !== undefined,
  portals: ({ crm }) => crm.portal !== undefined,
  'recording addresses': (app) => recordingsIn(app) !== 'none',
  'telephones of users': ({ phone }) => phone.api !== undefined,
  lines: ({ phone }) => phone.api !== undefined,
  'access to the phone system': ({ phone }) => phone.api !== undefined,
}

/** The same of purposes: a kind may be declared for one that only some apps have. */
const servedBy: Readonly<Partial<Record<Purpose, (app: NoticeApp) => boolean>>> = {
  'attach the recording in the CRM': (app) => recordingsIn(app) !== 'none',
  'follow up missed calls in the CRM': ({ crm }) => crm.followUps !== undefined,
}

/** In which of the apps are these kinds used for this? */
export function appsFor(
  purpose: Purpose,
  kinds: readonly Pick<Declaration, 'kind'>[],
  apps: readonly NoticeApp[],
): NoticeApp[] {
  return apps.filter(
    (app) => (servedBy[purpose]?.(app) ?? true) && kinds.some((one) => appsWith(one, [app]).length > 0),
  )
}

/** In which of the apps is this kind processed? */
export function appsWith({ kind }: Pick<Declaration, 'kind'>, apps: readonly NoticeApp[]): NoticeApp[] {
  const isBrought = broughtBy[kind]
  return apps.filter((app) => isBrought === undefined || isBrought(app))
}

/** What an app can do with recordings: pass them on, refer to them, or nothing. */
export function recordingsIn({ phone, crm }: NoticeApp): 'attach' | 'refer' | 'none' {
  const ways = waysOf(phone, crm)
  if (ways.includes('attach')) return 'attach'
  return ways.some((way) => way !== 'leave') ? 'refer' : 'none'
}

/**
 * Can this recipient get something in this app?
 * @param all every recipient there is: a phone system that is none by its own name is the one at a connection's address
 */
export function receivesIn(
  recipient: Recipient,
  { phone, crm }: NoticeApp,
  all: readonly Recipient[],
): boolean {
  const { hosts, provider, adapter } = recipient
  if (hosts === 'mail server') return true
  if (adapter) return adapter.kind === 'phone' ? isMadeBy(phone, recipient) : isMadeBy(crm, recipient)
  if (provider !== undefined) return nameOf(crm) === provider
  if (hosts !== 'connection') return isMadeBy(phone, recipient) || isMadeBy(crm, recipient)
  return !all.some((other) => isMadeBy(phone, other))
}

/** A product may carry more than its maker's name. */
function isMadeBy({ title }: Vendor, { name }: Recipient): boolean {
  return title === name || title.startsWith(`${name} `)
}

/** Marks what is in the notices of some apps and not of the others. */
export function onlyIn(all: readonly NoticeApp[], some: readonly NoticeApp[]): { only?: string[] } {
  return some.length === all.length ? {} : { only: some.map(({ id }) => id) }
}
