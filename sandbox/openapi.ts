import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/*
 * Checks of requests, answers and events against a vendor's own description of its API (OpenAPI 3).
 */

export type Json = Record<string, unknown>
type Operation = {
  parameters: Json[]
  requestBody: unknown
  responses: Json
  tokens: unknown
  scopes: string[]
}
type Found = { document: Json; operation: Operation; key: string }
type Validate = (value: unknown) => string[]

export type CheckedRequest = {
  method: string
  path: string
  query: URLSearchParams
  /** Parsed JSON; undefined when there is none. */
  body: unknown
}
export type ApiSpecs = {
  /** What in this request does not fit; empty when all does. */
  checkRequest(request: CheckedRequest): string[]
  /** `body`: parsed JSON; undefined when there is none. */
  checkResponse(response: { method: string; path: string; status: number; body: unknown }): string[]
}

/**
 * Descriptions below the folder that RINGFENCE_VENDOR_SPECS names, loaded once.
 * @param file where it is missing there, there are none; left out: whatever the folder lacks is an error
 * @returns what gives them; undefined where there are none
 */
export function fromEnvironment<T>(
  load: (folder: string) => Promise<T>,
  file = '',
): () => Promise<T> | undefined {
  let loaded: Promise<T> | undefined
  return () => {
    const folder = process.env['RINGFENCE_VENDOR_SPECS']
    if (folder === undefined || folder === '') return undefined
    if (file !== '' && !existsSync(join(folder, file))) return undefined
    loaded ??= load(folder)
    return loaded
  }
}

/** What reads and checks descriptions below a folder. */
export type SpecTools = Awaited<ReturnType<typeof specTools>>

/** Loads the packages only now: the sandbox itself runs without them. */
export async function specTools(folder: string) {
  const [{ parse }, { Ajv }, formats] = await Promise.all([
    import('yaml'),
    import('ajv'),
    import('ajv-formats'),
  ])
  /** JSON is YAML too. */
  const read = (name: string) => parse(readFileSync(join(folder, name), 'utf8')) as Json
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
  return { read, lenient, exact, validator }
}

/**
 * Checks of one API.
 * @param api.vendor tells one API's schemas from another's
 * @param api.find the operation that answers a request
 * @param api.alsoInAnswers fields that may be there without being listed
 * @param api.nullableInAnswers fields that may be null though the description does not say so
 */
export function apiSpecs(
  { lenient, exact, validator }: SpecTools,
  api: {
    vendor: string
    find(method: string, path: string): Found | undefined
    alsoInRequests?: ReadonlySet<string>
    alsoInAnswers?: ReadonlySet<string>
    nullableInAnswers?: ReadonlySet<string>
  },
): ApiSpecs {
  const { vendor, find, alsoInRequests = none, alsoInAnswers = none, nullableInAnswers = none } = api
  return {
    checkRequest({ method, path, query, body }) {
      const found = find(method, path)
      if (found === undefined) return ['is not described']
      const wrong = checkQuery(found.operation, query)
      const schema = jsonSchema(found.operation.requestBody)
      if (schema === undefined) return body === undefined ? wrong : [...wrong, 'takes no JSON body']
      const whole = closed(schema, found.document, { also: alsoInRequests })
      return [...wrong, ...validator(`${vendor} request ${method} ${found.key}`, lenient, whole)(body)]
    },
    checkResponse({ method, path, status, body }) {
      const found = find(method, path)
      if (found === undefined) return ['is not described']
      const described = found.operation.responses[String(status)]
      if (described === undefined) return [`status ${status} is not described`]
      const schema = jsonSchema(described)
      if (schema === undefined) return body === undefined ? [] : [`status ${status} has no JSON body`]
      const whole = closed(schema, found.document, { also: alsoInAnswers, nullable: nullableInAnswers })
      return validator(`${vendor} response ${method} ${found.key} ${status}`, exact, whole)(body)
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

/** The schema of a JSON body, whatever else its media type says. */
export function jsonSchema(holder: unknown): unknown {
  const content = at(holder, 'content')
  const type = Object.keys(isObject(content) ? content : {}).find((name) =>
    name.startsWith('application/json'),
  )
  return type === undefined ? undefined : at(content, type, 'schema')
}

/** The operation whose path template fits best: fixed words go before placeholders. */
export function findOperation(document: Json, method: string, path: string): Found | undefined {
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
  return { document, operation, key }
}

function checkQuery(operation: Operation, query: URLSearchParams): string[] {
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
const none: ReadonlySet<string> = new Set()

/** A schema as `merged` makes it, closed. */
export function closed(
  schema: unknown,
  document: Json,
  { also = none, nullable = none }: Partial<Omit<MergeOptions, 'closed'>> = {},
): unknown {
  return merged(schema, document, { closed: true, also, nullable })
}

/**
 * Flattens `allOf` and references into plain object schemas, and closes them, so that a field of the wrong name is
 * found too. `also` names fields that may be there without being listed.
 */
function merged(schema: unknown, document: Json, options: MergeOptions): unknown {
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
