import type { Clock } from '../clock.ts'
import type { Portal } from './world.ts'

/** Why a card came or went. `user`: whoever saw it closed it. `dropped`: the portal gave the call up. */
export type CardCause = 'register' | 'click' | 'show' | 'hide' | 'finish' | 'user' | 'dropped'
export type ShownCard = { callId: string; userId: number; since: string }
export type CardChange = {
  at: string
  callId: string
  userId: number
  change: 'shown' | 'hidden'
  by: CardCause
}
export type Cards = { shown: ShownCard[]; history: CardChange[] }

/** Which call cards are on whose screen, and how that came about. */
export class CardBoard {
  readonly #clock: Clock
  #boards = new Map<Portal, Cards>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  of(portal: Portal): Cards {
    const board = this.#boards.get(portal) ?? { shown: [], history: [] }
    this.#boards.set(portal, board)
    return board
  }

  show(portal: Portal, callId: string, userIds: readonly number[], by: CardCause): void {
    const board = this.of(portal)
    const at = this.#now()
    for (const userId of userIds) {
      if (board.shown.some((card) => card.callId === callId && card.userId === userId)) continue
      board.shown.push({ callId, userId, since: at })
      board.history.push({ at, callId, userId, change: 'shown', by })
    }
  }

  hide(portal: Portal, callId: string, userIds: readonly number[], by: CardCause): void {
    const board = this.of(portal)
    const gone = board.shown.filter((card) => card.callId === callId && userIds.includes(card.userId))
    board.shown = board.shown.filter((card) => !gone.includes(card))
    const at = this.#now()
    for (const { userId } of gone) board.history.push({ at, callId, userId, change: 'hidden', by })
  }

  hideAll(portal: Portal, callId: string, by: CardCause): void {
    const users = this.of(portal).shown.filter((card) => card.callId === callId)
    this.hide(
      portal,
      callId,
      users.map((card) => card.userId),
      by,
    )
  }

  clear(): void {
    this.#boards.clear()
  }

  #now(): string {
    return new Date(this.#clock.now()).toISOString()
  }
}
