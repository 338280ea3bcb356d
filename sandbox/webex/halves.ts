import type { Random } from '../random.ts'
import {
  type Half,
  isLive,
  type Party,
  type Personality,
  partyOf,
  type Redirection,
  servicePartyOf,
} from './half.ts'
import { webexId } from './ids.ts'
import type { Org, Person, Service } from './org.ts'
import { changeRecording, startsByItself } from './recorded.ts'
import type { WebexSettings } from './settings.ts'

export type CallEventName = 'created' | 'updated' | 'deleted'
/** A change of one half, for the webhooks. */
export type Said = { half: Half; event: CallEventName; eventType: string; at: number }

/** The halves of one call: what becomes of each is said as it happens. */
export class Halves {
  readonly all: Half[] = []
  readonly #org: Org
  readonly #random: Random
  readonly #settings: WebexSettings
  readonly #options: { emit: (said: Said) => void; released: (half: Half) => void }
  #lastSaid = 0

  constructor(options: {
    org: Org
    random: Random
    settings: WebexSettings
    emit: (said: Said) => void
    /** A half is over. */
    released: (half: Half) => void
  }) {
    this.#org = options.org
    this.#random = options.random
    this.#settings = options.settings
    this.#options = options
  }

  get live(): Half[] {
    return this.all.filter(isLive)
  }

  /** Who has this number, as others see them. */
  party(number: string): Party {
    const person = this.#org.find(number)
    if (person !== undefined) return partyOf(person)
    const service = this.#org.service(number)
    if (service !== undefined) return servicePartyOf(service)
    const name = this.#org.callerName(number)
    return { ...(name === undefined ? {} : { name }), number, privacyEnabled: false, callType: 'external' }
  }

  /** The phones of a person ring. */
  invite(
    at: number,
    person: Person,
    how: { remote: Party; session: string; redirections: Redirection[]; via: Service | undefined },
  ): Half {
    const half = this.add(at, person, { personality: 'terminator', ...how })
    this.say(half, 'created', 'received', at)
    const { updatedAfterCreated } = this.#settings
    if (
      updatedAfterCreated === 'always' ||
      (updatedAfterCreated === 'queue' && how.via?.kind === 'callQueue')
    )
      this.say(half, 'updated', 'updated', at)
    return half
  }

  /** A half that nothing has been said of yet. */
  add(
    at: number,
    person: Person,
    how: {
      personality: Personality
      remote: Party
      session: string
      dialed?: string
      redirections?: Redirection[]
      via?: Service | undefined
    },
  ): Half {
    const key = `${this.#random.int(100_000, 999_999)}:0`
    const half: Half = {
      callId: webexId('CALL', `callhalf-${key}`),
      key,
      session: how.session,
      person,
      personality: how.personality,
      state: how.personality === 'originator' ? 'connecting' : 'alerting',
      remote: how.remote,
      dialed: how.dialed,
      redirections: how.redirections ?? [],
      via: how.via,
      appearance: 1,
      created: at,
      answered: undefined,
      disconnected: undefined,
      muted: false,
      completedElsewhere: false,
      heldSince: undefined,
      heldMs: 0,
      recordingState: undefined,
      recorded: [],
      releasedBy: 'Remote',
      transferKey: undefined,
    }
    this.all.push(half)
    return half
  }

  /** A half is answered. */
  connect(half: Half, at: number): void {
    half.answered = at
    half.state = 'connected'
    if (startsByItself(this.#org, half)) changeRecording(half, 'start', at)
    this.say(half, 'updated', this.named('updated', 'answered'), at)
  }

  /** A half is over; `elsewhere`: its person is told that the call was completed elsewhere. */
  release(half: Half, at: number, how: { elsewhere?: boolean; eventType?: string } = {}): void {
    half.heldMs += half.heldSince === undefined ? 0 : at - half.heldSince
    half.heldSince = undefined
    half.disconnected = at
    half.state = 'disconnected'
    half.completedElsewhere = how.elsewhere ?? false
    if (half.recordingState === 'started' || half.recordingState === 'paused')
      changeRecording(half, 'stop', at)
    this.say(half, 'deleted', how.eventType ?? 'disconnected', at)
    this.#options.released(half)
  }

  /** Another party is at the far end now. */
  faces(half: Half, party: Party, at: number): void {
    half.remote = party
    this.say(half, 'updated', 'updated', at)
  }

  setState(half: Half, state: Half['state'], eventType: string, at: number): void {
    half.state = state
    this.say(half, 'updated', eventType, at)
  }

  /** Whether `caller` dialled the person of `half`. */
  dialed(caller: Half, half: Half): boolean {
    if (half.personality !== 'terminator' || half.session !== caller.session) return false
    const { dialed } = caller
    if (dialed === undefined) return false
    const { extension, number } = half.person
    if (dialed === extension || dialed === number) return true
    return half.via !== undefined && half.via === this.#org.service(dialed)
  }

  /** The half of the colleague to whom this one talks. */
  counterpart(half: Half): Half | undefined {
    return this.live.find(
      (other) =>
        other !== half &&
        other.remote.personId === half.person.id &&
        half.remote.personId === other.person.id,
    )
  }

  /** What a change is called, as the settings say. */
  named(observed: string, name: string): string {
    return this.#settings.eventTypes === 'named' ? name : observed
  }

  /** No two events of a call have the same time, so that they can be told apart and put in order. */
  say(half: Half, event: CallEventName, eventType: string, at: number): void {
    this.#lastSaid = Math.max(at + 2, this.#lastSaid + 1)
    this.#options.emit({ half, event, eventType, at: this.#lastSaid })
  }
}
