import { Button, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import type { DocumentView } from '../../server/http/shapes.ts'
import { FailureNote } from '../api/failure-note.tsx'
import { useLanguage } from '../languages/language.tsx'
import { useSession } from '../session/use-session.ts'
import { approveDocument } from './documents-query.ts'

type Waits = NonNullable<DocumentView['waiting']>

/** A version that nobody has approved: what is different, what approving it does, and the way to answer for it by name. */
export function Waiting({ document, waiting }: { document: DocumentView; waiting: Waits }) {
  const { t } = useLanguage()
  const id = `waiting-${document.document}`
  const { announcedDays: days, changes } = waiting
  return (
    <section className="document-waiting" aria-labelledby={id}>
      <h3 id={id}>{t('documents.waiting', { version: waiting.version })}</h3>
      {document.document === 'policy' && <Effect document={document} days={days} />}
      <p>
        <a href={waiting.read} target="_blank" rel="noreferrer">
          {t('documents.waiting.read')}
        </a>
      </p>
      {changes.length > 0 && (
        <details>
          <summary>{t('documents.changes', { count: changes.length })}</summary>
          <ul className="policy-measures">
            {changes.map((change) => (
              <li key={change}>{change}</li>
            ))}
          </ul>
        </details>
      )}
      <Approve document={document.document} version={waiting.version} />
    </section>
  )
}

function Effect({ document, days }: { document: DocumentView; days: number | undefined }) {
  const { t } = useLanguage()
  if (document.version === undefined) return <p>{t('documents.waiting.first')}</p>
  return (
    <p>
      {days === undefined ? t('documents.waiting.now') : t('documents.waiting.later', { days })}{' '}
      {t('documents.waiting.until')}
    </p>
  )
}

function Approve({ document, version }: { document: DocumentView['document']; version: string }) {
  const { t } = useLanguage()
  const session = useSession()
  const queries = useQueryClient()
  const [name, setName] = useState(session.name)
  const [role, setRole] = useState('')
  const approve = useMutation({
    mutationFn: () => approveDocument(document, { version, name: name.trim(), role: role.trim() }),
    onSettled: async () => {
      await queries.invalidateQueries({ queryKey: ['documents'] })
      await queries.invalidateQueries({ queryKey: ['policy'] })
    },
  })
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    approve.mutate()
  }
  return (
    <form className="document-approve" onSubmit={submit}>
      <TextInput
        label={t('documents.approve.name')}
        autoComplete="name"
        required
        minLength={2}
        maxLength={120}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <TextInput
        label={t('documents.approve.role')}
        autoComplete="organization-title"
        required
        minLength={2}
        maxLength={120}
        value={role}
        onChange={(event) => setRole(event.currentTarget.value)}
      />
      <p className="quiet">
        {t(session.kind === 'operator' ? 'documents.approve.operator' : 'documents.approve.organization')}
      </p>
      {approve.isError && <FailureNote error={approve.error} />}
      <div>
        <Button type="submit" size="xs" loading={approve.isPending}>
          {t('documents.approve')}
        </Button>
      </div>
    </form>
  )
}
