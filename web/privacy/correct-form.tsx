import { Button, Radio, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { FailureNote } from '../api/failure-note.tsx'
import { ApiFailure } from '../api/request.ts'
import { type MessageKey, useLanguage } from '../languages/language.tsx'
import { correctionsQuery, correctPerson, type HeldPerson } from './requests-query.ts'

type AtCrm = 'person' | 'list'
/** `was`: as it stands; an empty `now` takes the number away */
interface NumberField {
  key: number
  was: string | undefined
  now: string
}

/** What is held of a person, to be put right: here at once, and in the CRM by us or by people. Nothing is preset there. */
export function CorrectForm(props: { person: HeldPerson; corrected: () => void; cancel: () => void }) {
  const { t } = useLanguage()
  const queries = useQueryClient()
  const { person } = props
  const [name, setName] = useState(person.name)
  const [numbers, setNumbers] = useState<readonly NumberField[]>(() =>
    person.numbers.map((was, key) => ({ key, was, now: was })),
  )
  const [atCrm, setAtCrm] = useState<AtCrm>()
  const correct = useMutation({
    mutationFn: (choice: AtCrm) => correctPerson(person, { name, numbers, atCrm: choice }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: correctionsQuery.queryKey })
      props.corrected()
    },
  })
  const wrong = wrongField(correct.error)
  const why = refusedWhy(correct.error)
  const change = (at: number, now: string): void => {
    correct.reset()
    setNumbers(numbers.map((one, place) => (place === at ? { ...one, now } : one)))
  }
  return (
    <form
      className="privacy-part correct-form"
      aria-labelledby="correct"
      onSubmit={(event) => {
        event.preventDefault()
        if (atCrm !== undefined) correct.mutate(atCrm)
      }}
    >
      <h2 id="correct">{t('corrections.of', { name: person.name })}</h2>
      <p>{t('corrections.text', { crm: person.crm })}</p>
      <TextInput
        label={t('corrections.name')}
        autoFocus
        autoComplete="off"
        maxLength={255}
        value={name}
        error={wrong === 'name' ? t('corrections.name.wrong') : undefined}
        onChange={(event) => {
          correct.reset()
          setName(event.currentTarget.value)
        }}
      />
      <div className="correct-fields">
        {numbers.map((one, at) => (
          <TextInput
            key={one.key}
            label={
              one.was === undefined
                ? t('corrections.number.new')
                : t('corrections.number', { place: at + 1, count: numbers.length })
            }
            type="tel"
            autoComplete="off"
            maxLength={100}
            value={one.now}
            error={wrong === `numbers.${at}` ? t('requests.number.wrong') : undefined}
            onChange={(event) => change(at, event.currentTarget.value)}
          />
        ))}
      </div>
      <p className="quiet">{t('corrections.number.empty')}</p>
      <div>
        <Button
          variant="default"
          size="xs"
          onClick={() => setNumbers([...numbers, { key: numbers.length, was: undefined, now: '' }])}
        >
          {t('corrections.number.add')}
        </Button>
      </div>
      <Radio.Group
        label={t('requests.crm', { crm: person.crm })}
        value={atCrm ?? null}
        onChange={(value) => setAtCrm(value === 'person' ? 'person' : 'list')}
      >
        <div className="erase-choices">
          {person.corrects && <Radio value="person" label={t('corrections.crm.person')} />}
          <Radio value="list" label={t('corrections.crm.list')} />
        </div>
      </Radio.Group>
      {why !== undefined && (
        <p className="note note-trouble" role="alert">
          {t(why)}
        </p>
      )}
      {correct.isError && wrong === undefined && why === undefined && <FailureNote error={correct.error} />}
      <div className="form-actions">
        <Button type="submit" disabled={atCrm === undefined} loading={correct.isPending}>
          {t('corrections.do')}
        </Button>
        <Button variant="subtle" color="gray" onClick={props.cancel}>
          {t('action.cancel')}
        </Button>
      </div>
    </form>
  )
}

/** Which field the server refused. */
function wrongField(error: unknown): string | undefined {
  const refusal = error instanceof ApiFailure ? error.refusal : undefined
  return refusal?.code === 'invalid-input' ? refusal.field : undefined
}

/** Refusals with words of their own. */
function refusedWhy(error: unknown): MessageKey | undefined {
  const refusal = error instanceof ApiFailure ? error.refusal : undefined
  if (refusal?.code === 'undeclared') return 'corrections.not-yet'
  if (refusal?.code === 'conflict' && refusal.what === 'correction') return 'corrections.under-way'
  return wrongField(error) === 'changes' ? 'corrections.nothing' : undefined
}
