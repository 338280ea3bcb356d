import { Button, NativeSelect, TextInput } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconPlus, IconTrash } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import type { ResultView } from '../../server/http/shapes.ts'
import { FailureNote, failureSentences } from '../api/failure-note.tsx'
import { type NewResult, resultsQuery, setResults } from '../calls/results-query.ts'
import { crmName } from '../calls/words.ts'
import { useLanguage } from '../languages/language.tsx'
import './results.css'

const outcomes = [
  'connected',
  'no-answer',
  'left-message',
  'left-voicemail',
  'busy',
  'wrong-number',
] as const satisfies readonly ResultView['outcome'][]
/** As many as the server takes. */
const most = 12

/** The buttons under a call's name: the organization's own words, and what the CRM is told for each. */
export function ResultsSection() {
  const { t } = useLanguage()
  const results = useQuery(resultsQuery)
  return (
    <section className="settings-part" aria-labelledby="results">
      <h2 id="results">{t('results.title')}</h2>
      <p className="quiet">{t('results.text', { crm: crmName })}</p>
      {results.isPending && <p role="status">{t('loading.results')}</p>}
      {results.isError && <FailureNote error={results.error} retry={() => void results.refetch()} />}
      {results.isSuccess && <Editor key={results.dataUpdatedAt} saved={results.data} />}
    </section>
  )
}

/** A row that is edited; its own number keeps the fields in their places while rows move. */
type Row = NewResult & { row: number }

function Editor({ saved }: { saved: readonly ResultView[] }) {
  const { t } = useLanguage()
  const queries = useQueryClient()
  const nextRow = useRef(saved.length)
  const [rows, setRows] = useState<readonly Row[]>(saved.map((result, row) => ({ ...result, row })))
  const [changed, setChanged] = useState(false)
  const save = useMutation({
    mutationFn: () =>
      setResults(rows.map(({ row: _, ...result }) => ({ ...result, label: result.label.trim() }))),
    onSuccess: (results) => queries.setQueryData(resultsQuery.queryKey, results),
  })
  const edit = (next: readonly Row[]): void => {
    setRows(next)
    setChanged(true)
  }
  const change = (at: number, part: Partial<Row>): void =>
    edit(rows.map((row, index) => (index === at ? { ...row, ...part } : row)))
  const move = (at: number, by: 1 | -1): void => {
    const row = rows[at]
    if (row !== undefined) edit(rows.toSpliced(at, 1).toSpliced(at + by, 0, row))
  }
  return (
    <form
      className="results"
      onSubmit={(event) => {
        event.preventDefault()
        save.mutate()
      }}
    >
      <ol>
        {rows.map((row, at) => (
          <ResultRow
            key={row.row}
            row={row}
            first={at === 0}
            last={at === rows.length - 1}
            onChange={(part) => change(at, part)}
            onMove={(by) => move(at, by)}
            onRemove={() => edit(rows.toSpliced(at, 1))}
          />
        ))}
      </ol>
      {save.isError && (
        <p role="alert" className="trouble">
          {failureSentences(save.error, t)}
        </p>
      )}
      <div className="form-actions">
        <Button type="submit" size="xs" loading={save.isPending} disabled={!changed}>
          {t('action.save')}
        </Button>
        <Button
          variant="default"
          size="xs"
          leftSection={<IconPlus size={16} aria-hidden />}
          disabled={rows.length >= most}
          onClick={() => {
            nextRow.current += 1
            edit([...rows, { row: nextRow.current, label: '', outcome: 'connected' }])
          }}
        >
          {t('results.add')}
        </Button>
      </div>
    </form>
  )
}

interface RowProps {
  row: Row
  first: boolean
  last: boolean
  onChange: (part: Partial<Row>) => void
  onMove: (by: 1 | -1) => void
  onRemove: () => void
}

function ResultRow({ row, first, last, onChange, onMove, onRemove }: RowProps) {
  const { t } = useLanguage()
  const { label, outcome } = row
  return (
    <li className="result-edit">
      <TextInput
        aria-label={t('results.label')}
        value={label}
        maxLength={40}
        required
        onChange={(event) => onChange({ label: event.currentTarget.value })}
      />
      <NativeSelect
        aria-label={t('results.outcome.of', { label, crm: crmName })}
        value={outcome}
        onChange={(event) => {
          const chosen = outcomes.find((one) => one === event.currentTarget.value)
          if (chosen !== undefined) onChange({ outcome: chosen })
        }}
        data={outcomes.map((one) => ({ value: one, label: t(`results.outcome.${one}`) }))}
      />
      <div className="result-tools">
        <button
          type="button"
          aria-label={t('results.up', { label })}
          disabled={first}
          onClick={() => onMove(-1)}
        >
          <IconArrowUp size={16} stroke={1.75} aria-hidden />
        </button>
        <button
          type="button"
          aria-label={t('results.down', { label })}
          disabled={last}
          onClick={() => onMove(1)}
        >
          <IconArrowDown size={16} stroke={1.75} aria-hidden />
        </button>
        <button
          type="button"
          aria-label={t('results.remove', { label })}
          disabled={first && last}
          onClick={onRemove}
        >
          <IconTrash size={16} stroke={1.75} aria-hidden />
        </button>
      </div>
    </li>
  )
}
