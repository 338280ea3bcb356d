/** One operation of Pipedrive's API and what a request to it costs of the company's daily budget. */
export interface Endpoint {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  /** as it is declared: what stands in braces is one identifier */
  readonly path: string
  readonly tokens: number
}

/**
 * Every operation we use, with its price as published (`x-token-cost` in Pipedrive's OpenAPI files).
 *
 * Whether a failed request costs tokens is not documented. We count each one that may have arrived, so that what we
 * show is never less than what was spent.
 *
 * @see https://pipedrive.readme.io/docs/core-api-concepts-rate-limiting
 */
export const endpoints = {
  me: { method: 'GET', path: '/api/v1/users/me', tokens: 2 },
  users: { method: 'GET', path: '/api/v1/users', tokens: 20 },
  persons: { method: 'GET', path: '/api/v2/persons', tokens: 10 },
  person: { method: 'GET', path: '/api/v2/persons/{person id}', tokens: 1 },
  searchPersons: { method: 'GET', path: '/api/v2/persons/search', tokens: 20 },
  addPerson: { method: 'POST', path: '/api/v2/persons', tokens: 5 },
  changePerson: { method: 'PATCH', path: '/api/v2/persons/{person id}', tokens: 5 },
  deletePerson: { method: 'DELETE', path: '/api/v2/persons/{person id}', tokens: 3 },
  organizations: { method: 'GET', path: '/api/v2/organizations', tokens: 10 },
  personFields: { method: 'GET', path: '/api/v2/personFields', tokens: 10 },
  deals: { method: 'GET', path: '/api/v2/deals', tokens: 10 },
  deal: { method: 'GET', path: '/api/v2/deals/{deal id}', tokens: 1 },
  leads: { method: 'GET', path: '/api/v1/leads', tokens: 20 },
  lead: { method: 'GET', path: '/api/v1/leads/{lead id}', tokens: 2 },
  webhooks: { method: 'GET', path: '/api/v1/webhooks', tokens: 10 },
  addWebhook: { method: 'POST', path: '/api/v1/webhooks', tokens: 10 },
  deleteWebhook: { method: 'DELETE', path: '/api/v1/webhooks/{webhook id}', tokens: 6 },
  callLogs: { method: 'GET', path: '/api/v1/callLogs', tokens: 20 },
  addCallLog: { method: 'POST', path: '/api/v1/callLogs', tokens: 10 },
  attachRecording: { method: 'POST', path: '/api/v1/callLogs/{call log id}/recordings', tokens: 10 },
  deleteCallLog: { method: 'DELETE', path: '/api/v1/callLogs/{call log id}', tokens: 6 },
  activities: { method: 'GET', path: '/api/v2/activities', tokens: 10 },
  activity: { method: 'GET', path: '/api/v2/activities/{activity id}', tokens: 1 },
  addActivity: { method: 'POST', path: '/api/v2/activities', tokens: 5 },
  changeActivity: { method: 'PATCH', path: '/api/v2/activities/{activity id}', tokens: 5 },
  deleteActivity: { method: 'DELETE', path: '/api/v2/activities/{activity id}', tokens: 3 },
} as const satisfies Record<string, Endpoint>
