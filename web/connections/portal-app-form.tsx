import { Button, PasswordInput, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { failureSentences } from '../api/failure-note.tsx'
import { useLanguage } from '../languages/language.tsx'
import { useFocusAlong } from '../shell/use-focus-along.ts'
import { changeSettings } from './connections-query.ts'
import { SettingsForm } from './settings-form.tsx'

interface Props {
  connectionId: string
  crm: string
  organization: string | undefined
}

/** The credentials of an app that an administrator has made in their portal. What is set is never shown again. */
export function PortalAppForm({ connectionId, crm, organization }: Props) {
  const { t } = useLanguage()
  const queries = useQueryClient()
  const [editing, setEditing] = useState(false)
  const [clientId, setClientId] = useState('')
  const [clientSecret, setClientSecret] = useState('')
  const place = useFocusAlong<HTMLFormElement>(editing)
  const save = useMutation({
    mutationFn: () => changeSettings(connectionId, { clientId, clientSecret }, organization),
    onSuccess: async () => {
      setEditing(false)
      setClientSecret('')
      await queries.invalidateQueries({ queryKey: ['connections'] })
    },
  })
  if (!editing)
    return (
      <footer ref={place}>
        <Button variant="default" size="xs" onClick={() => setEditing(true)}>
          {t('portal-app.set')}
        </Button>
        {save.isSuccess && <span role="status">{t('portal-app.saved')}</span>}
      </footer>
    )
  return (
    <SettingsForm
      place={place}
      settings={{ save: () => save.mutate(), saving: save.isPending }}
      trouble={save.isError && failureSentences(save.error, t)}
      onDone={() => setEditing(false)}
    >
      <p className="quiet">{t('portal-app.text', { crm })}</p>
      <TextInput
        label={t('portal-app.client-id')}
        required
        maxLength={200}
        autoComplete="off"
        spellCheck={false}
        value={clientId}
        onChange={(event) => setClientId(event.currentTarget.value)}
      />
      <PasswordInput
        label={t('portal-app.client-secret')}
        required
        maxLength={200}
        autoComplete="off"
        value={clientSecret}
        onChange={(event) => setClientSecret(event.currentTarget.value)}
      />
    </SettingsForm>
  )
}
