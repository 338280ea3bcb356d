import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { at, checkQuery, findOperation, isObject, merged, specTools } from '../specs.ts'

const files = [
  'people-webhooks.openapi.json',
  'call-controls.openapi.yml',
  'converged-recordings.openapi.yml',
  'detailed-call-history.openapi.yml',
]

/** Seen in answers, or named by the vendor's texts, though the schemas do not list them. */
const alsoInAnswers = new Set(['orgId', 'createdBy', 'appId'])

export type WebexSpecs = {
  /** What in this request does not fit; undefined when no description has such a request. */
  checkRequest(request: {
    method: string
    path: string
    query: URLSearchParams
    body: unknown
  }): string[] | undefined
  checkResponse(response: { method: string; path: string; status: number; body: unknown }): string[]
  /** `data` of an event has the fields of a call, and some of its own. */
  checkCall(call: Record<string, unknown>): string[]
}

let loaded: Promise<WebexSpecs> | undefined

/** The descriptions below RINGFENCE_VENDOR_SPECS; undefined where there are none of this vendor. */
export function webexSpecsFromEnvironment(): Promise<WebexSpecs> | undefined {
  const folder = process.env['RINGFENCE_VENDOR_SPECS']
  if (folder === undefined || folder === '' || !existsSync(join(folder, 'webex', files[0] ?? '')))
    return undefined
  loaded ??= load(join(folder, 'webex'))
  return loaded
}

async function load(folder: string): Promise<WebexSpecs> {
  const { yaml, lenient, exact, validator } = await specTools(folder)
  const documents = files.map(yaml)
  const find = (method: string, path: string) => {
    for (const document of documents) {
      const found = findOperation(document, method, path)
      if (found !== undefined) return { ...found, document }
    }
    return undefined
  }
  return {
    checkRequest({ method, path, query, body }) {
      const found = find(method, path)
      if (found === undefined) return undefined
      // Where the answer says how to go on is the vendor's own choice.
      const own = new URLSearchParams([...query].filter(([name]) => name !== 'cursor'))
      const wrong = checkQuery(found.operation, own)
      const schema = jsonSchema(found.operation.requestBody)
      if (schema === undefined || body === undefined) return wrong
      const closed = merged(schema, found.document, { closed: true, also: new Set(), nullable: new Set() })
      const key = `webex request ${method} ${found.key}`
      return [...wrong, ...validator(key, lenient, closed)(withListedEvent(body))]
    },
    checkResponse({ method, path, status, body }) {
      const found = find(method, path)
      if (found === undefined) return ['is not described']
      const described = found.operation.responses[String(status)]
      if (described === undefined) return [`status ${status} is not described`]
      const schema = jsonSchema(described)
      if (schema === undefined) return []
      const closed = merged(schema, found.document, {
        closed: true,
        also: alsoInAnswers,
        nullable: new Set(),
      })
      return validator(`webex response ${method} ${found.key} ${status}`, exact, closed)(body)
    },
    checkCall(call) {
      const document = documents[1] ?? {}
      const schema = at(document, 'components', 'schemas', 'Call')
      const closed = merged(schema, document, { closed: true, also: new Set(), nullable: new Set() })
      return validator('webex call', exact, closed)(call)
    },
  }
}

/** `all` is widely used, though no description lists it. */
function withListedEvent(body: unknown): unknown {
  return isObject(body) && body['event'] === 'all' ? { ...body, event: 'created' } : body
}

/** The schema of a JSON body, whatever else its media type says. */
function jsonSchema(holder: unknown): unknown {
  const content = at(holder, 'content')
  const type = Object.keys(isObject(content) ? content : {}).find((name) =>
    name.startsWith('application/json'),
  )
  return type === undefined ? undefined : at(content, type, 'schema')
}
