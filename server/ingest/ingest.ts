import { type Applied, applyTogether, type Told } from '../calls/apply-event.ts'
import type { CallOnScreen } from '../calls/call-on-screen.ts'
import { type CallRecord, callIdOf } from '../calls/call-record.ts'
import type { CallEvent } from '../calls/event.ts'
import type { Clock } from '../clock.ts'
import type { MirrorEvent } from '../crms/contract.ts'
import { isRefusedRow } from '../database/transaction.ts'
import { failed, failureOf, RingfenceError } from '../failure.ts'
import type { Jobs } from '../jobs/jobs.ts'
import type { Log } from '../log.ts'
import type { Counters } from '../organizations/counters.ts'
import {
  type Directories,
  type Directory,
  type DirectoryConnection,
  finderOf,
} from '../organizations/directory.ts'
import type { Organization } from '../organizations/organization.ts'
import type { Organizations } from '../organizations/organizations.ts'
import type { PhoneSystem, RawRequest, ReadyRecording, Received } from '../phones/contract.ts'
import { nobody } from '../phones/people.ts'
import type { Hook, HookKeys } from './hook-keys.ts'
import type { Spool, SpooledRequest } from './spool.ts'
import { Together } from './together.ts'

/** How long after the end of a call it is written into the CRM: a late `answered` still counts. */
const defaultWriteAfterMs = 5_000

export interface IngestParts {
  hooks: HookKeys
  organizations: Organizations
  directories: Directories
  counters: Counters
  jobs: Jobs
  spool: Spool
  clock: Clock
  log: Log
  phones: ReadonlyMap<string, PhoneSystem>
  /** verifies and translates a delivery of a CRM */
  receiveFromCrm(request: RawRequest, hook: Hook): MirrorEvent[]
  /** stores what the CRM told */
  applyCrmEvents(
    organization: Organization,
    connectionId: string,
    events: readonly MirrorEvent[],
  ): Promise<void>
  /** shows a call after its commit */
  show(organization: Organization, call: CallOnScreen): void
  /** shows a call as it is stored, with what became of it in the CRM */
  showStored(organization: Organization, callId: string): void
  /** a call is not as it was: something else follows from that, for which nobody waits */
  changedCall(organization: Organization, directory: Directory, callId: string): void
  recordings: {
    /** a recording of this ended call can be fetched; nothing is kept of it unless an administrator chose so */
    ready(organization: Organization, record: CallRecord, address: string): Promise<void>
    /** the end of a call that had ended turned out to be earlier */
    followEnd(organization: Organization, record: CallRecord): Promise<void>
  }
  /** default 5 s */
  writeAfterMs: number | undefined
}

type KnownOfPhone = Pick<DirectoryConnection, 'settings' | 'people'>
type ConnectionRef = { organizationId: string; connectionId: string }
type Heard =
  | { side: 'phone'; events: CallEvent[]; recordings?: readonly ReadyRecording[] }
  | { side: 'crm'; events: MirrorEvent[] }

