import { Button, PasswordInput, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { failureSentences } from '../api/failure-note.tsx'
import { useLanguage } from '../languages/language.tsx'
import { useFocusAlong } from '../shell/use-focus-along.ts'
import { changeSettings } from './connections-query.ts'

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
    <form
      ref={place}
      className="phone-settings"
      onSubmit={(event) => {
        event.preventDefault()
        save.mutate()
      }}
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
