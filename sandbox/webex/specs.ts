import {
  type ApiSpecs,
  apiSpecs,
  at,
  type CheckedRequest,
  closed,
  findOperation,
  fromEnvironment,
  isObject,
  specTools,
} from '../openapi.ts'

const files = [
  'webex/people-webhooks.openapi.json',
  'webex/call-controls.openapi.yml',
  'webex/converged-recordings.openapi.yml',
  'webex/detailed-call-history.openapi.yml',
]

/** Seen in answers, or named by the vendor's texts, though the schemas do not list them. */
const alsoInAnswers = new Set(['orgId', 'createdBy', 'appId'])

export type WebexSpecs = Omit<ApiSpecs, 'checkRequest'> & {
  /** What in this request does not fit; undefined when no description has such a request. */
  checkRequest(request: CheckedRequest): string[] | undefined
  /** `data` of an event has the fields of a call, and some of its own. */
  checkCall(call: Record<string, unknown>): string[]
}

/** The descriptions below RINGFENCE_VENDOR_SPECS; undefined where there are none of this vendor. */
export const webexSpecsFromEnvironment = fromEnvironment(load, files[0])

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
