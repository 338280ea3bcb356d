import { DeliveryQueue } from '../delivery-queue.ts'
import { sendHook } from '../send-hook.ts'
import { changed, type Delivery } from './event-faults.ts'
import type { Bitrix24 } from './index.ts'
import { phpForm } from './php-form.ts'
import type { Handler, Portal } from './world.ts'

export type EventData = Record<string, unknown>

/** Sends events: once each, never again, as forms, each on its own way, so that no order is promised. */
export class EventSender {
  readonly #bitrix: Bitrix24
  readonly #queue: DeliveryQueue

  constructor(bitrix: Bitrix24) {
    this.#bitrix = bitrix
    this.#queue = new DeliveryQueue(bitrix)
  }

  /**
   * Tells the bound handlers of apps whose installation is finished; gives how many deliveries were started.
   * `userId`: who acted, when somebody did. `clientId`: this app alone.
   */
  fire(
    portal: Portal,
    event: string,
    data: EventData,
    options: { userId?: number; clientId?: string; subject?: string } = {},
  ): number {
    if (portal.state !== 'active') return 0
    const handlers = portal.handlers.filter(
      (item) =>
        item.event === event &&
        (options.clientId === undefined || item.clientId === options.clientId) &&
        portal.installs.get(item.clientId)?.installed === true,
    )
    for (const handler of handlers) {
      const userId = handler.authType === 0 ? options.userId : handler.authType
      const auth = this.auth(portal, handler.clientId, userId === undefined ? {} : { userId })
      this.#start({
        portal,
        event,
        url: handler.handler,
        subject: options.subject ?? '',
        body: this.#body(handler, event, data, auth),
      })
    }
    return handlers.length
  }

  /** Delivers to one address whatever is bound, with `auth` made before: ONAPPINSTALL, ONAPPUNINSTALL, ONAPPUPDATE. */
  sendTo(
    target: { portal: Portal; url: string; handler?: Handler },
    event: string,
    data: EventData,
    auth: Record<string, unknown>,
  ): void {
    const body = this.#body(target.handler, event, data, auth)
    // The samples of the events about the app itself show no handler's id.
    delete body['event_handler_id']
    this.#start({ portal: target.portal, event, url: target.url, subject: target.portal.name, body })
  }

  /** The `auth` part of an event; with `userId` it carries a token of that user, `withRefresh` a refresh token as well. */
  auth(
    portal: Portal,
    clientId: string,
    options: { userId?: number; withRefresh?: true } = {},
  ): Record<string, unknown> {
    const bitrix = this.#bitrix
    const { settings, tokens } = bitrix
    const install = portal.install(clientId)
    const app = bitrix.app(clientId)
    const base: Record<string, unknown> = {
      domain: bitrix.domain(portal),
      ...(settings.eventServerEndpoint ? { server_endpoint: bitrix.serverEndpoint(portal) } : {}),
      client_endpoint: bitrix.clientEndpoint(portal),
      member_id: portal.memberId,
      application_token: install.applicationToken,
    }
    const { userId } = options
    if (userId === undefined || !(settings.eventTokens || options.withRefresh)) return base
    const owner = { portal, clientId, userId }
    const withRefresh = options.withRefresh === true || settings.eventRefreshToken
    const issued = withRefresh ? tokens.issue(owner) : tokens.issueAccess(owner)
    return {
      access_token: issued.access,
      expires: Math.floor(issued.expiresAt / 1000),
      expires_in: settings.accessTokenSeconds,
      scope: app.scopes.join(','),
      ...base,
      status: bitrix.statusOf(app),
      user_id: userId,
      ...('refresh' in issued ? { refresh_token: issued.refresh } : {}),
    }
  }

  #body(
    handler: Handler | undefined,
    event: string,
    data: EventData,
    auth: Record<string, unknown>,
  ): Delivery['body'] {
    const withId = handler !== undefined && this.#bitrix.settings.eventHandlerId
    return {
      event,
      ...(withId ? { event_handler_id: handler.id } : {}),
      data,
      ts: Math.floor(this.#bitrix.clock.now() / 1000),
      auth,
    }
  }

  #start(delivery: Delivery): void {
    this.#bitrix.timers.track(this.#deliver(delivery))
  }

  async #deliver({ portal, event, url, subject, body }: Delivery): Promise<void> {
    const bitrix = this.#bitrix
    const { settings, timers, faults } = bitrix
    if (settings.eventDelayMs > 0 && !(await timers.sleep(settings.eventDelayMs))) return
    await this.#queue.sendNow({
      key: portal.name,
      takeFault: () => faults.takeEvent({ portal: portal.name, event }),
      hook: { sender: 'bitrix24', event, subject, url },
      attempt: async (hook) => {
        const { ok } = await sendHook(bitrix, hook, {
          headers: {
            'content-type': 'application/x-www-form-urlencoded',
            'user-agent': 'Bitrix24 Webhook Engine',
          },
          body: phpForm(changed(body, hook.fault)),
          timeoutMs: settings.eventTimeoutMs,
        })
        return ok
      },
    })
  }
}
