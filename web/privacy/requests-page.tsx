import { Button, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useRef, useState } from 'react'
import { FailureNote } from '../api/failure-note.tsx'
import { ApiFailure } from '../api/request.ts'
import { useLanguage } from '../languages/language.tsx'
import { BackLink } from '../shell/back-link.tsx'
import { PageTitle } from '../shell/page-title.tsx'
import { CorrectForm } from './correct-form.tsx'
import { CorrectionList } from './correction-list.tsx'
import { EraseForm } from './erase-form.tsx'
import { ErasureList } from './erasure-list.tsx'
import { Held } from './held.tsx'
import { type Asked, findHeld, type HeldPerson } from './requests-query.ts'
import './privacy.css'
import './requests.css'

/** For whoever answers people's requests: what is held about somebody, and the way to erase them. */
export function RequestsPage() {
  const { t, language } = useLanguage()
  const [number, setNumber] = useState('')
  const [correcting, setCorrecting] = useState<HeldPerson>()
  const opener = useRef<HTMLElement>(null)
  const find = useMutation({
    mutationFn: (asked: Asked) => findHeld(asked, language),
    onMutate: () => setCorrecting(undefined),
  })
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (number.trim() !== '') find.mutate({ number: number.trim() })
  }
  const isWrong = find.error instanceof ApiFailure && find.error.refusal.code === 'invalid-input'
  return (
    <div className="page page-narrow">
      <PageTitle page={t('requests.title')} />
      <BackLink to="/privacy">{t('room.privacy')}</BackLink>
      <header className="page-head">
        <h1>{t('requests.title')}</h1>
      </header>
      <p className="quiet">{t('requests.text')}</p>
      <form className="requests-find" onSubmit={submit}>
        <TextInput
          label={t('requests.number')}
          type="tel"
          autoComplete="off"
          maxLength={40}
          value={number}
          error={isWrong ? t('requests.number.wrong') : undefined}
          onChange={(event) => {
            setNumber(event.currentTarget.value)
            find.reset()
          }}
        />
        <Button type="submit" loading={find.isPending}>
          {t('requests.find')}
        </Button>
      </form>
      {find.isError && !isWrong && <FailureNote error={find.error} />}
      {find.isSuccess && (
        <>
          <Held
            held={find.data}
            asked={find.variables}
            only={(person) => find.mutate({ person })}
            correct={(person, button) => {
              opener.current = button
              setCorrecting(person)
            }}
          />
          {correcting === undefined ? (
            <EraseForm
              key={JSON.stringify(find.variables)}
              asked={find.variables}
              erased={() => {
                setNumber('')
                find.reset()
              }}
            />
          ) : (
            <CorrectForm
              key={correcting.externalId}
              person={correcting}
              corrected={() => {
                find.mutate({ person: refOf(correcting) })
                document.getElementById('corrected')?.focus()
              }}
              cancel={() => {
                setCorrecting(undefined)
                opener.current?.focus()
              }}
            />
          )}
        </>
      )}
      <CorrectionList />
      <ErasureList />
    </div>
  )
}

/** By the person: a number that was put right leads to them no more. */
const refOf = ({ connectionId, externalId }: HeldPerson) => ({ connectionId, externalId })
