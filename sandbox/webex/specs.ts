import { existsSync } from 'node:fs'
import { join } from 'node:path'
import {
  type ApiSpecs,
  apiSpecs,
  at,
  type CheckedRequest,
  closed,
  findOperation,
  isObject,
  specTools,
} from '../openapi.ts'

const files = [
  'people-webhooks.openapi.json',
  'call-controls.openapi.yml',
  'converged-recordings.openapi.yml',
  'detailed-call-history.openapi.yml',
]

/** Seen in answers, or named by the vendor's texts, though the schemas do not list them. */
const alsoInAnswers = new Set(['orgId', 'createdBy', 'appId'])

export type WebexSpecs = Omit<ApiSpecs, 'checkRequest'> & {
  /** What in this request does not fit; undefined when no description has such a request. */
  checkRequest(request: CheckedRequest): string[] | undefined
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
  const tools = await specTools(folder)
  const documents = files.map(tools.read)
  const find = (method: string, path: string) =>
    documents.map((document) => findOperation(document, method, path)).find((found) => found !== undefined)
  const specs = apiSpecs(tools, { vendor: 'webex', find, alsoInAnswers })
  return {
    ...specs,
    checkRequest({ query, body, ...request }) {
      if (find(request.method, request.path) === undefined) return undefined
      // Where the answer says how to go on is the vendor's own choice.
      const own = new URLSearchParams([...query].filter(([name]) => name !== 'cursor'))
      return specs.checkRequest({ ...request, query: own, body: withListedEvent(body) })
    },
    checkCall(call) {
      const document = documents[1] ?? {}
      const schema = closed(at(document, 'components', 'schemas', 'Call'), document)
      return tools.validator('webex call', tools.exact, schema)(call)
    },
  }
}

/** `all` is widely used, though no description lists it. */
function withListedEvent(body: unknown): unknown {
  return isObject(body) && body['event'] === 'all' ? { ...body, event: 'created' } : body
}
