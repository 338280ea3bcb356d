import type { Sandbox } from '../index.ts'

/**
 * Plays one call in a fresh sandbox, whose events go to `url`. Gives whose extension stands behind the ids that the
 * events name, id -> extension; undefined where they name extensions themselves.
 */
export type Play = (sandbox: Sandbox, url: string) => Promise<Record<string, string> | undefined>

/** Far more than the conversation's own speed. */
export const speed = 100_000
export const outer = '+442079460123'
/** When the calls begin, in milliseconds. */
export const startAt = Date.parse('2026-11-23T09:15:00Z')
