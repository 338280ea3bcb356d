import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useId, useRef } from 'react'
import type { CallView } from '../../server/http/shapes.ts'
import { failureSentences } from '../api/failure-note.tsx'
import { useLanguage } from '../languages/language.tsx'
import './note.css'
import type { Chosen, NoteDraft } from './note-draft.ts'
import { noteReason, noteWords } from './note-words.ts'
import { resultsQuery } from './results-query.ts'
import { useNote } from './use-note.ts'
import { useRetry } from './use-retry.ts'

/** What is to be remembered of the call, kept as it is typed. It never takes the focus by itself. */
export function NoteField({ call }: { call: CallView }) {
  const { t } = useLanguage()
  const draft = useNote(call)
  const id = useId()
  const field = useRef<HTMLTextAreaElement>(null)
  return (
    <section className="card-part">
      <h3 id={id}>{t('note.title')}</h3>
      <div className="note-field">
        <Results chosen={draft.state.draft.result} onChoose={(result) => draft.choose(result)} />
        <textarea
          ref={field}
          data-note
          aria-labelledby={id}
          placeholder={t('note.placeholder')}
          rows={3}
          maxLength={10_000}
          value={draft.state.draft.text}
          onChange={(event) => draft.type(event.currentTarget.value)}
          onBlur={() => draft.flush()}
        />
        {draft.state.status === 'conflict' ? (
          // The button that was pressed goes away, and the text is what one goes on with.
          <Conflict draft={draft} onDone={() => field.current?.focus()} />
        ) : (
          <NoteState call={call} draft={draft} />
        )}
      </div>
    </section>
  )
}

function Results({ chosen, onChoose }: { chosen: Chosen | undefined; onChoose: (result: Chosen) => void }) {
  const { t } = useLanguage()
  const { data = [] } = useQuery(resultsQuery)
  // One that has left the list since stays with the calls it was chosen for.
  const gone = chosen !== undefined && data.every(({ id }) => id !== chosen.id) ? [chosen] : []
  const shown: readonly Chosen[] = [...data, ...gone]
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be a wrapping row
    <div role="group" aria-label={t('note.results')} className="result-row">
      {shown.map(({ id, label }) => (
        <button
          key={id}
          type="button"
          className="chip result"
          aria-pressed={chosen?.id === id}
          onClick={() => onChoose({ id, label })}
        >
          {label}
        </button>
      ))}
    </div>
  )
}

function NoteState({ call, draft }: { call: CallView; draft: NoteDraft }) {
  const { t, formats } = useLanguage()
  const retry = useRetry(call.id, 'entry')
  const { state } = draft
  if (state.status === 'failed') {
    return (
      <p role="alert" className="note-state trouble">
        {t('note.not-saved')} {failureSentences(state.error, t)}{' '}
        <Button variant="default" size="compact-xs" onClick={() => draft.flush()}>
          {t('note.save-now')}
        </Button>
      </p>
    )
  }
  const reason = noteReason(call, t)
  const crm = call.note?.crm.state
  return (
    <p className="note-state quiet">
      {noteWords(call, state, t, formats)} {reason}{' '}
      {state.status === 'saved' && (crm === 'waiting' || crm === 'failed') && (
        <Button
          variant="default"
          size="compact-xs"
          loading={retry.isPending}
          onClick={() => retry.mutate()}
          aria-label={t('note.retry')}
        >
          {t('log.retry')}
        </Button>
      )}
    </p>
  )
}

/** Two people typed at the same time: both texts are there, and a person says what becomes of them. */
function Conflict({ draft, onDone }: { draft: NoteDraft; onDone: () => void }) {
  const { t } = useLanguage()
  const { other } = draft.state
  return (
    <div className="note-conflict">
      {/* The other text may go on growing, so it is not read out with this. */}
      <p role="alert">{t('note.conflict')}</p>
      <blockquote>
        {other?.result !== undefined && <strong>{other.result.label}</strong>}
        {other?.text}
      </blockquote>
      <div className="form-actions">
        <Button
          size="xs"
          onClick={() => {
            draft.keepBoth()
            onDone()
          }}
        >
          {t('note.keep-both')}
        </Button>
        <Button
          variant="default"
          size="xs"
          onClick={() => {
            draft.takeTheirs()
            onDone()
          }}
        >
          {t('note.take-theirs')}
        </Button>
      </div>
    </div>
  )
}
