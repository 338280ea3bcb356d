import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod'
import { type Failure, type FailureCode, failureOf } from '../failure.ts'
import type { Log } from '../log.ts'
import type { FailureView } from './shapes.ts'

/** A new code does not compile until it has its status. */
export const httpStatus = {
  'invalid-input': 400,
  'too-large': 413,
  unauthorized: 401,
  'not-installed': 401,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  unreadable: 404,
  'not-approved': 409,
  setting: 500,
  'database-away': 503,
  busy: 503,
  'too-often': 429,
  'not-dialled': 422,
  undeclared: 403,
  'provider-unavailable': 503,
  'provider-outcome-unknown': 503,
  'provider-refused': 502,
  'provider-rejected': 502,
} as const satisfies Record<FailureCode, number>

/** Turns every error into an answer, in one place. What was sent to us is never repeated. */
export function answerFailure(log: Log) {
  return (error: FastifyError, request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const failure = failureOf(error)
    if (failure) {
      if ('retryAfterSeconds' in failure) reply.header('retry-after', failure.retryAfterSeconds)
      return reply.code(httpStatus[failure.code]).send(viewOf(failure))
    }
    if (hasZodFastifySchemaValidationErrors(error)) {
      const field = error.validation[0]?.instancePath.replace(/^\//, '').replaceAll('/', '.') ?? ''
      return reply.code(400).send({
        code: 'invalid-input',
        field: field || 'body',
        rule: 'see /api/v1/openapi.json',
      } satisfies FailureView)
    }
    const status = error.statusCode ?? 500
    if (status === 413)
      return reply.code(413).send({ code: 'too-large', field: 'body' } satisfies FailureView)
    if (status === 429)
      return reply.code(429).send({ code: 'busy', what: 'too many requests' } satisfies FailureView)
    if (status >= 400 && status < 500)
      return reply.code(status).send({ code: 'invalid-input', field: 'request' } satisfies FailureView)
    const id = log.failure('defect', error, { route: request.routeOptions.url ?? '?' })
    return reply.code(500).send({ code: 'defect', ...(id ? { id } : {}) } satisfies FailureView)
  }
}

function viewOf(failure: Failure): FailureView {
  switch (failure.code) {
    case 'invalid-input':
      return { code: failure.code, field: failure.field, rule: failure.rule }
    case 'too-large':
      return { code: failure.code, field: failure.field }
    case 'not-found':
    case 'busy':
      return { code: failure.code, what: failure.what }
    case 'too-often':
      return { code: failure.code, what: failure.what, seconds: failure.retryAfterSeconds }
    case 'not-dialled':
      return { code: failure.code, what: failure.why }
    case 'conflict':
      return { code: failure.code, what: failure.with }
    case 'forbidden':
      return { code: failure.code, what: failure.needs }
    default:
      return { code: failure.code }
  }
}
