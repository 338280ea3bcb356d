import type { Bitrix24 } from './index.ts'
import type { App } from './inputs.ts'
import { type OpenedPage, type Opening, type OpenOptions, openingOf, postOpening } from './opening.ts'
import type { Install, Portal, User } from './world.ts'

/** A page that is open in somebody's browser, known by its APP_SID. */
export type OpenPage = { portal: Portal; user: User; app: App; opening: Opening }

/** What happens to apps on portals: installation, opening, update, removal. */
export class Installs {
  readonly #bitrix: Bitrix24
  readonly #open = new Map<string, OpenPage>()

  constructor(bitrix: Bitrix24) {
    this.#bitrix = bitrix
  }

  /**
   * An admin adds the app: its installer opens (the app's answer is given back), or for an API-only app ONAPPINSTALL
   * is sent (null is given back). Throws when the user is no admin or the app is installed already.
   */
  async install(options: { portal: string; userId: number; clientId: string }): Promise<OpenedPage | null> {
    const portal = this.#bitrix.portal(options.portal)
    const app = this.#bitrix.app(options.clientId)
    if (portal.installs.get(app.clientId)?.installed === true) throw new Error('the app is installed already')
    this.add(options)
    if (app.apiOnly) return null
    return this.openPage({ ...options, page: 'install' })
  }

