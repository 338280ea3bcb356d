import { type Incoming, parseJson } from './http.ts'
import type { Ledger } from './ledger.ts'
import type { CheckedRequest } from './openapi.ts'

/**
 * Where the vendor's own description is at hand, writes down what in a request does not fit it.
 * @param request.path as the description has it
 * @param request.at ISO 8601
 */
export function noteViolations(
  ledger: Ledger,
  specs: { checkRequest(request: CheckedRequest): string[] | undefined } | undefined,
  { incoming, path, at }: { incoming: Incoming; path: string; at: string },
): void {
  const { method, query, headers, body } = incoming
  const isJson = (headers['content-type'] ?? '').startsWith('application/json') && body.length > 0
  const wrong = specs?.checkRequest({ method, path, query, body: isJson ? parseJson(body) : undefined })
  for (const message of wrong ?? []) ledger.requestViolations.push({ at, method, path, message })
}
