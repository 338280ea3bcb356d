import { z } from 'zod'
import { failed } from '../../failure.ts'
import type { RawRequest } from '../../phones/contract.ts'
import type { Uninstalled } from '../contract.ts'
import { isAuthorised } from './basic-credentials.ts'
import { identifier } from './identifier.ts'
import { readJson } from './refusal.ts'

/** The time stamp's format is not documented, so nothing is decided by it. */
const body = z.object({ client_id: z.string(), company_id: identifier, user_id: identifier })

/**
 * A user uninstalled the app: Pipedrive tells it once, at the callback address, with the app's own credentials.
 * @throws {RingfenceError} `unauthorized`; `invalid-input` when it is not about this app
 * @see https://pipedrive.readme.io/docs/app-uninstallation
 */
export function readUninstall(
  request: RawRequest,
  app: { clientId: string; clientSecret: string },
): Uninstalled {
  if (!isAuthorised(request, { user: app.clientId, password: app.clientSecret })) {
    return failed({ code: 'unauthorized' })
  }
  const read = body.safeParse(readJson(request.body))
  if (!read.success || read.data.client_id !== app.clientId) {
    return failed({ code: 'invalid-input', field: 'body', rule: 'an uninstallation of this app' })
  }
  return { companyRef: read.data.company_id, userRef: read.data.user_id }
}
