import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv } from 'ajv'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import type { EgressRequest } from '../../egress/index.ts'
import { endpoints } from './endpoints.ts'
import { createPipedrive } from './index.ts'
import { aCall, connectStandIn, installed, walk } from './stand-in.ts'

/**
 * What we send, held against Pipedrive's own OpenAPI files. These are not part of the project: put
 * https://developers.pipedrive.com/docs/api/v1/openapi.yaml and …/openapi-v2.yaml as `pipedrive/pipedrive-v1.yaml` and
 * `pipedrive/pipedrive-v2.yaml` into a folder, and name the folder in RINGFENCE_VENDOR_SPECS.
 */
const folder = process.env['RINGFENCE_VENDOR_SPECS']

interface Schema {
  properties?: Record<string, unknown>
  [keyword: string]: unknown
}
interface Operation {
  'x-token-cost'?: number
  parameters?: { in: string; name: string; required?: boolean; schema: Schema }[]
  requestBody?: { content: Record<string, { schema: Schema }> }
}
type Description = { paths: Record<string, Record<string, Operation>> }

// "date-time" stands beside "Format: YYYY-MM-DD HH:MM:SS", which is not RFC 3339: formats are not checked
const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false, coerceTypes: false })
const ajvOfQueries = new Ajv({ strict: false, allErrors: true, validateFormats: false, coerceTypes: true })

function describedIn(version: 'v1' | 'v2'): Description {
  return parse(readFileSync(join(folder ?? '', 'pipedrive', `pipedrive-${version}.yaml`), 'utf8'))
}

