import { Button, TagsInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { ConnectionView } from '../../server/http/shapes.ts'
import { failureSentences } from '../api/failure-note.tsx'
import { useLanguage } from '../languages/language.tsx'
import { useFocusAlong } from '../shell/use-focus-along.ts'
import { setOwnNumbers, settingsOf } from './connections-query.ts'

/** The organization's own lines at this phone system. */
export function OwnNumbers(props: { connection: ConnectionView; organization: string | undefined }) {
  const { t } = useLanguage()
  const queries = useQueryClient()
  const [editing, setEditing] = useState(false)
  const [numbers, setNumbers] = useState<string[]>([])
  const place = useFocusAlong<HTMLFormElement>(editing)
  const load = useMutation({
    mutationFn: () => settingsOf(props.connection.id, props.organization),
    onSuccess: ({ ownNumbers }) => {
      setNumbers(ownNumbers)
      setEditing(true)
    },
  })
  const save = useMutation({
    mutationFn: () => setOwnNumbers(props.connection.id, numbers, props.organization),
    onSuccess: async () => {
      setEditing(false)
      await queries.invalidateQueries({ queryKey: ['connections'] })
    },
  })
  if (!editing) {
    return (
      <footer ref={place}>
        <Button variant="default" size="xs" loading={load.isPending} onClick={() => load.mutate()}>
          {t('own-numbers.set')}
        </Button>
        {load.isError && (
          <span role="alert" className="trouble">
            {failureSentences(load.error, t)}
          </span>
        )}
        {save.isSuccess && <span role="status">{t('own-numbers.saved', { count: numbers.length })}</span>}
      </footer>
    )
  }
  return (
    <form
      ref={place}
      className="own-numbers"
      onSubmit={(event) => {
        event.preventDefault()
        save.mutate()
      }}
    >
      <NumbersField numbers={numbers} onNumbers={setNumbers} />
      {save.isError && (
        <p role="alert" className="trouble">
          {failureSentences(save.error, t)}
        </p>
      )}
      <div className="form-actions">
        <Button type="submit" size="xs" loading={save.isPending}>
          {t('action.save')}
        </Button>
        <Button variant="subtle" color="gray" size="xs" onClick={() => setEditing(false)}>
          {t('action.cancel')}
        </Button>
      </div>
    </form>
  )
}

/** A list of telephone numbers, typed or pasted. */
export function NumbersField({
  numbers,
  onNumbers,
}: {
  numbers: string[]
  onNumbers: (numbers: string[]) => void
}) {
  const { t } = useLanguage()
  return (
    <TagsInput
      label={t('own-numbers.label')}
      description={t('own-numbers.text')}
      placeholder={numbers.length === 0 ? '+420 222 333 444' : ''}
      value={numbers}
      onChange={onNumbers}
      splitChars={[',', ';', '\n']}
      acceptValueOnBlur
      comboboxProps={{ disabled: true }}
    />
  )
}
