import { RestError } from './errors.ts'
import { fieldsOf } from './params.ts'
import { appOf, type Method, type RestCall } from './rest-call.ts'

/** Codes and the further scope each needs. */
const codes: Readonly<Record<string, string | null>> = {
  PAGE_BACKGROUND_WORKER: null,
  CALL_CARD: 'telephony',
  TELEPHONY_ANALYTICS_MENU: 'telephony',
  LEFT_MENU: null,
  CRM_CONTACT_DETAIL_TAB: 'crm',
  CRM_COMPANY_DETAIL_TAB: 'crm',
  CRM_LEAD_DETAIL_TAB: 'crm',
}

const worker = 'PAGE_BACKGROUND_WORKER'

function codeOf(call: RestCall): string {
  const code = (call.params.text('PLACEMENT') ?? '').toUpperCase()
  const needs = codes[code]
  // The documentation has several of these with HTTP 200.
  const missing = needs === undefined || (needs !== null && !appOf(call).app.scopes.includes(needs))
  if (missing) throw new RestError(200, 'ERROR_PLACEMENT_NOT_FOUND', 'Placement not found')
  return code
}

function bind(call: RestCall): true {
  const { app } = appOf(call)
  const placement = codeOf(call)
  const handler = call.params.text('HANDLER')
  if (handler === undefined) {
    throw new RestError(400, 'ERROR_ARGUMENT', "Argument 'HANDLER' is null or empty", { argument: 'HANDLER' })
  }
  if (!URL.canParse(handler)) throw new RestError(200, 'ERROR_WRONG_HANDLER_URL', 'Wrong handler URL')
  if (!/^https?:/.test(handler))
    throw new RestError(200, 'ERROR_UNSUPPORTED_PROTOCOL', 'Unsupported protocol')
  const userId = call.params.integer('USER_ID') ?? 0
  if (userId !== 0 && placement !== worker) {
    throw new RestError(200, 'ERROR_PLACEMENT_USER_MODE', 'Placement does not support USER_ID')
  }
  const options = call.params.fields('OPTIONS')
  if (placement === worker && typeof options['errorHandlerUrl'] !== 'string') {
    throw new RestError(200, 'EMPTY_ERROR_HANDLER_URL', 'errorHandlerUrl is empty')
  }
  const mine = call.portal.placements.filter(
    (item) => item.clientId === app.clientId && item.placement === placement && item.userId === userId,
  )
  if (mine.some((item) => item.handler === handler)) {
    throw new RestError(400, 'ERROR_CORE', 'Unable to set placement handler: Handler already binded')
  }
  if (placement === worker && mine.length > 0) {
    throw new RestError(200, 'ERROR_PLACEMENT_MAX_COUNT', 'Too many handlers')
  }
  call.portal.placements.push({
    clientId: app.clientId,
    placement,
    userId,
    handler,
    title: call.params.text('TITLE') ?? '',
    description: call.params.text('DESCRIPTION') ?? '',
    options,
    langAll: fieldsOf(call.params.get('LANG_ALL')) ?? [],
  })
  return true
}

function unbind(call: RestCall): { count: number } {
  const { app } = appOf(call)
  const placement = (call.params.text('PLACEMENT') ?? '').toUpperCase()
  const handler = call.params.text('HANDLER')
  const userId = call.params.integer('USER_ID')
  const gone = call.portal.placements.filter(
    (item) =>
      item.clientId === app.clientId &&
      item.placement === placement &&
      (handler === undefined || item.handler === handler) &&
      (userId === undefined || item.userId === userId),
  )
  call.portal.placements = call.portal.placements.filter((item) => !gone.includes(item))
  // The vendor counts each found and each deleted one.
  return { count: gone.length * 2 }
}

export const placementMethods: Record<string, Method> = {
  'placement.bind': { scope: 'placement', appOnly: true, adminOnly: true, run: bind },
  'placement.unbind': { scope: 'placement', appOnly: true, adminOnly: true, run: unbind },
  'placement.get': {
    scope: 'placement',
    appOnly: true,
    adminOnly: true,
    run: (call) =>
      call.portal.placements
        .filter((item) => item.clientId === appOf(call).app.clientId)
        .map(({ clientId: _, ...item }) => item),
  },
  'placement.list': {
    scope: 'placement',
    appOnly: true,
    adminOnly: true,
    run: (call) =>
      Object.entries(codes)
        .filter(([, scope]) => scope === null || appOf(call).app.scopes.includes(scope))
        .map(([code]) => code),
  },
}
