import { type Api, type ApiClient, type ApiOptions, createApiClient } from '../api-client.ts'
import { sentToWebex } from './declared-fields.ts'

export const api: Api = {
  provider: 'webex',
  ownUrl: 'https://webexapis.com',
  version: '/v1',
  limited: [423, 429],
  limitedSeconds: 5,
  sends: sentToWebex,
}

export interface WebexOptions extends ApiOptions {
  clientId: string
  clientSecret: string
  now?: () => Date
}

/** Webex's API with a user's token; a 401 renews it and tries once more. */
export const createClient = (options: ApiOptions): ApiClient =>
  createApiClient(api, options, async (session, attempt) => {
    const token = await session.accessToken()
    const first = await attempt(token)
    return first.status === 401 ? attempt(await session.renewed(token)) : first
  })
