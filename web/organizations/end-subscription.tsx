import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useLanguage } from '../languages/language.tsx'

/** Cannot be undone, so it asks for the organization's name. */
export function EndSubscription(given: {
  name: string
  pending: boolean
  onEnd: (name: string) => void
  onCancel: () => void
}) {
  const { t } = useLanguage()
  const { name } = given
  const [typed, setTyped] = useState('')
  return (
    <form
      className="subscription-form"
      onSubmit={(event) => {
        event.preventDefault()
        given.onEnd(typed)
      }}
    >
      <p>{t('organization.subscription.end.text', { name })}</p>
      <TextInput
        label={t('organization.delete.type', { name })}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        autoComplete="off"
        autoFocus
      />
      <div className="form-actions">
        <Button type="submit" color="red" disabled={typed !== name} loading={given.pending}>
          {t('organization.subscription.end.do')}
        </Button>
        <Button variant="subtle" color="gray" onClick={given.onCancel}>
          {t('action.cancel')}
        </Button>
      </div>
    </form>
  )
}
