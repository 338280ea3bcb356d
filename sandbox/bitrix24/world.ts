import { type LeakyBucket, TimeBudget } from './limits.ts'

export type User = {
  id: number
  name: string
  lastName: string
  email: string
  innerPhone: string | null
  mobile: string | null
  admin: boolean
  active: boolean
}

export const entityTypes = ['LEAD', 'CONTACT', 'COMPANY', 'DEAL'] as const
export type EntityType = (typeof entityTypes)[number]

/** An item of PHONE or EMAIL. */
export type ContactPoint = { id: number; value: string; valueType: string; typeId: 'PHONE' | 'EMAIL' }

export type Entity = {
  id: number
  type: EntityType
  /** First name of a contact or lead; empty for companies and deals. */
  name: string
  lastName: string
  /** Title of a lead, company or deal; empty for contacts. */
  title: string
  points: ContactPoint[]
  assignedById: number
  companyId: number | null
  createdAt: number
  modifiedAt: number
}

export type EntityRef = { type: EntityType; id: number }

/** An app on a portal. */
export type Install = {
  clientId: string
  /** `ID` of app.info and REST_APP_ID. */
  appId: number
  version: number
  installed: boolean
  applicationToken: string
  /** Who installed it. */
  userId: number
}

export type Handler = {
  id: number
  clientId: string
  event: string
  handler: string
  /** 0: whoever acts. */
  authType: number
  boundBy: number
}

export type Placement = {
  clientId: string
  placement: string
  userId: number
  handler: string
  title: string
  description: string
  options: unknown
  langAll: unknown
}

export type Line = { id: number; clientId: string; number: string; name: string; crmAutoCreate: boolean }

export type Call = {
  callId: string
  clientId: string
  externalCallId: string | null
  userId: number
  phone: string
  /** 1 outgoing, 2 incoming, 3 redirected, 4 callback, 5 info */
  type: number
  line: string | null
  startAt: number
  registeredAt: number
  /** What the portal tells repeated registrations by; null for calls that it started itself. */
  dedupeKey: string | null
  entity: EntityRef | null
  finished: boolean
  /** The answer given at registration, repeated to repeated registrations. */
  answer: Record<string, unknown>
}

export type RecordFile = {
  id: number
  name: string
  bytes: number
  sha256: string
  sourceUrl: string | null
}

/** A row of the call statistics: a call that was finished. */
export type Statistic = {
  id: number
  callId: string
  clientId: string
  externalCallId: string | null
  userId: number
  phone: string
  type: number
  line: string | null
  durationSeconds: number
  startAt: number
  finishedAt: number
  statusCode: string
  failedReason: string
  vote: number | null
  cost: string
  costCurrency: string
  entity: EntityRef | null
  activityId: number | null
  record: RecordFile | null
  transcriptId: number | null
}

export type Activity = {
  id: number
  ownerType: EntityType
  ownerId: number
  subject: string
  description: string
  direction: 1 | 2
  responsibleId: number
  startAt: number
  endAt: number
  createdAt: number
  modifiedAt: number
  completed: boolean
  /** The call it stands for; null for one made by hand. */
  callId: string | null
  phone: string
}

export type Comment = {
  id: number
  entity: EntityRef
  authorId: number
  text: string
  createdAt: number
}

export type PortalState = 'active' | 'deleted' | 'unpaid' | 'rest-off'

type Counter = EntityType | 'user' | 'app' | 'handler' | 'line' | 'statistic' | 'activity' | 'other'

/** One portal. Memory only. */
export class Portal {
  name: string
  readonly memberId: string
  readonly region: 'west' | 'east'
  readonly language: string
  readonly utcOffset: string
  readonly countryCode: string
  readonly crmMode: 'classic' | 'simple'
  licenseFamily: string
  state: PortalState = 'active'
  readonly users = new Map<number, User>()
  readonly entities: Record<EntityType, Map<number, Entity>> = {
    LEAD: new Map(),
    CONTACT: new Map(),
    COMPANY: new Map(),
    DEAL: new Map(),
  }
  readonly installs = new Map<string, Install>()
  handlers: Handler[] = []
  placements: Placement[] = []
  lines: Line[] = []
  readonly calls = new Map<string, Call>()
  readonly statistics: Statistic[] = []
  readonly activities = new Map<number, Activity>()
  readonly comments = new Map<number, Comment>()
  /** Secrets of incoming webhooks by user. */
  readonly webhooks = new Map<string, number>()
  /** App and line chosen for outgoing calls, of everybody (0) or of a user. */
  readonly outgoing = new Map<number, { clientId: string; line: string }>()
  readonly buckets = new Map<string, LeakyBucket>()
  readonly timeBudget = new TimeBudget()
  readonly #last = new Map<Counter, number>()

  constructor(options: {
    name: string
    memberId: string
    region: 'west' | 'east'
    licenseFamily: string
    language: string
    utcOffset: string
    countryCode: string
    crmMode: 'classic' | 'simple'
  }) {
    this.name = options.name
    this.memberId = options.memberId
    this.region = options.region
    this.licenseFamily = options.licenseFamily
    this.language = options.language
    this.utcOffset = options.utcOffset
    this.countryCode = options.countryCode
    this.crmMode = options.crmMode
  }

  /** Ids are counted per kind of thing. */
  newId(kind: Counter): number {
    const id = (this.#last.get(kind) ?? 0) + 1
    this.#last.set(kind, id)
    return id
  }

  /** Throws when there is no such user. */
  user(id: number): User {
    const user = this.users.get(id)
    if (user === undefined) throw new Error(`no user ${id}`)
    return user
  }

  /** Throws when the app was never installed here. */
  install(clientId: string): Install {
    const install = this.installs.get(clientId)
    if (install === undefined) throw new Error(`app ${clientId} is not on portal ${this.name}`)
    return install
  }

  entity(ref: EntityRef): Entity | undefined {
    return this.entities[ref.type].get(ref.id)
  }

  /** `2026-11-23T10:00:00+03:00`: the portal's own time. */
  isoTime(ms: number): string {
    const sign = this.utcOffset.startsWith('-') ? -1 : 1
    const [hours = 0, minutes = 0] = this.utcOffset.slice(1).split(':').map(Number)
    const local = new Date(ms + sign * (hours * 60 + minutes) * 60_000)
    return `${local.toISOString().slice(0, 19)}${this.utcOffset}`
  }
}
