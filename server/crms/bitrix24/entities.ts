import { portalOf } from './addresses.ts'

/** Whom a call can be with. */
export type EntityType = 'CONTACT' | 'COMPANY' | 'LEAD'
export interface Entity {
  type: EntityType
  id: string
}

/** Ids of contacts, companies and leads overlap. Outside this room a contact is its bare id, the others say what they are. */
export function refOf({ type, id }: Entity): string {
  return type === 'CONTACT' ? id : `${type.toLowerCase()}-${id}`
}

export function entityOf(ref: string): Entity {
  const [, type, id] = /^(company|lead)-(.+)$/.exec(ref) ?? []
  if (id === undefined) return { type: 'CONTACT', id: ref }
  return { type: type === 'company' ? 'COMPANY' : 'LEAD', id }
}

/** As Bitrix24 names one in an answer; undefined where there is none, or one of another kind. */
export function entityFrom(type: string | null | undefined, id: string | undefined): Entity | undefined {
  const named = type?.toUpperCase()
  if (id === undefined || (named !== 'CONTACT' && named !== 'COMPANY' && named !== 'LEAD')) return undefined
  return { type: named, id }
}

/** Its page in the portal. UNVERIFIED for leads, where the pattern is taken to be the same. */
export function entityUrl(apiBase: string, { type, id }: Entity): string {
  return `${portalOf(apiBase)}/crm/${type.toLowerCase()}/details/${encodeURIComponent(id)}/`
}
