import { type Environment, listOf, refuse, vendorUrl, yesOrNo } from './read.ts'

interface App {
  clientId: string
  clientSecret: string
}
export interface PipedriveApp extends App {
  jwtSecret?: string
  oauthUrl: string
}
/** Without an app of its own here each portal brings one. */
export interface Bitrix24App extends Partial<App> {
  oauthUrl: string
  scriptUrl: string
  portalHosts: string[]
}
export interface WebexApp extends App {
  url: string
}

export function pipedrive(env: Environment): PipedriveApp | undefined {
  const jwtSecret = env['PIPEDRIVE_JWT_SECRET']
  const credentials = credentialsOf(env, 'PIPEDRIVE', 'the Developer Hub')
  if (!credentials) {
    if (!jwtSecret) return undefined
    return refuse(
      'PIPEDRIVE_JWT_SECRET',
      'PIPEDRIVE_JWT_SECRET is set without PIPEDRIVE_CLIENT_ID and PIPEDRIVE_CLIENT_SECRET: set all three, from the Developer Hub.',
    )
  }
  const oauthUrl = (env['PIPEDRIVE_OAUTH_URL'] || 'https://oauth.pipedrive.com').replace(/\/$/, '')
  if (!URL.canParse(oauthUrl))
    refuse(
      'PIPEDRIVE_OAUTH_URL',
      'PIPEDRIVE_OAUTH_URL must be an address such as https://oauth.pipedrive.com.',
    )
  return { ...credentials, oauthUrl, ...(jwtSecret ? { jwtSecret } : {}) }
}

export function bitrix24(env: Environment): Bitrix24App | undefined {
  const clientId = env['BITRIX24_CLIENT_ID']
  const clientSecret = env['BITRIX24_CLIENT_SECRET']
  const localApps = yesOrNo('BITRIX24_LOCAL_APPS', env['BITRIX24_LOCAL_APPS'])
  if (!clientId !== !clientSecret)
    refuse(
      clientId ? 'BITRIX24_CLIENT_SECRET' : 'BITRIX24_CLIENT_ID',
      'Of BITRIX24_CLIENT_ID and BITRIX24_CLIENT_SECRET one is missing: set both, from the vendor console, or neither.',
    )
  if (!clientId && !localApps) return undefined
  return {
    ...(clientId && clientSecret ? { clientId, clientSecret } : {}),
    oauthUrl: vendorUrl(env, 'BITRIX24_OAUTH_URL', 'https://oauth.bitrix.info'),
    scriptUrl: `${vendorUrl(env, 'BITRIX24_SCRIPT_URL', 'https://api.bitrix24.com/api/v1')}/`,
    portalHosts: listOf(env['BITRIX24_PORTALS']),
  }
}

export function webex(env: Environment): WebexApp | undefined {
  const credentials = credentialsOf(env, 'WEBEX', 'your integration at developer.webex.com')
  return credentials && { ...credentials, url: vendorUrl(env, 'WEBEX_URL', 'https://webexapis.com') }
}

/** Both, or neither. */
function credentialsOf(env: Environment, vendor: string, from: string): App | undefined {
  const [id, secret] = [`${vendor}_CLIENT_ID`, `${vendor}_CLIENT_SECRET`]
  const [clientId, clientSecret] = [env[id], env[secret]]
  if (!clientId && !clientSecret) return undefined
  if (!clientId) return refuse(id, `${secret} is set without ${id}: set both, from ${from}.`)
  if (!clientSecret) return refuse(secret, `${id} is set without ${secret}: set both, from ${from}.`)
  return { clientId, clientSecret }
}
