import type { Reply } from '../http.ts'
import type { Random } from '../random.ts'
import type { WebexSettings } from './settings.ts'

/** Makes the bodies of errors: a message, a list of descriptions (which may be missing), and a tracking id. */
export class Refusals {
  readonly #random: Random
  readonly #settings: () => WebexSettings

  constructor(random: Random, settings: () => WebexSettings) {
    this.#random = random
    this.#settings = settings
  }

  refuse(
    status: number,
    message: string,
    more: { headers?: Record<string, string>; error?: string; errorCode?: number } = {},
  ): Reply {
    const trackingId = `ROUTERGW_${this.#random.uuid()}`
    const description = more.error === undefined ? message : `${more.error}: ${message}`
    return {
      status,
      headers: { trackingid: trackingId, ...more.headers },
      body: {
        message,
        ...(this.#settings().listsErrors ? { errors: [{ description }] } : {}),
        ...(more.error === undefined ? {} : { error: more.error }),
        ...(more.errorCode === undefined ? {} : { errorCode: more.errorCode }),
        trackingId,
      },
    }
  }
}
