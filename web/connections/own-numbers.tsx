import { Button, TagsInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { ConnectionView } from '../../server/http/shapes.ts'
import { failureSentences } from '../api/failure-note.tsx'
import { useLanguage } from '../languages/language.tsx'
import { useFocusAlong } from '../shell/use-focus-along.ts'
import { setOwnNumbers, settingsOf } from './connections-query.ts'
import { SettingsForm } from './settings-form.tsx'

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
    <SettingsForm
      place={place}
      className="own-numbers"
      settings={{ save: () => save.mutate(), saving: save.isPending }}
      trouble={save.isError && failureSentences(save.error, t)}
      onDone={() => setEditing(false)}
    >
      <NumbersField numbers={numbers} onNumbers={setNumbers} />
    </SettingsForm>
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
