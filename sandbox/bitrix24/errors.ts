import type { Reply } from '../http.ts'

/** An error of a method as the wire has it: `{"error","error_description"}`. */
export class RestError extends Error {
  readonly status: number
  readonly code: string
  readonly more: Record<string, unknown>

  constructor(status: number, code: string, description: string, more: Record<string, unknown> = {}) {
    super(description)
    this.status = status
    this.code = code
    this.more = more
  }

  get body(): Record<string, unknown> {
    return { error: this.code, error_description: this.message, ...this.more }
  }

  get reply(): Reply {
    return { status: this.status, body: this.body }
  }
}

/** The errors of section 7.4 whose status and text are settled. */
export const restErrors = {
  expiredToken: () => new RestError(401, 'expired_token', 'The access token provided has expired.'),
  invalidToken: () => new RestError(401, 'invalid_token', 'Unable to get application by token'),
  noAuth: () => new RestError(401, 'NO_AUTH_FOUND', 'Wrong authorization data'),
  userDismissed: () => new RestError(401, 'authorization_error', 'Unable to authorize user'),
  appRemoved: (code: string) =>
    code === 'invalid_token'
      ? restErrors.invalidToken()
      : new RestError(401, code, 'Application not installed'),
  unpaid: () => new RestError(401, 'PAYMENT_REQUIRED', 'Subscription has been ended'),
  restOff: () => new RestError(403, 'ACCESS_DENIED', 'REST is available only on commercial plans.'),
  accessDenied: () => new RestError(403, 'ACCESS_DENIED', 'Access denied!'),
  insufficientScope: (status: number) =>
    new RestError(
      status,
      'insufficient_scope',
      'The request requires higher privileges than provided by the access token',
    ),
  wrongAuthType: () =>
    new RestError(403, 'WRONG_AUTH_TYPE', 'Current authorization type is denied for this method'),
  methodNotFound: () => new RestError(404, 'ERROR_METHOD_NOT_FOUND', 'Method not found!'),
  portalDeleted: (status: number) => new RestError(status, 'PORTAL_DELETED', 'Portal was deleted'),
  tooMany: () => new RestError(503, 'QUERY_LIMIT_EXCEEDED', 'Too many requests'),
  timeLimit: () =>
    new RestError(429, 'OPERATION_TIME_LIMIT', 'Method is blocked due to operation time limit.'),
  confirmWaiting: () => new RestError(401, 'METHOD_CONFIRM_WAITING', 'Waiting for confirmation'),
  batchTooLong: () => new RestError(400, 'ERROR_BATCH_LENGTH_EXCEEDED', 'Max batch length exceeded'),
  notInBatch: () =>
    new RestError(405, 'ERROR_BATCH_METHOD_NOT_ALLOWED', 'Method is not allowed for batch usage'),
} as const

/** What a load balancer in front of a portal answers: no JSON. */
export function gatewayPage(status: number): Reply {
  return {
    status,
    headers: { 'content-type': 'text/html; charset=utf-8' },
    body: `<html><head><title>${status}</title></head><body><center><h1>${status}</h1></center></body></html>`,
  }
}
