import { RestError } from './errors.ts'
import { appOf, type Method } from './rest-call.ts'

/** Methods that need no scope. */
export const basicMethods: Record<string, Method> = {
  'app.info': {
    scope: null,
    run: (call) => {
      if (call.app === null) throw new RestError(400, 'ACCESS_DENIED', 'Application context required')
      const { app, install } = call.app
      const { portal } = call
      return {
        ID: install.appId,
        CODE: app.clientId,
        VERSION: install.version,
        STATUS: call.bitrix.statusOf(app),
        INSTALLED: install.installed,
        PAYMENT_EXPIRED: 'N',
        DAYS: null,
        LANGUAGE_ID: portal.language,
        LICENSE: `${portal.language}_${portal.licenseFamily}`,
        LICENSE_TYPE: portal.licenseFamily,
        LICENSE_FAMILY: portal.licenseFamily,
      }
    },
  },
  scope: {
    scope: null,
    run: (call) =>
      call.params.flag('full', false) || call.app === null ? allScopes : appOf(call).app.scopes,
  },
  'server.time': { scope: null, run: ({ portal, bitrix }) => portal.isoTime(bitrix.clock.now()) },
  'feature.get': { scope: null, run: () => ({ value: 'N' }) },
  'crm.settings.mode.get': { scope: 'crm', run: ({ portal }) => (portal.crmMode === 'classic' ? 1 : 2) },
}

const allScopes = ['crm', 'placement', 'telephony', 'user', 'user_basic', 'user_brief']
