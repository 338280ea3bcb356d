import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/*
 * Checks against the vendors' own API descriptions, where RINGFENCE_VENDOR_SPECS names a folder that holds them:
 * pipedrive/pipedrive-v1.yaml, pipedrive/pipedrive-v2.yaml and optimcall/event-notification-service.openapi.json.
 * They are never part of the project.
 */

type Json = Record<string, unknown>
type Operation = {
  parameters: Json[]
  requestBody: unknown
  responses: Json
  tokens: unknown
  scopes: string[]
}
type Validate = (value: unknown) => string[]

export type Vendor = 'pipedrive' | 'optimcall'
export type Specs = {
  /** What in this request does not fit; empty when all does. */
  checkRequest(request: CheckedRequest): string[]
  checkResponse(response: { method: string; path: string; status: number; body: unknown }): string[]
  /** An OptimCall event. */
  checkEvent(event: Json): string[]
  /** Token price and scopes that the description names for an operation. */
  operation(method: string, path: string): { tokens: unknown; scopes: string[] } | undefined
}
export type CheckedRequest = {
  vendor: Vendor
  method: string
  /** `/api/v1/...`, `/v1/...` or `/api/v2/...` */
  path: string
  query: URLSearchParams
  /** Parsed JSON; undefined when there is none. */
  body: unknown
}

/** The description does not say so, but the vendor's guides or examples do: these may be null in an answer. */
const nullableInAnswers = new Set([
  'last_name',
  'org_id',
  'picture_id',
  'next_cursor',
  'organization',
  'address',
  'deal_id',
  'lead_id',
  'person_id',
  'project_id',
  'due_date',
  'due_time',
  'duration',
  'busy',
  'location',
  'marked_as_done_time',
  'public_description',
  'priority',
  'note',
])
/** Shown in the vendor's examples or guides, though the schemas do not list them. */
const alsoInAnswers = new Set(['next_start', 'address', 'error_info'])
const alsoInRequests = new Set(['first_name', 'last_name'])

let loaded: Promise<Specs> | undefined

/** The descriptions named by RINGFENCE_VENDOR_SPECS; undefined when it is not set. */
export function specsFromEnvironment(): Promise<Specs> | undefined {
  const folder = process.env['RINGFENCE_VENDOR_SPECS']
  if (folder === undefined || folder === '') return undefined
  loaded ??= loadSpecs(folder)
  return loaded
}

/** What reads and checks descriptions. Loaded only here: the sandbox itself runs without these packages. */
export async function specTools(folder: string) {
  const [{ parse }, { Ajv }, formats] = await Promise.all([
    import('yaml'),
    import('ajv'),
    import('ajv-formats'),
  ])
  /** JSON is YAML too. */
  const yaml = (name: string) => parse(readFileSync(join(folder, name), 'utf8')) as Json
  const lenient = new Ajv({ strict: false, allErrors: true, validateFormats: false })
  const exact = new Ajv({ strict: false, allErrors: true })
  formats.default.default(exact)
  const compiled = new Map<string, Validate>()
  const validator = (key: string, ajv: typeof exact, schema: unknown): Validate => {
    const known = compiled.get(key)
    if (known !== undefined) return known
    const validate = ajv.compile(schema as Json)
    const made: Validate = (value) =>
      validate(value)
        ? []
        : (validate.errors ?? []).map(
            (error) => `${error.instancePath} ${error.message} ${JSON.stringify(error.params)}`,
          )
    compiled.set(key, made)
    return made
  }
  return { yaml, lenient, exact, validator }
}

async function loadSpecs(folder: string): Promise<Specs> {
  const { yaml, lenient, exact, validator } = await specTools(folder)
  const v1 = yaml('pipedrive/pipedrive-v1.yaml')
  const v2 = yaml('pipedrive/pipedrive-v2.yaml')
  const ens = JSON.parse(
    readFileSync(join(folder, 'optimcall/event-notification-service.openapi.json'), 'utf8'),
  ) as Json

  const find = (method: string, path: string) => {
    const split = /^(?:\/api\/v1|\/v1|(\/api\/v2))(\/[^?]*)$/.exec(path)
    const rest = split?.[2]
    if (split === null || rest === undefined) return undefined
    return findOperation(split[1] === undefined ? v1 : v2, method, rest)
  }

  return {
    checkRequest({ vendor, method, path, query, body }) {
      if (vendor !== 'pipedrive') return [`${vendor} takes no requests`]
      const found = find(method, path)
      if (found === undefined) return ['is not described']
      const wrong = checkQuery(found.operation, query)
      const schema = contentSchema(found.operation.requestBody, 'application/json')
      if (schema === undefined) return body === undefined ? wrong : [...wrong, 'takes no JSON body']
      const closed = merged(schema, v1, { closed: true, also: alsoInRequests, nullable: new Set() })
      return [...wrong, ...validator(`request ${method} ${found.key}`, lenient, closed)(body)]
    },
    checkResponse({ method, path, status, body }) {
      const found = find(method, path)
      if (found === undefined) return ['is not described']
      const schema = contentSchema(found.operation.responses[String(status)], 'application/json')
      if (schema === undefined) return [`status ${status} is not described`]
      const closed = merged(schema, v1, { closed: true, also: alsoInAnswers, nullable: nullableInAnswers })
      return validator(`response ${method} ${found.key} ${status}`, exact, closed)(body)
    },
    checkEvent(event) {
      const name = String(event['name'])
      const hook = at(ens, 'webhooks', name, 'post', 'requestBody')
      const schema = contentSchema(hook, 'application/json')
      if (schema === undefined) return [`event ${name} is not described`]
      const closed = merged(schema, ens, { closed: true, also: new Set(), nullable: new Set() })
      return validator(`event ${name}`, exact, closed)(event)
    },
    operation(method, path) {
      const found = find(method, path)
      return found === undefined
        ? undefined
        : { tokens: found.operation.tokens, scopes: found.operation.scopes }
    },
  }
}

