import { Button } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { type MessageKey, type Translate, useLanguage } from '../languages/language.tsx'
import { ApiFailure } from './request.ts'

/** Codes with words of their own; everything else is told as a defect. */
const told = [
  'no-answer',
  'unauthorized',
  'forbidden',
  'not-found',
  'conflict',
  'invalid-input',
  'too-large',
  'busy',
  'database-away',
  'provider-unavailable',
  'provider-outcome-unknown',
  'provider-refused',
  'provider-rejected',
  'not-approved',
  'setting',
  'unreadable',
] as const
type Told = (typeof told)[number] | 'defect'

/** What happened, and what it means and what to do now. */
export function failureWords(error: unknown, t: Translate): { happened: string; todo: string } {
  const refusal = error instanceof ApiFailure ? error.refusal : undefined
  const code: Told = told.find((known) => known === refusal?.code) ?? 'defect'
  const happened: MessageKey = `failure.${code}.happened`
  const todo: MessageKey = `failure.${code}.todo`
  return { happened: t(happened), todo: t(todo, { id: refusal?.id ?? '' }) }
}

/** The same inside a text: what happened, and what to do. */
export function failureSentences(error: unknown, t: Translate): string {
  const { happened, todo } = failureWords(error, t)
  return `${happened}. ${todo}`
}

/** Says a failure where the missing thing would have stood. */
export function FailureNote(props: { error: unknown; retry?: () => void; children?: ReactNode }) {
  const { t } = useLanguage()
  const { happened, todo } = failureWords(props.error, t)
  return (
    <div className="note note-trouble" role="alert">
      <IconAlertTriangle size={18} aria-hidden />
      <div>
        <p className="note-title">{happened}</p>
        <p>{todo}</p>
        {props.children}
        {props.retry !== undefined && (
          <Button variant="default" size="xs" mt="xs" onClick={props.retry}>
            {t('action.try-again')}
          </Button>
        )}
      </div>
    </div>
  )
}