describe.skipIf(folder === undefined)("Pipedrive's own description (needs RINGFENCE_VENDOR_SPECS)", () => {
  const sent: EgressRequest[] = []
  const described: Partial<Record<'v1' | 'v2', Description>> = {}
  let standIn: Awaited<ReturnType<typeof connectStandIn>>

  function operationOf(method: string, path: string): { name: string; operation: Operation | undefined } {
    const [, version, rest] = /^\/api\/(v1|v2)(\/.*)$/.exec(path) ?? []
    const name = (rest ?? path).replace(/\/(?:\d+|CA[0-9a-f]+|[0-9a-f]{8}(?:-[0-9a-f]+){4})(?=\/|$)/, '/{id}')
    const description = described[version === 'v2' ? 'v2' : 'v1']
    return { name, operation: description?.paths[name]?.[method.toLowerCase()] }
  }

  beforeAll(async () => {
    described.v1 = describedIn('v1')
    described.v2 = describedIn('v2')
    standIn = await connectStandIn()
    const { sandbox, egress } = standIn
    sandbox.pipedrive.createCompany({
      domain: 'acme',
      users: [
        { name: 'Anna Nováková', email: 'anna@acme.example', admin: true },
        { name: 'Bob Byte', email: 'bob@acme.example' },
      ],
      persons: Array.from({ length: 501 }, (_, i) => ({ name: `Person ${i + 1}` })),
    })
    sandbox.pipedrive.addPhoneField('acme', 'Second mobile')
    const crm = createPipedrive({
      egress: {
        ...egress,
        request(request) {
          sent.push(request)
          return egress.request(request)
        },
        upload(request) {
          const { pieces: _, ...head } = request
          sent.push(head)
          return egress.upload(request)
        },
      },
      clientId: 'app',
      clientSecret: 'app secret',
      oauthUrl: sandbox.pipedrive.oauthHost,
    })
    const session = await installed(crm, 101)
    session.tokens = await crm.refresh(session.tokens.refreshToken)
    await crm.oauth.identity(session)
    await crm.users(session)
    await walk(crm, session, new Date(0))
    const call = aCall({ personExternalId: '1', ownerExternalId: '102' })
    await crm.findWritten(session, call)
    const written = await crm.writeActivity(session, call)
    const { externalId } = await crm.persons.create(session, {
      name: 'Ada Lovelace',
      number: '+442079460123',
      ownerExternalId: '102',
    })
    await crm.persons.find(session, '+442079460123')
    await crm.amend(session, written, { words: { text: 'said later', ours: [] } })
    const alone = await crm.writeActivity(session, aCall({ marker: 'RF-7K2R' }))
    await crm.amend(session, alone, { personExternalId: externalId })
    await crm.attachRecording(session, written.logId ?? '', {
      fileName: 'recording.mp3',
      contentType: 'audio/mpeg',
      bytes: undefined,
      pieces: aRecording(),
    })
    await crm.twins.remove(session, written)
    const { deals } = sandbox.pipedrive
    const deal = { kind: 'deal', externalId: String(deals.addDeal('acme', { person_id: 1 }).id) } as const
    const lead = { kind: 'lead', externalId: deals.addLead('acme', { person_id: 1 }).id } as const
    const { next } = await crm.deals.open(session, undefined)
    await crm.deals.open(session, next)
    await crm.deals.titles(session, [deal, lead])
    await crm.writeActivity(session, aCall({ deal }))
    const unlinked = await crm.writeActivity(session, aCall())
    await crm.deals.link(session, unlinked.activityId ?? '', { to: lead, sent: undefined })
    const hook = { url: `${sandbox.url}/`, user: 'ringfence', password: 'a long and random password' }
    await crm.mirror.removeHooks(session, await crm.mirror.makeHooks(session, hook))
    await crm.revoke(session.tokens.refreshToken)
  })
  afterAll(() => standIn.close())

  it('knows every request we make, with its query and its body', () => {
    const wrong: string[] = []
    const seen = new Set<string>()
    for (const request of sent) {
      const base = [standIn.sandbox.pipedrive.oauthHost, standIn.sandbox.pipedrive.apiDomain('acme')].find(
        (one) => request.url.startsWith(one),
      )
      const url = new URL(request.url.slice(base?.length), 'https://api.pipedrive.com')
      const { name, operation } = operationOf(request.method, url.pathname)
      const title = `${request.method} ${url.pathname.startsWith('/api/v2') ? 'v2 ' : ''}${name}`
      seen.add(title)
      // revoking is in the guide "OAuth authorization", not in the description
      if (name === '/oauth/revoke') continue
      if (operation === undefined) wrong.push(`${title}: not described`)
      else wrong.push(...problemsOf(operation, url, request).map((problem) => `${title}: ${problem}`))
    }
    expect(wrong).toEqual([])
    expect([...seen].sort()).toEqual([
      'DELETE /callLogs/{id}',
      'DELETE /webhooks/{id}',
      'DELETE v2 /activities/{id}',
      'GET /callLogs',
      'GET /leads',
      'GET /leads/{id}',
      'GET /users',
      'GET /users/me',
      'GET /webhooks',
      'GET v2 /activities',
      'GET v2 /activities/{id}',
      'GET v2 /deals',
      'GET v2 /deals/{id}',
      'GET v2 /organizations',
      'GET v2 /personFields',
      'GET v2 /persons',
      'GET v2 /persons/search',
      'GET v2 /persons/{id}',
      'PATCH v2 /activities/{id}',
      'POST /callLogs',
      'POST /callLogs/{id}/recordings',
      'POST /oauth/revoke',
      'POST /oauth/token',
      'POST /webhooks',
      'POST v2 /persons',
    ])
  })

  it.each(Object.entries(endpoints))('prices %s as we do', (_, { method, path, tokens }) => {
    const { operation } = operationOf(method, path.replace('{id}', '1'))
    expect(operation?.['x-token-cost']).toBe(tokens)
  })
})

async function* aRecording(): AsyncGenerator<Buffer> {
  yield Buffer.from('sound')
}

function problemsOf(operation: Operation, url: URL, request: EgressRequest): string[] {
  const problems: string[] = []
  const parameters = (operation.parameters ?? []).filter((parameter) => parameter.in === 'query')
  for (const [name, value] of url.searchParams) {
    const parameter = parameters.find((one) => one.name === name)
    if (parameter === undefined) problems.push(`query ${name} is unknown`)
    else if (!ajvOfQueries.validate({ properties: { value: parameter.schema } }, { value })) {
      problems.push(`query ${name}: ${ajvOfQueries.errorsText()}`)
    }
  }
  const type = request.headers?.['content-type']
  const schema = operation.requestBody?.content[type ?? '']?.schema
  if (request.body === undefined) return problems
  if (schema === undefined) return [...problems, `a body of type ${type} is not described`]
  const text = String(request.body)
  const body: Record<string, unknown> = type?.includes('json')
    ? JSON.parse(text)
    : Object.fromEntries(new URLSearchParams(text))
  if (!ajv.validate(schema, body)) problems.push(`body: ${ajv.errorsText()}`)
  for (const name of Object.keys(body)) {
    // the refresh has its own path in the description ("/oauth/token/"), but the guide uses one for both
    if (schema.properties?.[name] === undefined && name !== 'refresh_token')
      problems.push(`body ${name} is unknown`)
  }
  return problems
}
