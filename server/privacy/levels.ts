import { z } from 'zod'
import { terms } from '../../policy/index.ts'
import type { ToldRecipient } from './told.ts'

/** Table files and the log are rewritten and recycled in the night, so within a day. */
const bytesLiveHours = 24

const time = z.iso.datetime()
/** `at`: reached then; `by`: not yet, at the latest then; `elsewhere`: on a server of somebody else's, when it recycles its log. */
export const reached = z.union([
  z.strictObject({ at: time }),
  z.strictObject({ by: time }),
  z.strictObject({ elsewhere: z.literal(true) }),
])
export type Reached = z.infer<typeof reached>

export const reachedOr = (at: Date | null, otherwise: Reached): Reached =>
  at ? { at: at.toISOString() } : otherwise

export const within = (row: { asked_at: Date }, hours: number): { by: string } => ({
  by: new Date(row.asked_at.getTime() + hours * 3_600_000).toISOString(),
})

/**
 * Until when bytes are left of what went.
 * @param embedded is the server ours? On another's we cannot say when it recycles its log.
 */
export function levelsOfBytes(
  row: { asked_at: Date; files_at: Date | null; log_at: Date | null },
  embedded: boolean,
): { files: Reached; log: Reached; backups: Reached } {
  return {
    files: reachedOr(row.files_at, within(row, bytesLiveHours)),
    log: embedded ? reachedOr(row.log_at, within(row, bytesLiveHours)) : { elsewhere: true },
    backups: within(row, terms.backupDays * 24),
  }
}

/** When it is so everywhere; null while a recipient has not confirmed, or nobody can say. */
export function everywhereBy(request: {
  levels: Readonly<Record<string, Reached>>
  recipients: readonly ToldRecipient[]
}): string | null {
  const ends = [
    ...Object.values(request.levels).map((level) =>
      'at' in level ? level.at : 'by' in level ? level.by : undefined,
    ),
    ...request.recipients
      .filter(({ state }) => state !== 'stays')
      .map(({ state, finalBy }) => (state === 'confirmed' ? (finalBy ?? undefined) : undefined)),
  ]
  return ends.some((end) => end === undefined) ? null : (ends.toSorted().at(-1) ?? null)
}
