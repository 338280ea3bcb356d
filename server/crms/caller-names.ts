import type { App } from '../app.ts'
import type { CallOnScreen } from '../calls/call-on-screen.ts'
import { remoteParty } from '../calls/fold.ts'
import { failureOf } from '../failure.ts'
import type { MatchView } from '../http/shapes.ts'
import type { DirectoryUser } from '../organizations/directory.ts'
import type { Organization } from '../organizations/organization.ts'
import type { Caller, Crm, CrmSession } from './contract.ts'

/** So long a name is held after it was last shown with a call that goes on: the call, and a few minutes (BX-11). */
const lifeMs = 5 * 60_000
/** After an answer that was none. */
const awayMs = 30_000
/** More are not held: then all are asked again. */
const most = 5_000

interface Answer {
  organizationId: string
  /** undefined: nobody could say */
  callers: readonly Caller[] | undefined
  /** asked in the viewer's own name: then what the CRM showed is theirs to see; otherwise only what they own is */
  own: boolean
  until: number
  asking: Promise<void> | undefined
}

export type CallerNamesParts = Pick<App, 'installations' | 'crms' | 'log'>

/**
 * Who is calling, from a CRM that is asked at each call (BX-11): names live here, in the memory of one node, while a card
 * is open and a few minutes longer. They are stored nowhere and logged nowhere.
 *
 * What a viewer may see is the CRM's to say: it is asked with their own token. Where they have none an administrator's is
 * used, and shown is only what is the viewer's own. Asking is never waited for on the way of a call.
 */
export class CallerNames {
  readonly #parts: CallerNamesParts
  /** organization, viewer and number → answer */
  readonly #known = new Map<string, Answer>()
  #sweep: NodeJS.Timeout | undefined

  constructor(parts: CallerNamesParts) {
    this.#parts = parts
  }

  /** Whom the number belongs to, as far as it is known now. */
  of(organization: Organization, user: DirectoryUser, call: CallOnScreen): MatchView[] {
    const answer = this.#answer(organization, user, call)
    if (!answer?.callers) return []
    if (call.record.call.state !== 'ended') answer.until = Math.max(answer.until, Date.now() + lifeMs)
    return answer.callers.map((caller) =>
      matchOf(caller, answer.own || caller.ownerExternalId === user.externalId),
    )
  }

  /** Is there anybody to be asked, or is the answer still to come? */
  isDue(organization: Organization, user: DirectoryUser, call: CallOnScreen): boolean {
    if (call.matches.length > 0 || numberOf(call) === undefined) return false
    const answer = this.#answer(organization, user, call)
    return answer === undefined || answer.asking !== undefined
  }

  /** @returns whether there is something to show that was not there before. Never fails. */
  async ask(organization: Organization, user: DirectoryUser, call: CallOnScreen): Promise<boolean> {
    const number = numberOf(call)
    if (number === undefined) return false
    const key = keyOf(organization, user, number)
    const answer = this.#answer(organization, user, call) ?? this.#begin(organization, key)
    answer.asking ??= this.#ask(user, number, answer).finally(() => {
      answer.asking = undefined
    })
    await answer.asking
    return this.#known.get(key) === answer && (answer.callers?.length ?? 0) > 0
  }

  /** Users, their grants or connections changed, or the organization is gone. */
  forgetOrganization(organizationId: string): void {
    for (const [key, answer] of this.#known)
      if (answer.organizationId === organizationId) this.#known.delete(key)
  }

  #answer(organization: Organization, user: DirectoryUser, call: CallOnScreen): Answer | undefined {
    const number = numberOf(call)
    const answer = number === undefined ? undefined : this.#known.get(keyOf(organization, user, number))
    return answer && (answer.asking || answer.until > Date.now()) ? answer : undefined
  }

  #begin({ id: organizationId }: Organization, key: string): Answer {
    if (this.#known.size >= most) this.#known.clear()
    const answer: Answer = { organizationId, callers: undefined, own: false, until: 0, asking: undefined }
    this.#known.set(key, answer)
    this.#sweep ??= setTimeout(() => this.#sweepOver(), lifeMs).unref()
    return answer
  }

  async #ask(user: DirectoryUser, number: string, answer: Answer): Promise<void> {
    try {
      const way = await this.#wayFor(user)
      answer.callers = (await way?.identify(number)) ?? []
      answer.own = way?.own ?? false
      answer.until = Date.now() + lifeMs
    } catch (error) {
      const code = failureOf(error)?.code
      if (code === undefined) this.#parts.log.failure('caller-not-asked', error)
      answer.until = Date.now() + awayMs
    }
  }

  /** With the viewer's own rights where they have given them, else with an administrator's. */
  async #wayFor(
    user: DirectoryUser,
  ): Promise<{ own: boolean; identify(number: string): Promise<Caller[]> } | undefined> {
    const { installations, crms } = this.#parts
    const active = await installations.active(user.connectionId)
    const own = active.find(({ userRef }) => userRef === user.externalId)
    const installation = own ?? active[0]
    const crm: Crm | undefined = installation && crms.get(installation.crm)
    if (!installation || !crm?.identify) return undefined
    const session: CrmSession = installations.session(crm, installation)
    const { identify } = crm
    return { own: own !== undefined, identify: (number) => identify(session, number) }
  }

  #sweepOver(): void {
    this.#sweep = undefined
    const now = Date.now()
    for (const [key, { until, asking }] of this.#known) if (!asking && until <= now) this.#known.delete(key)
    if (this.#known.size > 0) this.#sweep = setTimeout(() => this.#sweepOver(), lifeMs).unref()
  }
}

const keyOf = (organization: Organization, user: DirectoryUser, number: string): string =>
  `${organization.id} ${user.id} ${number}`

function numberOf({ record }: CallOnScreen): string | undefined {
  const remote = remoteParty(record.call)
  return remote?.kind === 'e164' ? remote.e164 : undefined
}

/** Of who is hidden nothing is said but that there is somebody; the number was in the call anyway. */
function matchOf(caller: Caller, may: boolean): MatchView {
  return {
    personId: caller.externalId,
    name: may ? caller.name : '',
    why: 'exact',
    typed: '',
    hidden: !may,
    url: may ? caller.url : '',
  }
}
