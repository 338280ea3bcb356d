import { createHash } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { prefers } from '../http/prefers.ts'
import type { DocumentLanguage } from './words/languages.ts'

/** Stricter than the app's: a document has no script, no form, and takes in nothing but its style sheet and mark. */
export const documentContentSecurityPolicy =
  "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'"

/** Of a document that asks which of its versions are meant, by its own address. */
export const choosingContentSecurityPolicy = documentContentSecurityPolicy.replace(
  "form-action 'none'",
  "form-action 'self'",
)

/** With an entity tag: who has it already is told so (RFC 9110, 8.8.3 and 13.1.2). */
export function sendFresh(
  request: FastifyRequest,
  reply: FastifyReply,
  body: string,
  type: string,
): FastifyReply {
  const tag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`
  reply.header('cache-control', 'no-cache').header('etag', tag)
  const known = request.headers['if-none-match']?.split(',').some((one) => one.trim() === tag)
  return known ? reply.code(304).send() : reply.type(type).send(body)
}

/** As the reader's browser asks. Whoever asks for Norwegian, or for Nynorsk, is served with the Bokmål that there is. */
export function languageAsked(
  request: FastifyRequest,
  offered: readonly DocumentLanguage[],
): DocumentLanguage {
  const header = request.headers['accept-language']?.replace(/\b(no|nn)\b/g, 'nb')
  return prefers(header, offered) ?? 'en'
}
