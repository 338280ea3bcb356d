import type { CrmAdapter } from 'ringfence/adapter'
import { createCalls } from './calls.ts'
import { createClient } from './client.ts'
import { createOAuth } from './oauth.ts'
import { peopleOf } from './people.ts'

/** Where Example CRM is, unless a setting puts something in its place. */
const ownUrl = 'https://api.example.com'

/** Connects Example CRM with Ringfence: it is asked who calls, and each call is written into it once. */
export const adapter: CrmAdapter = {
  apiVersion: 1,
  kind: 'crm',
  name: 'example-crm',
  title: 'Example CRM',
  // Joined with the policy of the installation: who gets which of its data, and where they are.
  declaration: {
    data: ['call journal', 'call notes', 'users', 'installations'],
    hosts: [{ host: 'api.example.com', region: 'EU' }],
    // Every operation with all that is sent there: `?name={form}` in the query, the rest by its name in the body. An
    // address or a field that is not here is refused before it leaves.
    sends: {
      'POST /oauth/token': [
        'grant_type',
        'code',
        'redirect_uri',
        'refresh_token',
        'client_id',
        'client_secret',
      ],
      'GET /me': [],
      'GET /users': [],
      'GET /persons': ['?number={telephone number}'],
      'POST /calls': [
        'marker',
        'direction',
        'from',
        'to',
        'startedAt',
        'endedAt',
        'talkSeconds',
        'outcome',
        'subject',
        'note',
        'owner',
        'person',
      ],
      'GET /calls': ['?marker={code}'],
    },
  },
  // RINGFENCE_ADAPTER_EXAMPLE_CRM_CLIENTID and so on
  settings: ['URL', 'CLIENTID', 'CLIENTSECRET', 'TIMEOUTMS'],
  create(parts) {
    const {
      URL: url = ownUrl,
      CLIENTID: clientId = '',
      CLIENTSECRET: clientSecret = '',
      TIMEOUTMS,
    } = parts.settings
    const app = { url, clientId, clientSecret, timeoutMs: Number(TIMEOUTMS ?? 20_000) }
    const client = createClient(parts, app)
    const oauth = createOAuth(parts, app, client)
    const people = peopleOf(parts, client)
    const calls = createCalls(parts, client)
    // A part that is not here is something it cannot do: no copy of contacts, no deals, no live calls, no changes later.
    return {
      name: 'example-crm',
      title: 'Example CRM',
      oauth: oauth.signIn,
      refresh: oauth.refresh,
      users: people.users,
      identify: people.identify,
      writeActivity: calls.write,
      findWritten: calls.find,
      activityUrl: (apiBase, { logId }) => (logId === undefined ? undefined : `${apiBase}/calls/${logId}`),
    }
  },
}
