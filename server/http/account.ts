import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Account } from '../accounts/sessions.ts'
import type { App } from '../app.ts'
import { nowOnBehalfOf } from '../egress/on-behalf.ts'
import { failed } from '../failure.ts'
import type { DirectoryUser } from '../organizations/directory.ts'
import type { Organization } from '../organizations/organization.ts'

/** The session's cookie. `__Host-` binds it to this host and to https; on this machine alone http has to do. */
export function sessionCookie(url: string): {
  name: string
  options: { httpOnly: true; secure: boolean; sameSite: 'lax'; path: '/' }
} {
  const secure = url.startsWith('https:')
  return {
    name: secure ? '__Host-ringfence' : 'ringfence',
    options: { httpOnly: true, secure, sameSite: 'lax', path: '/' },
  }
}

/** The session's token, from the cookie or from a bearer header (frames and scripts have no cookies). */
export function sessionToken(app: App, request: FastifyRequest): string | undefined {
  const token = sessionTokenIn(app, request)
  if (token !== undefined && bearerIn(request) === undefined) refuseForeignOrigin(app, request)
  return token
}

/** Whatever is sent as one, wherever it comes from: for counting, not for letting in. */
export const sessionTokenIn = ({ url }: Pick<App, 'url'>, request: FastifyRequest): string | undefined =>
  bearerIn(request) ?? request.cookies[sessionCookie(url).name]

function bearerIn({ headers }: FastifyRequest): string | undefined {
  const header = headers.authorization
  return header?.startsWith('Bearer ') ? header.slice('Bearer '.length) : undefined
}

/** @throws `unauthorized` */
export async function requireAccount(app: App, request: FastifyRequest): Promise<Account> {
  const token = sessionToken(app, request)
  const account = token === undefined ? undefined : await app.sessions.find(token)
  if (account?.kind === 'user') nowOnBehalfOf({ organizationId: account.organizationId })
  return account ?? failed({ code: 'unauthorized' })
}

export interface SignedInUser {
  organization: Organization
  user: DirectoryUser
}

/** Somebody who works for an organization. The operator is nobody there. @throws `unauthorized`, `forbidden` */
export async function requireUser(app: App, request: FastifyRequest): Promise<SignedInUser> {
  const account = await requireAccount(app, request)
  if (account.kind !== 'user') return failed({ code: 'forbidden', needs: 'a user of an organization' })
  const organization = await app.organizations.get(account.organizationId)
  const user = (await app.directories.of(organization)).users.get(account.userId)
  return user ? { organization, user } : failed({ code: 'unauthorized' })
}

export async function requireAdministrator(app: App, request: FastifyRequest): Promise<SignedInUser> {
  const signedIn = await requireUser(app, request)
  if (signedIn.user.role !== 'administrator') failed({ code: 'forbidden', needs: 'an administrator' })
  return signedIn
}

export async function requireOperator(app: App, request: FastifyRequest): Promise<void> {
  const account = await requireAccount(app, request)
  if (account.kind !== 'operator') failed({ code: 'forbidden', needs: 'the operator' })
}

/**
 * The organization whose connections are set up: an administrator's own, or the one the operator names in
 * `x-organization`. It opens settings only, never calls or contacts.
 */
export async function requireManaged(app: App, request: FastifyRequest): Promise<Organization> {
  const account = await requireAccount(app, request)
  if (account.kind === 'operator') {
    const id = z.uuid().safeParse(request.headers['x-organization'])
    if (!id.success)
      return failed({ code: 'invalid-input', field: 'x-organization', rule: 'the id of an organization' })
    return app.organizations.get(id.data)
  }
  return (await requireAdministrator(app, request)).organization
}

/** A browser says where a request with its cookies comes from; another site's is refused (cross-site request forgery). */
function refuseForeignOrigin(app: App, request: FastifyRequest): void {
  if (request.method === 'GET' || request.method === 'HEAD') return
  const origin = request.headers.origin
  const sameOrigin =
    origin === undefined
      ? request.headers['sec-fetch-site'] === 'same-origin'
      : origin === new URL(app.url).origin
  if (!sameOrigin) failed({ code: 'forbidden', needs: 'a request from Ringfence itself' })
}

export function setSession(app: App, reply: FastifyReply, session: { token: string; expiresAt: Date }): void {
  const { name, options } = sessionCookie(app.url)
  reply.setCookie(name, session.token, { ...options, expires: session.expiresAt })
}
