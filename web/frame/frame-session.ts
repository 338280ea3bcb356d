import type { FrameSession } from '../../server/http/shapes.ts'
import { ApiFailure, answerOf, type Bearer, read } from '../api/request.ts'
import { FrameProblem, type ProblemKind } from './problem.ts'

/** `connecting` until first known; `open`: there is a session, though it may have to be renewed on the way */
export type SessionState =
  | { is: 'connecting' }
  | { is: 'open'; userId: string }
  | { is: 'closed'; why: ProblemKind }

/**
 * Our session inside the host: a bearer held in memory, got for a token that the host signed, and got anew without a word
 * when the server does not accept it any more. What cannot be got closes the frame: nothing of the old user stays.
 */
export class HostedSession implements Bearer {
  readonly #freshToken: () => Promise<string>
  #firstToken: string | undefined
  #held: FrameSession | undefined
  #getting: Promise<FrameSession> | undefined
  #state: SessionState = { is: 'connecting' }
  readonly #watchers = new Set<() => void>()

  /** @param firstToken from our address; good for one exchange, after that the host is asked */
  constructor(parts: { firstToken: string | undefined; freshToken: () => Promise<string> }) {
    this.#firstToken = parts.firstToken
    this.#freshToken = parts.freshToken
  }

  readonly state = (): SessionState => this.#state

  readonly watch = (changed: () => void): (() => void) => {
    this.#watchers.add(changed)
    return () => void this.#watchers.delete(changed)
  }

  async current(): Promise<string> {
    return (this.#held ?? (await this.#get())).token
  }

  async renewed(refused: string): Promise<string> {
    // Of many requests that were refused together only the first asks; the others find the new one here.
    if (this.#held !== undefined && this.#held.token !== refused) return this.#held.token
    this.#held = undefined
    return (await this.#get()).token
  }

  /**
   * Tries (again) to get a session; how it went is in `state`. Until then a closed frame goes on saying why: somebody may
   * just be pressing what it offers.
   */
  async open(): Promise<void> {
    this.#held = undefined
    await this.#get().catch(() => undefined)
  }

  #get(): Promise<FrameSession> {
    this.#getting ??= this.#exchange()
      .then((session) => {
        this.#held = session
        if (this.#state.is !== 'open' || this.#state.userId !== session.userId)
          this.#become({ is: 'open', userId: session.userId })
        return session
      })
      .catch((error: unknown) => {
        const why = kindOf(error)
        // A server that is away for a moment takes nothing from the screen; everything else does.
        if (why !== 'no-answer' || this.#state.is !== 'open') this.#become({ is: 'closed', why })
        throw why === 'no-answer' ? error : new ApiFailure(401, { code: why }, error)
      })
      .finally(() => {
        this.#getting = undefined
      })
    return this.#getting
  }

  async #exchange(): Promise<FrameSession> {
    const first = this.#firstToken
    this.#firstToken = undefined
    if (first !== undefined) {
      try {
        return await exchange(first)
      } catch (error) {
        // It may have been under way too long, or this page was loaded anew with it.
        if (!(error instanceof ApiFailure) || error.refusal.code !== 'unauthorized') throw error
      }
    }
    return exchange(await this.#freshToken())
  }

  #become(state: SessionState): void {
    this.#state = state
    for (const tell of this.#watchers) tell()
  }
}

/** Beside this page's own address, whatever the host's CRM is called. */
async function exchange(token: string): Promise<FrameSession> {
  const response = await answerOf(`${globalThis.location.pathname.replace(/\/$/, '')}/session`, {
    method: 'POST',
    credentials: 'omit',
    headers: { accept: 'application/json', 'content-type': 'application/json' },
    body: JSON.stringify({ token }),
  })
  return read<FrameSession>(response)
}

function kindOf(error: unknown): ProblemKind {
  if (error instanceof FrameProblem) return error.kind
  if (!(error instanceof ApiFailure)) return 'defect'
  if (error.refusal.code === 'not-installed') return 'not-installed'
  if (error.status === 401) return 'not-accepted'
  return error.status === 0 || error.status >= 500 || error.status === 429 ? 'no-answer' : 'defect'
}
