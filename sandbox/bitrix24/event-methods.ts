import { RestError } from './errors.ts'
import { appOf, type Method, type RestCall } from './rest-call.ts'
import type { Handler } from './world.ts'

const crm = ['CONTACT', 'COMPANY', 'LEAD', 'DEAL'].flatMap((type) =>
  ['ADD', 'UPDATE', 'DELETE'].map((what) => `ONCRM${type}${what}`),
)

/** Events by the scope they need. */
const catalogue: Readonly<Record<string, readonly string[]>> = {
  '': ['ONAPPINSTALL', 'ONAPPUPDATE', 'ONAPPUNINSTALL', 'ONAPPPAYMENT', 'ONAPPTEST', 'ONAPPMETHODCONFIRM'],
  telephony: [
    'ONEXTERNALCALLSTART',
    'ONEXTERNALCALLBACKSTART',
    'ONVOXIMPLANTCALLINIT',
    'ONVOXIMPLANTCALLSTART',
    'ONVOXIMPLANTCALLEND',
  ],
  crm,
  user: ['ONUSERADD'],
}

function known(call: RestCall): string[] {
  const { scopes } = appOf(call).app
  return Object.entries(catalogue)
    .filter(([scope]) => scope === '' || scopes.includes(scope))
    .flatMap(([, events]) => events)
}

function eventOf(call: RestCall): string {
  const event = (call.params.text('event') ?? '').toUpperCase()
  if (!known(call).includes(event)) {
    throw new RestError(400, 'ERROR_EVENT_NOT_FOUND', 'Event not found')
  }
  return event
}

function bind(call: RestCall): true {
  const { app } = appOf(call)
  const event = eventOf(call)
  if ((call.params.text('event_type') ?? 'online') !== 'online') {
    throw new RestError(403, 'ACCESS_DENIED', 'Offline events are not available on this plan')
  }
  const handler = call.params.text('handler') ?? ''
  if (!URL.canParse(handler))
    throw new RestError(400, 'ERROR_ARGUMENT', "Argument 'HANDLER' is null or empty", { argument: 'HANDLER' })
  const asked = call.params.integer('auth_type')
  if (!call.user.admin && asked !== undefined && asked !== 0 && asked !== call.user.id) {
    throw new RestError(403, 'ACCESS_DENIED', 'Access denied!')
  }
  // What others than admins bind always acts for themselves.
  const authType = call.user.admin ? (asked ?? 0) : call.user.id
  const { portal } = call
  const same = portal.handlers.some(
    (item) =>
      item.clientId === app.clientId &&
      item.event === event &&
      item.handler === handler &&
      item.authType === authType,
  )
  if (same) {
    if (call.bitrix.settings.repeatedBind === 'true') return true
    throw new RestError(400, 'ERROR_CORE', 'Unable to set event handler: Handler already binded')
  }
  portal.handlers.push({
    id: portal.newId('handler'),
    clientId: app.clientId,
    event,
    handler,
    authType,
    boundBy: call.user.id,
  })
  return true
}

function unbind(call: RestCall): { count: number } {
  const { app } = appOf(call)
  const event = (call.params.text('event') ?? '').toUpperCase()
  const handler = call.params.text('handler')
  const authType = call.params.integer('auth_type')
  if (!call.user.admin && authType !== undefined && authType !== call.user.id) {
    throw new RestError(403, 'ACCESS_DENIED', 'Access denied!')
  }
  const wanted = call.user.admin ? (authType ?? 0) : call.user.id
  const fits = (item: Handler) =>
    item.clientId === app.clientId &&
    item.event === event &&
    (handler === undefined || item.handler === handler) &&
    item.authType === wanted
  const before = call.portal.handlers.length
  call.portal.handlers = call.portal.handlers.filter((item) => !fits(item))
  return { count: before - call.portal.handlers.length }
}

export const eventMethods: Record<string, Method> = {
  events: {
    scope: null,
    run: (call) => {
      const scope = call.params.text('SCOPE')
      if (scope !== undefined) return catalogue[scope] ?? []
      return call.params.flag('FULL', false) ? Object.values(catalogue).flat() : known(call)
    },
  },
  'event.bind': { scope: null, appOnly: true, run: bind },
  'event.unbind': { scope: null, appOnly: true, run: unbind },
  'event.get': {
    scope: null,
    appOnly: true,
    run: (call) =>
      call.portal.handlers
        .filter((item) => item.clientId === appOf(call).app.clientId)
        .filter((item) => call.user.admin || item.boundBy === call.user.id)
        .map((item) => ({
          event: item.event,
          handler: item.handler,
          auth_type: String(item.authType),
          offline: 0,
        })),
  },
  'event.test': {
    scope: null,
    appOnly: true,
    run: (call) => {
      call.bitrix.events.fire(
        call.portal,
        'ONAPPTEST',
        { QUERY: call.params.fields('any') },
        { clientId: appOf(call).app.clientId, userId: call.user.id, subject: call.portal.name },
      )
      return 1
    },
  },
}