export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function at(value: unknown, ...path: string[]): unknown {
  let inner = value
  for (const step of path) inner = isObject(inner) ? inner[step] : undefined
  return inner
}

function contentSchema(holder: unknown, type: string): unknown {
  return at(holder, 'content', type, 'schema')
}

/** The operation whose path template fits best: fixed words go before placeholders. */
export function findOperation(
  document: Json,
  method: string,
  path: string,
): { operation: Operation; key: string } | undefined {
  const templates = Object.keys(isObject(document['paths']) ? document['paths'] : {}).sort(
    (a, b) => a.split('{').length - b.split('{').length,
  )
  const parts = path.split('/')
  const key = templates.find((template) => {
    const wanted = template.split('/')
    return (
      wanted.length === parts.length &&
      wanted.every((part, i) => part.startsWith('{') || part === parts[i]) &&
      at(document, 'paths', template, method.toLowerCase()) !== undefined
    )
  })
  if (key === undefined) return undefined
  const raw = at(document, 'paths', key, method.toLowerCase())
  if (!isObject(raw)) return undefined
  const security = Array.isArray(raw['security']) ? raw['security'] : []
  const operation: Operation = {
    parameters: Array.isArray(raw['parameters']) ? (raw['parameters'] as Json[]) : [],
    requestBody: raw['requestBody'],
    responses: isObject(raw['responses']) ? raw['responses'] : {},
    tokens: raw['x-token-cost'],
    scopes: security.flatMap((item) => (at(item, 'oauth2') as string[] | undefined) ?? []),
  }
  return { operation, key }
}

export function checkQuery(operation: Operation, query: URLSearchParams): string[] {
  const described = operation.parameters.filter((parameter) => parameter['in'] === 'query')
  const wrong: string[] = []
  for (const parameter of described) {
    if (parameter['required'] === true && !query.has(String(parameter['name']))) {
      wrong.push(`query ${String(parameter['name'])} is required`)
    }
  }
  for (const [name, text] of query) {
    const parameter = described.find((item) => item['name'] === name)
    if (parameter === undefined) wrong.push(`query ${name} is not described`)
    else if (!fitsType(text, parameter['schema'])) wrong.push(`query ${name} is ill-typed: ${text}`)
  }
  return wrong
}

function fitsType(text: string, schema: unknown): boolean {
  const allowed = at(schema, 'enum')
  if (Array.isArray(allowed)) {
    return allowed.includes(text) || text.split(',').every((part) => allowed.includes(part))
  }
  switch (at(schema, 'type')) {
    case 'integer':
      return /^-?\d+$/.test(text)
    case 'number':
      return !Number.isNaN(Number(text))
    case 'boolean':
      return text === 'true' || text === 'false'
    default:
      return true
  }
}

type MergeOptions = { closed: boolean; also: ReadonlySet<string>; nullable: ReadonlySet<string> }

/**
 * Flattens `allOf` and references into plain object schemas, and closes them, so that a field of the wrong name is
 * found too. `also` names fields that may be there without being listed.
 */
export function merged(schema: unknown, document: Json, options: MergeOptions): unknown {
  if (!isObject(schema)) return schema
  const reference = schema['$ref']
  if (typeof reference === 'string') {
    return merged(at(document, ...reference.replace(/^#\//, '').split('/')), document, options)
  }
  const parts = Array.isArray(schema['allOf']) ? schema['allOf'] : []
  const inner = parts.map((part) => merged(part, document, { ...options, closed: false }))
  const properties: Json = {}
  const required: unknown[] = []
  let result: Json = {}
  for (const part of [...inner, withoutAllOf(schema)]) {
    if (!isObject(part)) continue
    const { properties: own, required: needs, ...rest } = part
    result = { ...result, ...rest }
    for (const [name, value] of Object.entries(isObject(own) ? own : {})) {
      properties[name] = mergedProperty(properties[name], value, name, document, options)
    }
    if (Array.isArray(needs)) required.push(...needs)
  }
  for (const keyword of ['oneOf', 'anyOf']) {
    const choices = result[keyword]
    if (Array.isArray(choices)) result[keyword] = choices.map((item) => merged(item, document, options))
  }
  if (result['items'] !== undefined) result['items'] = merged(result['items'], document, closing(options))
  if (Object.keys(properties).length > 0) {
    result['properties'] = properties
    if (options.closed && result['additionalProperties'] === undefined) {
      result['properties'] = {
        ...Object.fromEntries([...options.also].map((name) => [name, {}])),
        ...properties,
      }
      result['additionalProperties'] = false
    }
  }
  if (required.length > 0) result['required'] = [...new Set(required)]
  return withoutExamples(result)
}

function mergedProperty(
  before: unknown,
  value: unknown,
  name: string,
  document: Json,
  options: MergeOptions,
): unknown {
  const both = before === undefined ? value : { allOf: [before, value] }
  const schema = merged(both, document, closing(options))
  return options.nullable.has(name) && isObject(schema) ? { anyOf: [schema, { type: 'null' }] } : schema
}

/** Only the outermost part of an `allOf` is left open until all parts are together; what lies inside is closed. */
function closing(options: MergeOptions): MergeOptions {
  return { ...options, closed: true }
}

function withoutAllOf(schema: Json): Json {
  const { allOf: _, ...rest } = schema
  return rest
}

function withoutExamples(schema: Json): Json {
  const { example: _, examples: __, ...rest } = schema
  return rest
}
