import {
  type ApiSpecs,
  apiSpecs,
  at,
  closed,
  findOperation,
  fromEnvironment,
  type Json,
  jsonSchema,
  specTools,
} from './openapi.ts'

/*
 * Checks against the descriptions of Pipedrive and OptimCall, where RINGFENCE_VENDOR_SPECS names a folder that holds
 * them: pipedrive/pipedrive-v1.yaml, pipedrive/pipedrive-v2.yaml and
 * optimcall/event-notification-service.openapi.json. They are never part of the project.
 */

/** Paths begin with `/api/v1`, `/v1` or `/api/v2`. */
export type Specs = ApiSpecs & {
  /** An OptimCall event. */
  checkEvent(event: Json): string[]
  /** Token price and scopes that the description names for an operation. */
  operation(method: string, path: string): { tokens: unknown; scopes: string[] } | undefined
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

/** The descriptions named by RINGFENCE_VENDOR_SPECS; undefined when it is not set. */
export const specsFromEnvironment = fromEnvironment(loadSpecs)

async function loadSpecs(folder: string): Promise<Specs> {
  const tools = await specTools(folder)
  const v1 = tools.read('pipedrive/pipedrive-v1.yaml')
  const v2 = tools.read('pipedrive/pipedrive-v2.yaml')
  const ens = tools.read('optimcall/event-notification-service.openapi.json')
  const find = (method: string, path: string) => {
    const split = /^(?:\/api\/v1|\/v1|(\/api\/v2))(\/[^?]*)$/.exec(path)
    const rest = split?.[2]
    if (split === null || rest === undefined) return undefined
    return findOperation(split[1] === undefined ? v1 : v2, method, rest)
  }
  return {
    ...apiSpecs(tools, { vendor: 'pipedrive', find, alsoInRequests, alsoInAnswers, nullableInAnswers }),
    checkEvent(event) {
      const name = String(event['name'])
      const schema = jsonSchema(at(ens, 'webhooks', name, 'post', 'requestBody'))
      if (schema === undefined) return [`event ${name} is not described`]
      return tools.validator(`event ${name}`, tools.exact, closed(schema, ens))(event)
    },
    operation(method, path) {
      const found = find(method, path)
      return found === undefined
        ? undefined
        : { tokens: found.operation.tokens, scopes: found.operation.scopes }
    },
  }
}
