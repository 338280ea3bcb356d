import { deliver } from '../http.ts'
import { changed, type Delivery } from './event-faults.ts'
import type { NewEventFault } from './faults.ts'
import type { Bitrix24 } from './index.ts'
import { phpForm } from './php-form.ts'
import type { Handler, Portal } from './world.ts'

export type EventData = Record<string, unknown>

const defaultReorderMs = 2000
const defaultSlowMs = 3000

/** Sends events: once each, never again, as forms, each on its own way, so that no order is promised. */
export class EventSender {
  readonly #bitrix: Bitrix24
  #heldBack = new Map<Portal, (() => void)[]>()

  constructor(bitrix: Bitrix24) {
    this.#bitrix = bitrix
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

  async #deliver(delivery: Delivery): Promise<void> {
    const { settings, timers, faults } = this.#bitrix
    if (settings.eventDelayMs > 0 && !(await timers.sleep(settings.eventDelayMs))) return
    const fault = faults.takeEvent({ portal: delivery.portal.name, event: delivery.event })
    switch (fault?.kind) {
      case 'drop':
        this.#note(delivery, { status: null, error: 'never sent', fault: 'drop' })
        return
      case 'slow':
        if (!(await timers.sleep(fault.delayMs ?? defaultSlowMs))) return
        return this.#attempt(delivery, 'slow')
      case 'reorder':
        if (!(await this.#afterNext(delivery.portal, fault))) return
        return this.#attempt(delivery, 'reorder')
      case 'duplicate':
        await this.#attempt(delivery, 'duplicate')
        await this.#attempt(delivery, 'duplicate')
        break
      default:
        await this.#attempt(changed(delivery, fault), fault?.kind ?? null)
    }
    for (const release of this.#heldBack.get(delivery.portal) ?? []) release()
    this.#heldBack.delete(delivery.portal)
  }

  #afterNext(portal: Portal, fault: NewEventFault): Promise<boolean> {
    const next = new Promise<boolean>((resolve) => {
      this.#heldBack.set(portal, [...(this.#heldBack.get(portal) ?? []), () => resolve(true)])
    })
    return Promise.race([next, this.#bitrix.timers.sleep(fault.delayMs ?? defaultReorderMs)])
  }

  async #attempt(delivery: Delivery, fault: string | null): Promise<void> {
    if (this.#bitrix.timers.closed) return
    const at = this.#bitrix.clock.now()
    const { status, error } = await deliver({
      method: 'POST',
      url: delivery.url,
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        'user-agent': 'Bitrix24 Webhook Engine',
      },
      body: phpForm(delivery.body),
      timeoutMs: this.#bitrix.settings.eventTimeoutMs,
    })
    this.#note(delivery, { status, error, fault, at })
  }

  #note(
    { event, subject, url }: Delivery,
    result: { status: number | null; error: string | null; fault: string | null; at?: number },
  ): void {
    const { at = this.#bitrix.clock.now(), ...rest } = result
    this.#bitrix.ledger.hooks.push({
      at: new Date(at).toISOString(),
      sender: 'bitrix24',
      event,
      subject,
      url,
      attempt: 1,
      ...rest,
    })
  }
}