  /** The first half of `install`: the app is on the portal, its installer not yet opened. Does nothing when it is. */
  add({ portal: name, userId, clientId }: { portal: string; userId: number; clientId: string }): Install {
    const portal = this.#bitrix.portal(name)
    const app = this.#bitrix.app(clientId)
    const existing = portal.installs.get(clientId)
    if (existing !== undefined) return existing
    if (!portal.user(userId).admin) throw new Error(`user ${userId} may not install apps`)
    const install: Install = {
      clientId,
      appId: portal.newId('app'),
      version: 1,
      installed: app.apiOnly,
      applicationToken: this.#bitrix.random.hex(32),
      userId,
    }
    portal.installs.set(clientId, install)
    if (app.apiOnly) {
      const auth = this.#bitrix.events.auth(portal, clientId, { userId, withRefresh: true })
      this.#bitrix.events.sendTo(
        { portal, url: app.eventUrl ?? app.installUrl },
        'ONAPPINSTALL',
        installData(portal, install),
        auth,
      )
    }
    return install
  }

  /** What BX24.installFinish does. Throws for API-only apps, where it does not work. */
  finish({
    portal: name,
    clientId,
    userId,
  }: {
    portal: string
    clientId: string
    userId?: number | undefined
  }): void {
    const portal = this.#bitrix.portal(name)
    const install = portal.install(clientId)
    if (this.#bitrix.app(clientId).apiOnly) throw new Error('an app without pages has no installFinish')
    const by = userId ?? install.userId
    if (!portal.user(by).admin) throw new Error(`user ${by} may not finish the installation`)
    if (install.installed) return
    install.installed = true
    // An app with pages is told only if its installer bound the event.
    const handlers = portal.handlers.filter(
      (item) => item.clientId === clientId && item.event === 'ONAPPINSTALL',
    )
    for (const handler of handlers) {
      const auth = this.#bitrix.events.auth(portal, clientId, { userId: by, withRefresh: true })
      this.#bitrix.events.sendTo(
        { portal, url: handler.handler },
        'ONAPPINSTALL',
        installData(portal, install),
        auth,
      )
    }
  }

  /** Opens a page of the app as the user's browser would, and gives the app's answer. */
  async openPage(options: OpenOptions): Promise<OpenedPage> {
    const opening = this.opening(options)
    return opening === 'not installed'
      ? notInstalled
      : postOpening(opening, this.#bitrix.settings.eventTimeoutMs)
  }

  /** The form that the portal posts into its frame; `not installed`: an ordinary user has to wait for the admin. */
  opening(options: OpenOptions): Opening | 'not installed' {
    const portal = this.#bitrix.portal(options.portal)
    const user = portal.user(options.userId)
    if (!user.active) throw new Error(`user ${user.id} is dismissed`)
    const app = this.#bitrix.app(options.clientId ?? firstOf(portal))
    const install = portal.install(app.clientId)
    let page = options.page ?? 'app'
    if (!install.installed && page !== 'install') {
      if (!user.admin || app.apiOnly) return 'not installed'
      page = 'install'
    }
    const opening = openingOf(this.#bitrix, { portal, user, app, install, page, options })
    this.#open.set(opening.appSid, { portal, user, app, opening })
    return opening
  }

  /** The page open under this APP_SID. */
  opened(appSid: string): OpenPage | undefined {
    return this.#open.get(appSid)
  }

  /**
   * A new version: handlers and widgets are gone, the application token is another, and those who had bound
   * ONAPPUPDATE are told with tokens of whoever installed the app.
   */
  update({ portal: name, clientId }: { portal: string; clientId: string }): Install {
    const portal = this.#bitrix.portal(name)
    const install = portal.install(clientId)
    const app = this.#bitrix.app(clientId)
    const told = this.#drop(portal, clientId, 'ONAPPUPDATE')
    const previous = install.version
    install.version += 1
    install.applicationToken = this.#bitrix.random.hex(32)
    if (!app.apiOnly && this.#bitrix.settings.updateNeedsInstaller) install.installed = false
    const data = { VERSION: install.version, PREVIOUS_VERSION: previous, LANGUAGE_ID: portal.language }
    for (const url of told) {
      const auth = this.#bitrix.events.auth(portal, clientId, { userId: install.userId, withRefresh: true })
      this.#bitrix.events.sendTo({ portal, url }, 'ONAPPUPDATE', data, auth)
    }
    return install
  }

  /** The app is removed: first its tokens die, then those who had bound ONAPPUNINSTALL are told. */
  uninstall({
    portal: name,
    clientId,
    clean = true,
  }: {
    portal: string
    clientId: string
    clean?: boolean | undefined
  }): void {
    const portal = this.#bitrix.portal(name)
    const install = portal.install(clientId)
    this.#bitrix.tokens.kill((owner) => owner.portal === portal && owner.clientId === clientId, 'removed')
    const auth = this.#bitrix.events.auth(portal, clientId)
    const told = install.installed ? this.#drop(portal, clientId, 'ONAPPUNINSTALL') : []
    this.#drop(portal, clientId, 'ONAPPUNINSTALL')
    if (this.#bitrix.settings.uninstallRemovesLines) {
      portal.lines = portal.lines.filter((line) => line.clientId !== clientId)
    }
    for (const [userId, choice] of portal.outgoing) {
      if (choice.clientId === clientId) portal.outgoing.delete(userId)
    }
    portal.installs.delete(clientId)
    for (const [sid, page] of this.#open) {
      if (page.portal === portal && page.app.clientId === clientId) this.#open.delete(sid)
    }
    const data = { CLEAN: clean ? 1 : 0, LANGUAGE_ID: portal.language }
    for (const url of told) this.#bitrix.events.sendTo({ portal, url }, 'ONAPPUNINSTALL', data, auth)
  }

  clear(): void {
    this.#open.clear()
  }

  /** Takes the app's handlers and widgets away; gives the addresses that had bound `event`. */
  #drop(portal: Portal, clientId: string, event: string): string[] {
    const mine = portal.handlers.filter((item) => item.clientId === clientId)
    portal.handlers = portal.handlers.filter((item) => item.clientId !== clientId)
    portal.placements = portal.placements.filter((item) => item.clientId !== clientId)
    return mine.filter((item) => item.event === event).map((item) => item.handler)
  }
}

const notInstalled: OpenedPage = {
  url: '',
  status: 200,
  headers: {},
  body: '<!doctype html><p>The application is not fully installed. Ask the administrator to finish the installation.</p>',
}

function firstOf(portal: Portal): string {
  const first = portal.installs.keys().next()
  if (first.done === true) throw new Error(`portal ${portal.name} has no app`)
  return first.value
}

function installData(portal: Portal, install: Install): Record<string, unknown> {
  return {
    VERSION: install.version,
    ACTIVE: 'Y',
    INSTALLED: install.installed ? 'Y' : 'N',
    LANGUAGE_ID: portal.language,
  }
}