/** Everything that vendors tell us comes in here, is verified over its raw bytes, and is applied or spooled. */
export class Ingest {
  readonly #parts: IngestParts
  readonly #together = new Together<Told, Applied>(
    (told) => applyTogether(told[0].context.organization, told),
    (error) => failureOf(error)?.code === 'database-away',
  )
  #draining = false

  constructor(parts: IngestParts) {
    this.#parts = parts
  }

  /**
   * One delivery. Returns when it is safe: committed, or sealed in the spool.
   * @throws RingfenceError `not-found` (unknown hook), `unauthorized`, `invalid-input`, `busy` (spool full or nobody can tell)
   */
  async receive(key: string, request: RawRequest): Promise<void> {
    const arrivedAt = this.#parts.clock.ms()
    const hook = this.#parts.hooks.held(key) ?? (await this.#find(key))
    const heard =
      hook.side === 'phone'
        ? this.#heard(
            hook,
            this.#receivePhone(request, hook, arrivedAt, this.#held(hook) ?? (await this.#known(hook))),
          )
        : { side: 'crm' as const, events: this.#parts.receiveFromCrm(request, hook) }
    await this.#keep(hook, heard, arrivedAt)
  }

  /**
   * What a held connection told, by the same way as a delivery. Returns when it is safe.
   * @throws RingfenceError `busy` when the spool is full
   */
  async hear(of: ConnectionRef, received: Received): Promise<void> {
    const arrivedAt = this.#parts.clock.ms()
    await this.#keep(of, this.#heard(of, received), arrivedAt)
  }

  async #keep(
    { organizationId, connectionId }: ConnectionRef,
    heard: Heard,
    arrivedAt: number,
  ): Promise<void> {
    if (heard.events.length === 0) return
    const spooled = { organizationId, connectionId, arrivedAt, ...heard } as SpooledRequest
    try {
      // What waits in the spool is older: applying in order matters to nobody but the mirror, which compares times itself.
      await this.#apply(spooled)
    } catch (error) {
      if (failureOf(error)?.code !== 'database-away') throw error
      await this.#parts.spool.put(this.#forSpool(spooled))
      this.#parts.log.warn('spooled', { waiting: this.#parts.spool.waiting })
    }
  }

  /** Applies what waits in the spool, while the database is there. Called every second. */
  async drain(): Promise<void> {
    if (this.#draining || this.#parts.spool.waiting === 0) return
    this.#draining = true
    try {
      const applied = await this.#parts.spool.drain(
        (request) => this.#apply(request),
        (error) => this.#parts.log.failure('spooled-request-dropped', error),
      )
      if (applied > 0) this.#parts.log.info('spool-applied', { applied, waiting: this.#parts.spool.waiting })
    } finally {
      this.#draining = false
    }
  }

  /**
   * Where a recording lies is told once, so it waits with the rest, sealed; but only where it is known that an
   * administrator chose to have recordings attached. E-mails of users are kept nowhere.
   */
  #forSpool(request: SpooledRequest): SpooledRequest {
    if (request.side === 'crm') return { ...request, events: request.events.map(withoutEmail) }
    if (!request.recordings) return request
    if (this.#parts.directories.last(request.organizationId, request.connectionId)?.attaches) return request
    const { recordings: _, ...rest } = request
    return rest
  }

  async #find(key: string): Promise<Hook> {
    try {
      return (await this.#parts.hooks.find(key)) ?? failed({ code: 'not-found', what: 'hook' })
    } catch (error) {
      if (failureOf(error)?.code !== 'database-away') throw error
      throw new RingfenceError({ code: 'busy', what: 'hooks', retryAfterSeconds: 5 }, error)
    }
  }

  #receivePhone(request: RawRequest, hook: Hook, arrivedAt: number, known: KnownOfPhone): Received {
    const phone = this.#parts.phones.get(hook.adapter) ?? failed({ code: 'not-found', what: 'hook' })
    return phone.receive(request, {
      id: hook.connectionId,
      organizationId: hook.organizationId,
      secret: hook.secret,
      numbers: { country: hook.country },
      settings: known.settings,
      people: known.people,
      arrivedAt,
    })
  }

  /** Without asking: an event that makes a screen light up waits for nothing. */
  #held({ organizationId, connectionId }: Hook): KnownOfPhone | undefined {
    return this.#parts.directories.held(organizationId, connectionId)
  }

  /**
   * The first event after a while reads them, as applying it would. While the database is away they are as they last were
   * here; where this node has never seen them, an adapter that names people by them would say something wrong.
   * @throws RingfenceError `busy`
   */
  async #known({ organizationId, connectionId, adapter }: Hook): Promise<KnownOfPhone> {
    const { directories, organizations, phones } = this.#parts
    try {
      const { connections } = await directories.of(await organizations.get(organizationId))
      return connections.get(connectionId) ?? failed({ code: 'not-found', what: 'hook' })
    } catch (error) {
      // Whatever is wrong with the database, applying meets it too, and knows what to do with it.
      const last = directories.last(organizationId, connectionId)
      if (last) return last
      if (!phones.get(adapter)?.api) return { settings: {}, people: nobody }
      if (failureOf(error)?.code !== 'database-away') throw error
      throw new RingfenceError({ code: 'busy', what: 'people', retryAfterSeconds: 5 }, error)
    }
  }

  /** Counts what was told and gives what is to be applied. */
  #heard(of: ConnectionRef, received: Received): Heard & { side: 'phone' } {
    const at = this.#parts.clock.now()
    if (received.status === 'events') {
      this.#parts.counters.delivered(of, 'events', at)
      if (received.refusedAddresses) this.#parts.counters.delivered(of, 'refused recordings', at)
      const { events, recordings } = received
      return { side: 'phone', events, ...(recordings ? { recordings } : {}) }
    }
    this.#parts.counters.delivered(of, received.why, at)
    return { side: 'phone', events: [] }
  }

  async #apply(request: SpooledRequest): Promise<void> {
    const organization = await this.#parts.organizations.get(request.organizationId)
    if (request.side === 'crm') {
      await this.#parts.applyCrmEvents(organization, request.connectionId, request.events)
      this.#parts.counters.delivered(request, 'contact changes', new Date(request.arrivedAt))
      return
    }
    for (const events of groupByCall(request.events)) {
      const applied = await this.applyCall(organization, request.connectionId, events, request.arrivedAt)
      const ready = request.recordings?.find((recording) => recording.call === events[0].call)
      if (applied && ready) await this.#parts.recordings.ready(organization, applied.record, ready.address)
    }
  }

  /** @returns undefined when the call's time is over, or nobody has accepted the agreement yet */
  async applyCall(
    organization: Organization,
    connectionId: string,
    events: readonly [CallEvent, ...CallEvent[]],
    arrivedAt: number,
    callId?: string,
  ): Promise<Applied | undefined> {
    const directory = await this.#parts.directories.of(organization)
    if (!directory.agreed) {
      // Acknowledged, so that the phone system does not call it broken; kept nowhere.
      this.#count(organization, connectionId, 'before the agreement', arrivedAt)
      return undefined
    }
    try {
      const applied = await this.#together.apply(organization.id, {
        id: callId ?? callIdOf(organization, connectionId, events[0].call),
        context: {
          organization,
          connectionId,
          arrivedAt,
          finder: finderOf(organization, directory),
          keepsVendorId: directory.connections.get(connectionId)?.looksForRecordings ?? false,
          onEnded: (ended) => this.enqueueWrite(organization.id, ended),
        },
        events,
      })
      if (applied.changed && applied.late)
        await this.#parts.recordings.followEnd(organization, applied.record)
      if (applied.changed) {
        this.#show(organization, applied)
        this.#parts.changedCall(organization, directory, applied.record.id)
      }
      return applied
    } catch (error) {
      // Row security hides a row whose week is over; a late event of such a call has nothing left to join.
      if (!isRefusedRow(error) && failureOf(error)?.code !== 'unreadable') throw error
      this.#count(organization, connectionId, 'too late', arrivedAt)
      return undefined
    }
  }

  /** What the transaction knew is enough, but for a call that had ended or that people wrote about: that is not in it. */
  #show(organization: Organization, { record, matches, late, added }: Applied): void {
    if (late || added) this.#parts.showStored(organization, record.id)
    else this.#parts.show(organization, { record, matches, log: undefined })
  }

  #count(organization: Organization, connectionId: string, what: string, arrivedAt: number): void {
    this.#parts.counters.delivered(
      { organizationId: organization.id, connectionId },
      what,
      new Date(arrivedAt),
    )
  }

  /** The job is named after the call, so however often this is called the call is written once. */
  async enqueueWrite(
    organizationId: string,
    callId: string,
    at = new Date(Date.now() + (this.#parts.writeAfterMs ?? defaultWriteAfterMs)),
  ): Promise<void> {
    await this.#parts.jobs.add(
      'write-call',
      { organizationId, callId },
      { key: `write-call:${callId}`, at, keep: true },
    )
  }
}

function groupByCall(events: readonly CallEvent[]): [CallEvent, ...CallEvent[]][] {
  const groups = new Map<string, [CallEvent, ...CallEvent[]]>()
  for (const event of events) {
    const group = groups.get(event.call)
    if (group) group.push(event)
    else groups.set(event.call, [event])
  }
  return [...groups.values()]
}

function withoutEmail(event: MirrorEvent): MirrorEvent {
  return event.kind === 'user-changed' ? { ...event, user: { ...event.user, email: undefined } } : event
}
