import type { FastifyReply, FastifyRequest } from 'fastify'
import { documentContentSecurityPolicy, sendFresh } from '../privacy/send-document.ts'

/** A generated document. @param options.security where it takes in more than a document does */
export function sendPage(
  request: FastifyRequest,
  reply: FastifyReply,
  page: { language: string; html: string },
  { security = documentContentSecurityPolicy }: { security?: string } = {},
): FastifyReply {
  reply
    .header('vary', 'accept-language')
    .header('content-language', page.language)
    .header('content-security-policy', security)
  return sendFresh(request, reply, page.html, 'text/html; charset=utf-8')
}
