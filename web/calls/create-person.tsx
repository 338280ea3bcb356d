import { Button, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import type { CallView, NewPersonView } from '../../server/http/shapes.ts'
import { failureSentences } from '../api/failure-note.tsx'
import { request } from '../api/request.ts'
import type { Formats } from '../languages/formats.ts'
import { type Translate, useLanguage } from '../languages/language.tsx'
import './note.css'
import { crmName, notWrittenKey } from './words.ts'

/** Enters a caller nobody knows into the CRM: one field is enough. */
export function CreatePerson({ call }: { call: CallView }) {
  const { t, formats } = useLanguage()
  const { newPerson, matches, remote } = call
  const told = useRef<HTMLParagraphElement>(null)
  const sent = useRef(false)
  const isSent = newPerson !== undefined && newPerson.state !== 'failed'
  useEffect(() => {
    // The field that had the focus gave way to these words.
    if (isSent && sent.current && document.activeElement === document.body) told.current?.focus()
    if (isSent) sent.current = false
  }, [isSent])
  const isNumber = remote.kind === 'e164' && call.direction !== 'internal'
  if (newPerson === undefined || newPerson.state === 'failed') {
    if (!isNumber || matches.length > 0) return null
    return (
      <section className="card-part">
        <h3>{t('person.title')}</h3>
        <Form
          call={call}
          onSent={() => {
            sent.current = true
          }}
        />
      </section>
    )
  }
  if (newPerson.state === 'made' && matches.length === 0) return null // told in a moment, or gone from there since
  return (
    <section className="card-part">
      <h3>{t('person.title')}</h3>
      <p ref={told} className="quiet" role="status" tabIndex={-1}>
        {stateWords(newPerson, t, formats)}
      </p>
    </section>
  )
}

function Form({ call, onSent }: { call: CallView; onSent: () => void }) {
  const { t } = useLanguage()
  const queries = useQueryClient()
  const [name, setName] = useState('')
  const create = useMutation({
    mutationFn: () =>
      request<CallView>('POST', `/calls/${encodeURIComponent(call.id)}/person`, { body: { name } }),
    onSettled: () => queries.invalidateQueries({ queryKey: ['calls'] }),
  })
  const refused = call.newPerson?.state === 'failed' && !create.isPending
  return (
    <form
      className="create-person"
      onSubmit={(event) => {
        event.preventDefault()
        if (name.trim() === '') return
        onSent()
        create.mutate()
      }}
    >
      <TextInput
        aria-label={t('person.name')}
        placeholder={t('person.name')}
        autoComplete="off"
        maxLength={200}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Button type="submit" variant="default" loading={create.isPending} disabled={name.trim() === ''}>
        {t('person.create', { crm: crmName })}
      </Button>
      {create.isError && (
        <p role="alert" className="trouble">
          {failureSentences(create.error, t)}
        </p>
      )}
      {refused && (
        <p role="alert" className="trouble">
          {t('person.failed', { crm: crmName })}
        </p>
      )}
    </form>
  )
}

/** How far it is, and with whose access to the CRM. */
function stateWords(person: NewPersonView, t: Translate, formats: Formats): string {
  const { state, own, as, nextAt } = person
  const key = notWrittenKey(person)
  if (state === 'waiting') {
    const reason = key === undefined ? '' : t(key, { crm: crmName })
    const next = nextAt === undefined ? '' : t('person.next', { at: formats.time(nextAt) })
    return [t('person.waiting', { crm: crmName }), reason, next].filter(Boolean).join(' ')
  }
  const done = t(state === 'made' ? 'person.made' : 'person.making', { crm: crmName })
  return own || as === undefined ? done : `${done} ${t('person.as', { name: as, crm: crmName })}`
}
