import { failureWords } from '../api/failure-note.tsx'
import { ApiFailure } from '../api/request.ts'
import type { Translate } from '../languages/language.tsx'
import type { Dialled } from './dialling.ts'

const refusals = ['emergency', 'service-code', 'short-number', 'premium', 'satellite', 'malformed'] as const

const failures = [
  'undeclared',
  'provider-unavailable',
  'provider-outcome-unknown',
  'provider-refused',
  'provider-rejected',
] as const

/** What became of the asking, in words: also for those who hear it instead of seeing it. */
export function dialWords(dialled: Dialled, t: Translate): string {
  const number = dialled.shown
  switch (dialled.state) {
    case 'asking':
      return t('dial.asking', { number })
    case 'answered':
      return dialled.answer.how === 'ringing'
        ? t('dial.ringing', { extension: dialled.answer.extension, number })
        : t(`dial.tel.${dialled.answer.why}`, { number })
    case 'failed':
      return failedWords(dialled.error, number, t)
  }
}

function failedWords(error: unknown, number: string, t: Translate): string {
  const refusal = error instanceof ApiFailure ? error.refusal : undefined
  if (refusal?.code === 'not-dialled') {
    const why = refusals.find((known) => known === refusal.what) ?? 'malformed'
    return t(`dial.refused.${why}`, { number })
  }
  if (refusal?.code === 'too-often')
    return t('dial.too-often', { minutes: Math.ceil((refusal.seconds ?? 60) / 60) })
  const known = failures.find((code) => code === refusal?.code)
  if (known !== undefined) return t(`dial.failed.${known}`, { number })
  const { happened, todo } = failureWords(error, t)
  return `${happened}. ${todo}`
}
