import { z } from 'zod'
import { failed, failureOf } from '../failure.ts'
import type { Organization } from '../organizations/organization.ts'

/** What a link stands for: which recording, and who took part in the call, so that it holds when the call is gone here. */
const linked = z.strictObject({
  connectionId: z.uuid(),
  recording: z.string(),
  extensions: z.array(z.string()),
})
export type Linked = z.infer<typeof linked>

const place = { table: 'recordings', column: 'link', row: 'link' }

/**
 * The part of an address that stands for a recording: sealed with the organization's key, so it tells nobody anything and
 * nobody else can make one. Each making gives another one.
 */
export function linkTo(organization: Organization, to: Linked): string {
  return organization.keys.seal(place, JSON.stringify(to), { by: 'organization' }).toString('base64url')
}

/** @throws RingfenceError `not-found` for what this organization has not sealed */
export function readLink(organization: Organization, link: string): Linked {
  try {
    return linked.parse(JSON.parse(organization.keys.open(place, Buffer.from(link, 'base64url'))))
  } catch (error) {
    if (failureOf(error)?.code !== 'unreadable') throw error
    return failed({ code: 'not-found', what: 'recording' })
  }
}
