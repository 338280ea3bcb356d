import { z } from 'zod'
import { failed } from '../../failure.ts'
import { type Api, type ApiClient, type ApiOptions, createApiClient } from '../api-client.ts'
import type { PhoneSession } from '../contract.ts'
import { sentToPlacetel } from './declared-fields.ts'
import { readPlacetel } from './settings.ts'

export const api: Api = {
  provider: 'placetel',
  ownUrl: 'https://api.placetel.de',
  version: '/v2',
  limited: [429],
  limitedSeconds: 60,
  sends: sentToPlacetel,
}

/** Placetel's API, with the administrator's key. */
export const createClient = (options: ApiOptions): ApiClient =>
  createApiClient(api, options, ({ settings }, attempt) => {
    const { apiKey } = readPlacetel(settings)
    if (apiKey === undefined) return failed({ code: 'provider-refused', provider: api.provider, status: 401 })
    return attempt(apiKey)
  })

const perPage = 100
/** Whoever has more than this has another problem: a list that never ends. */
const mostPages = 100

/** A list is a bare array, page after page; not every one keeps to the page size asked for, so an empty page ends it. */
export async function readAll<One>(
  client: ApiClient,
  session: PhoneSession,
  request: { path: string; query?: Readonly<Record<string, string>>; one: z.ZodType<One>; perPage?: number },
): Promise<One[]> {
  const all: One[] = []
  let first: string | undefined
  for (let page = 1; page <= mostPages; page += 1) {
    const rows = await client(session, {
      method: 'GET',
      path: request.path,
      query: { ...request.query, page, per_page: request.perPage ?? perPage },
      answer: z.array(request.one),
    })
    const begins = JSON.stringify(rows[0])
    if (rows.length === 0 || begins === first) break // one that knows no pages gives the same again
    first = begins
    all.push(...rows)
  }
  return all
}
