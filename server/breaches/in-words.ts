import type { BreachView } from '../http/shapes.ts'
import { vocabularies } from '../privacy/words/words.ts'
import type { Affected } from './affected.ts'

/** How far the work on a breach has come. */
export function stateInWords({ closed, notices, mailed, shown, organizationsBy }: BreachView): string {
  if (closed) return 'closed'
  if (notices > 0) return `told: ${notices} notices, ${mailed} mailed, ${shown} opened`
  const hours = Math.floor((Date.parse(organizationsBy) - Date.now()) / 3_600_000)
  return hours >= 0 ? `NOBODY TOLD YET, ${hours} h left` : `NOBODY TOLD YET, ${-hours} h too late`
}

/** Whom it concerns, an organization a paragraph. */
export function affectedInWords(affected: readonly Affected[]): string {
  const { kinds: names, subjects: groups } = vocabularies.en
  const lines = affected.map((one) =>
    [
      one.organization + (one.counted ? '' : '  (its database could not be read: no numbers)'),
      ...one.kinds.map(
        ({ kind, records }) =>
          `  ${names[kind as keyof typeof names]?.name ?? kind}: ${records ?? 'not counted by itself'}`,
      ),
      ...Object.entries(one.subjects).map(
        ([group, number]) => `  ${groups[group as keyof typeof groups]}: ${number ?? 'not counted'}`,
      ),
    ].join('\n'),
  )
  return [...lines, `${affected.length} organizations affected`].join('\n')
}
