import { Button, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { FailureNote } from '../api/failure-note.tsx'
import { ApiFailure } from '../api/request.ts'
import { useLanguage } from '../languages/language.tsx'
import { BackLink } from '../shell/back-link.tsx'
import { PageTitle } from '../shell/page-title.tsx'
import { EraseForm } from './erase-form.tsx'
import { ErasureList } from './erasure-list.tsx'
import { Held } from './held.tsx'
import { type Asked, findHeld } from './requests-query.ts'
import './privacy.css'
import './requests.css'

/** For whoever answers people's requests: what is held about somebody, and the way to erase them. */
export function RequestsPage() {
  const { t, language } = useLanguage()
  const [number, setNumber] = useState('')
  const find = useMutation({ mutationFn: (asked: Asked) => findHeld(asked, language) })
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
          <Held held={find.data} asked={find.variables} only={(person) => find.mutate({ person })} />
          <EraseForm
            key={JSON.stringify(find.variables)}
            asked={find.variables}
            erased={() => {
              setNumber('')
              find.reset()
            }}
          />
        </>
      )}
      <ErasureList />
    </div>
  )
}
