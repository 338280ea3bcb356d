/** A deal or a lead, by the CRM's own id. */
export interface DealRef {
  kind: 'deal' | 'lead'
  externalId: string
}

/** What the CRM says of one: nothing of its contents. */
export interface DealState extends DealRef {
  /** whose it is while it is open; undefined: it is not open, or nobody's */
  personExternalId: string | undefined
  /** since when it is so, ISO 8601 UTC */
  toldAt: string
}

export interface DealPage {
  kind: DealRef['kind']
  deals: DealState[]
  /** neither the app nor this user may read these */
  refused: boolean
  /** opaque; hand it back to go on after this page; undefined: this was the last one */
  next: string | undefined
}

/**
 * What came of linking a written call with another deal. `another`: a person has linked one of their own since, which is
 * never overwritten; `gone`: the entry, or the deal, is not there any more.
 */
export type DealLinked = 'linked' | 'another' | 'gone'

export const sameDeal = (a: DealRef | undefined, b: DealRef | undefined): boolean =>
  a?.kind === b?.kind && a?.externalId === b?.externalId
