import type { AdapterParts, CrmSession, EgressResponse } from 'ringfence/adapter'

/** names the other side in failures */
export const provider = 'example-crm'

export interface AppOptions {
  url: string
  clientId: string
  clientSecret: string
  /** for one request */
  timeoutMs: number
}
export interface ApiRequest {
  method: 'GET' | 'POST'
  /** below the address of the session, with its query */
  path: string
  body?: object
}
/** @returns what the answer's JSON says, to be read by a schema */
export type Client = (session: CrmSession, request: ApiRequest) => Promise<unknown>

const limitedSeconds = 60
const unwellSeconds = 30

/**
 * One request in the name of a user. What changes nothing is repeated; what changes something is sent once, because
 * another one could take effect too. A refused token is renewed once: what was refused has had no effect.
 */
export function createClient(parts: AdapterParts, { timeoutMs }: AppOptions): Client {
  const { egress, failed, retryAfterSeconds, withRetries } = parts

  async function send(session: CrmSession, token: string, request: ApiRequest): Promise<EgressResponse> {
    const { method, path, body } = request
    const once = () =>
      egress.request({
        url: `${session.apiBase}${path}`,
        // below which the paths of the declaration are
        base: session.apiBase,
        method,
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        ...(body ? { body: JSON.stringify(body) } : {}),
        timeoutMs,
        provider,
      })
    return method === 'GET' ? withRetries(once) : once()
  }

  function refused({ status, headers }: EgressResponse, changes: boolean): never {
    if (status === 401 || status === 403) throw failed({ code: 'provider-refused', provider, status })
    if (status === 429) {
      const seconds = retryAfterSeconds(headers) ?? limitedSeconds
      throw failed({ code: 'provider-unavailable', provider, retryAfterSeconds: Math.max(1, seconds) })
    }
    if (status >= 500 && changes) throw failed({ code: 'provider-outcome-unknown', provider })
    if (status >= 500)
      throw failed({ code: 'provider-unavailable', provider, retryAfterSeconds: unwellSeconds })
    throw failed({ code: 'provider-rejected', provider, status })
  }

  return async (session, request) => {
    const token = await session.accessToken()
    let answer = await send(session, token, request)
    if (answer.status === 401) answer = await send(session, await session.renewed(token), request)
    const changes = request.method !== 'GET'
    if (answer.status < 200 || answer.status > 299) return refused(answer, changes)
    try {
      return JSON.parse(answer.body.toString('utf8')) as unknown
    } catch {
      // It may have been done, but nobody can read what became of it.
      if (changes) throw failed({ code: 'provider-outcome-unknown', provider })
      throw failed({ code: 'provider-unavailable', provider, retryAfterSeconds: unwellSeconds })
    }
  }
}
