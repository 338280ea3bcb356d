import type { PersonRef, Viewer } from '../calls/call-on-screen.ts'
import type { DirectoryUser } from '../organizations/directory.ts'
import type { Organization } from '../organizations/organization.ts'
import { type AskRightsParts, askRights } from './ask-rights.ts'

/** An answer that is used after this long is asked for anew, while it still holds. */
const defaultRenewMs = 120_000
/** So long a "yes" holds: whoever loses a right in the CRM without a word to us loses it here then. */
const defaultLifeMs = 300_000
/** After an answer that was none. */
const awayMs = 30_000
/** More are not held: then all are asked again. */
const most = 20_000

export interface ReadRightsOptions {
  renewMs?: number
  lifeMs?: number
}

/** What the CRM said of one viewer and one person. */
interface Answer {
  organizationId: string
  reads: boolean
  renewAt: number
  until: number
  asking: Promise<void> | undefined
  /** calls of whose cards it was asked, to show them again when it changes */
  calls: Set<string>
}

/** Somebody's card of a call, shown by an answer that does not hold any more. */
export interface ShownTo {
  userId: string
  callId: string
}

/**
 * Whom in the CRM a viewer's own access reads, as the CRM lately said (PD-2).
 *
 * Held in memory only, for minutes: ids and a yes or no. Whatever is not surely a yes is a no: not asked yet, no grant of
 * the viewer's own, the CRM away, the day's allowance needed for calls. Asking is never waited for on the way of a call.
 */
export class ReadRights {
  readonly #parts: AskRightsParts
  readonly #renewMs: number
  readonly #lifeMs: number
  /** person → viewer → answer */
  readonly #known = new Map<string, Map<string, Answer>>()
  /** viewer → what they ask now */
  readonly #queues = new Map<string, Promise<unknown>>()
  #held = 0
  #sweep: NodeJS.Timeout | undefined

  constructor(parts: AskRightsParts, options: ReadRightsOptions = {}) {
    this.#parts = parts
    this.#renewMs = options.renewMs ?? defaultRenewMs
    this.#lifeMs = options.lifeMs ?? defaultLifeMs
  }

  viewer(user: DirectoryUser): Viewer {
    return { ...user, reads: (person) => this.#reads(user, person) }
  }

  /** Is there anything to be asked, or has somebody asked whose answer is still to come? */
  isDue(user: DirectoryUser, person: PersonRef): boolean {
    if (user.connectionId !== person.connectionId) return false
    const answer = this.#answer(user, person)
    return !answer || answer.asking !== undefined || answer.renewAt <= Date.now()
  }

  /** Was it asked for this call's card? Then somebody may still look at it. */
  isLookedAt(user: DirectoryUser, person: PersonRef, callId: string): boolean {
    return this.#answer(user, person)?.calls.has(callId) ?? false
  }

  /**
   * Asks the CRM with the viewer's own token, once for all who ask meanwhile, and again when the person changed while it
   * was asked. Never fails: an answer that cannot be had leaves what is known until its time is over.
   */
  ask(organization: Organization, user: DirectoryUser, person: PersonRef, callId?: string): Promise<void> {
    if (user.connectionId !== person.connectionId) return Promise.resolve()
    const answer = this.#answer(user, person) ?? this.#begin(organization, user, person)
    if (callId !== undefined) answer.calls.add(callId)
    answer.asking ??= this.#ask(organization, user, person, answer).then(() => {
      answer.asking = undefined
      return this.#answer(user, person) === answer ? undefined : this.ask(organization, user, person, callId)
    })
    return answer.asking
  }

  /**
   * The person changed in the CRM, so no answer holds any more, nor does one that is on its way.
   * @returns on whose cards they stand, shown or hidden, by an answer
   */
  forgetPerson(person: PersonRef): ShownTo[] {
    const answers = this.#known.get(keyOf(person))
    if (!answers) return []
    this.#held -= answers.size
    this.#known.delete(keyOf(person))
    return [...answers].flatMap(([userId, { calls }]) => [...calls].map((callId) => ({ userId, callId })))
  }

  /** Users, their grants or connections changed, or the organization is gone. */
  forgetOrganization(organizationId: string): void {
    this.#forget((answer) => answer.organizationId === organizationId)
  }

  #reads(user: DirectoryUser, person: PersonRef): boolean {
    const answer = this.#answer(user, person)
    return answer?.reads === true && answer.until > Date.now()
  }

  #answer(user: DirectoryUser, person: PersonRef): Answer | undefined {
    return this.#known.get(keyOf(person))?.get(user.id)
  }

  #begin(organization: Organization, user: DirectoryUser, person: PersonRef): Answer {
    if (this.#held >= most) this.#forget(() => true)
    const answers = this.#known.get(keyOf(person)) ?? new Map<string, Answer>()
    const answer: Answer = {
      organizationId: organization.id,
      reads: false,
      renewAt: 0,
      until: Number.POSITIVE_INFINITY, // no answer yet: swept when it has come
      asking: undefined,
      calls: new Set(),
    }
    this.#known.set(keyOf(person), answers.set(user.id, answer))
    this.#held += 1
    this.#sweep ??= setTimeout(() => this.#sweepOver(), this.#lifeMs).unref()
    return answer
  }

  async #ask(
    organization: Organization,
    user: DirectoryUser,
    { externalId }: PersonRef,
    answer: Answer,
  ): Promise<void> {
    const { askedAt, said } = await this.#inTurn(user.id, async () => ({
      askedAt: Date.now(),
      said: await askRights(this.#parts, organization, user, externalId),
    }))
    const now = Date.now()
    if (said === undefined) {
      answer.renewAt = now + Math.min(awayMs, this.#renewMs)
      if (!answer.reads) answer.until = answer.renewAt
      return
    }
    answer.reads = said
    answer.renewAt = askedAt + this.#renewMs
    answer.until = askedAt + this.#lifeMs
  }

  /** One request of a viewer at a time: a desk that comes back asks for many, and calls need the database meanwhile. */
  #inTurn<T>(userId: string, work: () => Promise<T>): Promise<T> {
    const turn = (this.#queues.get(userId) ?? Promise.resolve()).then(work)
    this.#queues.set(userId, turn)
    return turn.finally(() => {
      if (this.#queues.get(userId) === turn) this.#queues.delete(userId)
    })
  }

  #sweepOver(): void {
    this.#sweep = undefined
    const now = Date.now()
    this.#forget((answer) => answer.until <= now)
    if (this.#held > 0) this.#sweep = setTimeout(() => this.#sweepOver(), this.#lifeMs).unref()
  }

  #forget(isOver: (answer: Answer) => boolean): void {
    for (const [person, answers] of this.#known) {
      for (const [userId, answer] of answers) {
        if (isOver(answer) && answers.delete(userId)) this.#held -= 1
      }
      if (answers.size === 0) this.#known.delete(person)
    }
  }
}

const keyOf = ({ connectionId, externalId }: PersonRef): string => `${connectionId} ${externalId}`
