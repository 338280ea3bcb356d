import type { CallOnScreen } from '../calls/call-on-screen.ts'
import type { LiveEvent } from './messages.ts'

/** One open screen: a browser tab, or a test that holds the stream. */
export interface Screen {
  readonly userId: string
  send(event: LiveEvent, data: unknown): void
}

/** Shows a call to one user, or nothing where it is not theirs to see. */
export type ShowCall = (userId: string, call: CallOnScreen) => unknown

/** The screens held by this node. Nothing of a call is kept: a screen that comes back loads its state anew. */
export class Screens {
  readonly #byOrganization = new Map<string, Set<Screen>>()

  add(organizationId: string, screen: Screen): () => void {
    const screens = this.#byOrganization.get(organizationId) ?? new Set()
    screens.add(screen)
    this.#byOrganization.set(organizationId, screens)
    return () => {
      screens.delete(screen)
      if (screens.size === 0) this.#byOrganization.delete(organizationId)
    }
  }

  has(organizationId: string): boolean {
    return this.#byOrganization.has(organizationId)
  }

  hasUser(organizationId: string, userId: string): boolean {
    const screens = this.#byOrganization.get(organizationId) ?? []
    return [...screens].some((screen) => screen.userId === userId)
  }

  /** Each user's view is made once, however many tabs they have open. */
  showCall(organizationId: string, call: CallOnScreen, show: ShowCall): void {
    const views = new Map<string, unknown>()
    for (const screen of this.#byOrganization.get(organizationId) ?? []) {
      if (!views.has(screen.userId)) views.set(screen.userId, show(screen.userId, call))
      const view = views.get(screen.userId)
      if (view !== undefined) screen.send('call', view)
    }
  }

  tell(organizationId: string, event: Exclude<LiveEvent, 'call'>): void {
    for (const screen of this.#byOrganization.get(organizationId) ?? []) screen.send(event, {})
  }

  /** Open at this node. */
  count(): number {
    let count = 0
    for (const screens of this.#byOrganization.values()) count += screens.size
    return count
  }
}
