import type { Written } from '../contract.ts'

/** The page of a person in Pipedrive's own web app, on the company's own host. */
export function personUrl(apiBase: string, externalId: string): string {
  return `${apiBase}/person/${encodeURIComponent(externalId)}`
}

/**
 * UNVERIFIED: an activity has no page of its own; the list opens it in a dialog. Where the activity is not known, the
 * list itself.
 */
export function activityUrl(apiBase: string, { activityId }: Written): string {
  const list = `${apiBase}/activities/list`
  return activityId === undefined ? list : `${list}#dialog/activity/${encodeURIComponent(activityId)}`
}

/** Every company has a host of its own below pipedrive.com; what stands in for Pipedrive shows frames itself. */
export function frameAncestors(oauthUrl: string): string[] {
  const { hostname, origin } = new URL(oauthUrl)
  const standIn = hostname !== 'pipedrive.com' && !hostname.endsWith('.pipedrive.com')
  return ['https://*.pipedrive.com', ...(standIn ? [origin] : [])]
}
