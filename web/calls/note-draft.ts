/** A chosen result, with the words it had then. */
export interface Chosen {
  id: string
  label: string
}
/** What somebody has typed and chosen. */
export interface Draft {
  text: string
  result?: Chosen | undefined
}
export interface Kept extends Draft {
  version: number
}

/** Somebody else wrote meanwhile: nothing was kept of ours, and this stands there. */
export class WrittenMeanwhile extends Error {
  readonly other: Kept
  constructor(other: Kept) {
    super('written meanwhile')
    this.other = other
  }
}

export interface DraftState {
  draft: Draft
  /** the version all of this is kept as; 0: nothing is */
  version: number
  status: 'saved' | 'typing' | 'saving' | 'failed' | 'conflict'
  /** in a conflict: what the other one wrote */
  other?: Kept
  error?: unknown
}

export interface DraftParts {
  /** @throws WrittenMeanwhile */
  save(draft: Draft, version: number, options: { leaving: boolean }): Promise<Kept>
  /** does something later; gives what prevents it */
  later(work: () => void, ms: number): () => void
  /** whether the same may be kept in a moment, without anybody doing anything */
  worthAnotherTry(error: unknown): boolean
}

const typedMs = 600
const againMs = 5_000

/**
 * One call's note on this screen: kept a moment after the last key, one request at a time. It lives apart from the field
 * that shows it, so that nothing is lost by looking at another call, and it never gives up a text that was not kept.
 */
export class NoteDraft {
  readonly #parts: DraftParts
  readonly #watchers = new Set<() => void>()
  #state: DraftState = { draft: { text: '' }, version: 0, status: 'saved' }
  #cancel: (() => void) | undefined
  #saving = false

  constructor(parts: DraftParts) {
    this.#parts = parts
  }

  get state(): DraftState {
    return this.#state
  }

  watch(changed: () => void): () => void {
    this.#watchers.add(changed)
    return () => this.#watchers.delete(changed)
  }

  get watched(): boolean {
    return this.#watchers.size > 0
  }

  /** What the server says is there; it takes nothing from somebody who is typing. */
  hear(kept: Kept | undefined): void {
    const { status, version, other } = this.#state
    if (kept === undefined || kept.version <= (other?.version ?? version)) return
    if (status === 'conflict') this.#set({ ...this.#state, other: kept })
    if (status === 'saved') this.#take(kept)
  }

  type(text: string): void {
    this.#change({ ...this.#state.draft, text }, typedMs)
  }

  /** @param result the same again takes it back */
  choose(result: Chosen): void {
    const { draft } = this.#state
    this.#change({ ...draft, result: draft.result?.id === result.id ? undefined : result }, 0)
  }

  /** Keeps now what is not kept. */
  flush(options: { leaving?: boolean } = {}): void {
    this.#cancel?.()
    this.#cancel = undefined
    const { status } = this.#state
    if (status === 'typing' || status === 'failed') void this.#save(options.leaving === true)
  }

  /** Theirs, then ours. */
  keepBoth(): void {
    const { other, draft } = this.#state
    if (!other) return
    const text = [other.text, draft.text].filter((part) => part.trim() !== '').join('\n\n')
    this.#set({
      draft: { text, result: draft.result ?? other.result },
      version: other.version,
      status: 'typing',
    })
    this.flush()
  }

  takeTheirs(): void {
    if (this.#state.other) this.#take(this.#state.other)
  }

  #take({ version, ...draft }: Kept): void {
    this.#set({ draft, version, status: 'saved' })
  }

  #change(draft: Draft, ms: number): void {
    const { version, status, other } = this.#state
    const still = status === 'conflict' && other
    this.#set({ draft, version, status: still ? 'conflict' : 'typing', ...(still ? { other } : {}) })
    if (still) return
    this.#cancel?.()
    this.#cancel = this.#parts.later(() => this.flush(), ms)
  }

  /** @param again nobody asked for it: what stands there stays until there is something else to say */
  async #save(leaving: boolean, again = false): Promise<void> {
    if (this.#saving) return // whoever saves looks again when it is done
    this.#saving = true
    const { draft, version } = this.#state
    if (!again) this.#set({ draft, version, status: 'saving' })
    try {
      const kept = await this.#parts.save(draft, version, { leaving })
      const same = this.#state.draft === draft
      this.#set({ draft: this.#state.draft, version: kept.version, status: same ? 'saved' : 'typing' })
      this.#saving = false
      if (!same) this.flush()
    } catch (error) {
      this.#saving = false
      this.#failed(error)
    }
  }

  #failed(error: unknown): void {
    const { draft, version } = this.#state
    if (error instanceof WrittenMeanwhile) {
      this.#set({ draft, version, status: 'conflict', other: error.other })
      return
    }
    this.#set({ draft, version, status: 'failed', error })
    if (this.#parts.worthAnotherTry(error))
      this.#cancel = this.#parts.later(() => void this.#save(false, true), againMs)
  }

  #set(state: DraftState): void {
    this.#state = state
    for (const changed of this.#watchers) changed()
  }
}
