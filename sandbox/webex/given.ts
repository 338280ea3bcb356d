import { type Sandbox, startSandbox } from '../index.ts'
import { type Receiver, startReceiver } from '../receiver.ts'
import type { NewOrg } from './org.ts'

/** What an integration of this kind asks for. */
export const userScopes = [
  'spark:people_read',
  'spark:calls_read',
  'spark:calls_write',
  'spark:recordings_read',
]
const adminScopes = [
  'spark-admin:people_read',
  'spark-admin:calls_read',
  'spark-admin:calls_write',
  'spark-admin:recordings_read',
  'spark-admin:calling_cdr_read',
  'spark-compliance:recordings_read',
]

export const outer = '+442079460123'
export const redirectUri = 'https://crm.example/back'
export const secret = 'a secret for fiction'

/** An organization of four with an app, for the stand-in's own tests. */
export type Given = {
  sandbox: Sandbox
  receiver: Receiver
  /** An access token of the person with this extension. */
  token(extension: string, scopes?: string[]): string
  ask(
    method: string,
    path: string,
    options?: { token?: string; body?: unknown; headers?: Record<string, string> },
  ): Promise<{ status: number; headers: Headers; body: Record<string, unknown> }>
  /** A webhook for all events of calls. */
  listen(extension: string, more?: Record<string, unknown>): Promise<Record<string, unknown>>
  /** `event state personality @extension` of every call event received. */
  said(): string[]
  data(): Record<string, unknown>[]
  close(): Promise<void>
}

/** @param more of the organization */
export async function given(more: Partial<NewOrg> = {}): Promise<Given> {
  const sandbox = await startSandbox({ seed: 5 })
  const receiver = await startReceiver()
  const { webex } = sandbox
  webex.registerApp({
    clientId: 'C',
    clientSecret: 'S',
    redirectUris: [redirectUri],
    scopes: [...userScopes, ...adminScopes],
  })
  const org = webex.createOrg({
    name: 'acme',
    people: [
      {
        name: 'Anna Nováková',
        email: 'anna@acme.example',
        extension: '21',
        number: '+420222333421',
        admin: true,
      },
      { name: 'Boris Král', email: 'boris@acme.example', extension: '22', number: '+420222333422' },
      { name: 'Cyril Svoboda', email: 'cyril@acme.example', extension: '23' },
    ],
    huntGroups: [{ number: '+420222333400', extension: '20', name: 'Sales', rings: ['21', '22', '23'] }],
    queues: [{ number: '+420222333500', name: 'Support', rings: ['21', '22'] }],
    callerNames: { [outer]: 'Ada Lovelace' },
    ...more,
  })
  const tokens = new Map<string, string>()
  const token = (extension: string, scopes = userScopes) => {
    const key = `${extension} ${scopes.join(' ')}`
    const known = tokens.get(key) ?? webex.allow({ clientId: 'C', user: extension, scopes }).access_token
    tokens.set(key, known)
    return known
  }
  const ask: Given['ask'] = async (
    method,
    path,
    { token: bearer = token('21'), body, headers = {} } = {},
  ) => {
    const url = path.startsWith('http') ? path : `${webex.apiUrl}${path}`
    const response = await fetch(url, {
      method,
      headers: {
        authorization: `Bearer ${bearer}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    return {
      status: response.status,
      headers: response.headers,
      body: (text === '' ? {} : JSON.parse(text)) as Record<string, unknown>,
    }
  }
  const data = () => receiver.received.map(({ body }) => body['data'] as Record<string, unknown>)
  return {
    sandbox,
    receiver,
    token,
    ask,
    data,
    listen: async (extension, more = {}) => {
      const body = {
        name: `calls of ${extension}`,
        targetUrl: `${receiver.url}/hook`,
        resource: 'telephony_calls',
        event: 'all',
        secret,
        ...more,
      }
      return (await ask('POST', '/webhooks', { token: token(extension), body })).body
    },
    said: () =>
      receiver.received.map(({ body }) => {
        const { state, personality } = body['data'] as Record<string, unknown>
        const person = org.people.find(({ id }) => id === body['actorId'])
        return `${body['event']} ${state} ${personality} @${person?.extension}`
      }),
    close: async () => {
      await sandbox.close()
      await receiver.close()
    },
  }
}
