import type { Control, World } from './set-up.ts'

const webexApp = {
  clientId: 'demo-webex-client',
  clientSecret: 'demo-webex-secret',
  scopes: ['spark:people_read', 'spark:calls_read', 'spark:calls_write', 'spark:recordings_read'],
}
const portalApp = { clientId: 'local.demo.1', clientSecret: 'demo-portal-secret' }

/** Settings by which a server finds the stand-ins in place of the vendors. */
export function vendorSettings(sandboxUrl: string, { app }: World): Record<string, string> {
  return {
    PIPEDRIVE_CLIENT_ID: app.clientId,
    PIPEDRIVE_CLIENT_SECRET: app.clientSecret,
    PIPEDRIVE_OAUTH_URL: `${sandboxUrl}/pipedrive/oauth-host`,
    BITRIX24_CLIENT_ID: portalApp.clientId,
    BITRIX24_CLIENT_SECRET: portalApp.clientSecret,
    BITRIX24_OAUTH_URL: `${sandboxUrl}/bitrix24-oauth`,
    BITRIX24_SCRIPT_URL: `${sandboxUrl}/bitrix24-api/api/v1`,
    PLACETEL_URL: `${sandboxUrl}/placetel`,
    WEBEX_CLIENT_ID: webexApp.clientId,
    WEBEX_CLIENT_SECRET: webexApp.clientSecret,
    WEBEX_URL: `${sandboxUrl}/webex`,
  }
}

/** The apps as they are registered in the vendors' consoles. A portal's is registered with its invitation. */
export async function registerApps(control: Control, url: string, { app }: World): Promise<void> {
  const panel = `${url}/apps/pipedrive/panel`
  await control('pipedrive/register-app', {
    ...app,
    callbackUrl: `${url}/apps/pipedrive/callback`,
    extensions: {
      floatingWindow: { name: 'Ringfence', iframeUrl: panel },
      panel: { name: 'Ringfence calls', iframeUrl: panel },
    },
  })
  await control('webex/register-app', { ...webexApp, redirectUris: [`${url}/apps/webex/callback`] })
}
