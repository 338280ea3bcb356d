import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { App } from '../app.ts'
import { requireOperator } from '../http/account.ts'
import { receiptKey, signedReceipt } from './receipt-signing.ts'

/** Receipts for the operator, and for everybody the public key by which a receipt can be checked. */
export function receiptRoutes(app: App): FastifyPluginAsyncZod {
  return async (http) => {
    http.get(
      '/api/v1/receipts',
      { schema: { response: { 200: z.object({ receipts: z.array(signedReceipt) }) } } },
      async (request) => {
        await requireOperator(app, request)
        return { receipts: await app.receipts.list() }
      },
    )

    // A JSON Web Key Set (RFC 7517), as libraries for signatures read it.
    http.get(
      '/.well-known/ringfence-receipts.json',
      { schema: { hide: true, response: { 200: z.object({ keys: z.array(receiptKey) }) } } },
      async () => ({ keys: [app.receipts.publicKey] }),
    )
  }
}
