import { Button, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { OrganizationView } from '../../server/http/shapes.ts'
import { FailureNote } from '../api/failure-note.tsx'
import { useLanguage } from '../languages/language.tsx'
import { deleteOrganization, organizationsQuery } from './organizations-query.ts'

/** Cannot be undone, so it asks for the organization's name. */
export function DeleteOrganization({ organization }: { organization: OrganizationView }) {
  const { t } = useLanguage()
  const queries = useQueryClient()
  const navigate = useNavigate()
  const [open, setOpen] = useState(false)
  const [typed, setTyped] = useState('')
  const remove = useMutation({
    mutationFn: () => deleteOrganization(organization.id, typed),
    onSuccess: ({ left }) => (left.length === 0 ? leave() : undefined),
  })
  const leave = async () => {
    await navigate({ to: '/organizations' })
    await queries.invalidateQueries({ queryKey: organizationsQuery.queryKey })
  }
  if (remove.data !== undefined && remove.data.left.length > 0) {
    return (
      <div className="delete-organization" role="alert">
        <h2>{t('organization.deleted', { name: organization.name })}</h2>
        {remove.data.left.map(({ crm, users, hooks }) => (
          <p key={crm}>{t('organization.deleted.left', { crm, users, hooks })}</p>
        ))}
        <div className="form-actions">
          <Button onClick={() => void leave()}>{t('organization.deleted.back')}</Button>
        </div>
      </div>
    )
  }
  if (!open) {
    return (
      <footer className="delete-organization">
        <Button variant="subtle" color="red" onClick={() => setOpen(true)}>
          {t('organization.delete')}
        </Button>
      </footer>
    )
  }
  return (
    <form
      className="delete-organization"
      onSubmit={(event) => {
        event.preventDefault()
        remove.mutate()
      }}
    >
      <h2>{t('organization.delete')}</h2>
      <p>{t('organization.delete.text', { name: organization.name })}</p>
      <TextInput
        label={t('organization.delete.type', { name: organization.name })}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        autoComplete="off"
        autoFocus
      />
      {remove.isError && <FailureNote error={remove.error} />}
      <div className="form-actions">
        <Button type="submit" color="red" disabled={typed !== organization.name} loading={remove.isPending}>
          {t('organization.delete.do')}
        </Button>
        <Button
          variant="subtle"
          color="gray"
          onClick={() => {
            setOpen(false)
            setTyped('')
          }}
        >
          {t('action.cancel')}
        </Button>
      </div>
    </form>
  )
}
