import { Button, MultiSelect } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type RefObject, useState } from 'react'
import type { ConnectionView, TelephonesView } from '../../server/http/shapes.ts'
import { FailureNote, failureSentences } from '../api/failure-note.tsx'
import { useLanguage } from '../languages/language.tsx'
import { useFocusAlong } from '../shell/use-focus-along.ts'
import { readTelephones, setLine, telephonesQuery } from './telephones-query.ts'

/** Whose telephone is which, and who is rung by each line: a button, and behind it the lists. */
export function Telephones({ connection }: { connection: ConnectionView }) {
  const { t } = useLanguage()
  const [open, setOpen] = useState(false)
  const place = useFocusAlong<HTMLElement>(open)
  if (!open)
    return (
      <footer ref={place}>
        <Button variant="default" size="xs" onClick={() => setOpen(true)}>
          {t('telephones.open')}
        </Button>
      </footer>
    )
  return <Lists connection={connection} place={place} onClose={() => setOpen(false)} />
}

function Lists(props: {
  connection: ConnectionView
  place: RefObject<HTMLElement | null>
  onClose: () => void
}) {
  const { t } = useLanguage()
  const { id, title } = props.connection
  const queries = useQueryClient()
  const shown = useQuery(telephonesQuery(id))
  const anew = useMutation({
    mutationFn: () => readTelephones(id),
    onSettled: () => queries.invalidateQueries({ queryKey: telephonesQuery(id).queryKey }),
  })
  return (
    <section ref={props.place} className="telephones" aria-label={t('telephones.open')}>
      {shown.isPending && <p role="status">{t('telephones.loading', { phone: title })}</p>}
      {shown.isError && <FailureNote error={shown.error} retry={() => void shown.refetch()} />}
      {shown.isSuccess && (
        <>
          {shown.data.problem !== undefined && (
            <p role="alert" className="trouble">
              {t(`telephones.problem.${shown.data.problem}`, { phone: title })}
            </p>
          )}
          {shown.data.access === 'key' ? (
            <Listed view={shown.data} phone={title} />
          ) : (
            <Granted view={shown.data} />
          )}
          {shown.data.access === 'key' && <Lines id={id} view={shown.data} />}
        </>
      )}
      {anew.isError && (
        <p role="alert" className="trouble">
          {failureSentences(anew.error, t)}
        </p>
      )}
      <div className="form-actions">
        <Button variant="default" size="xs" loading={anew.isPending} onClick={() => anew.mutate()}>
          {t('telephones.read', { phone: title })}
        </Button>
        <Button variant="subtle" color="gray" size="xs" onClick={props.onClose}>
          {t('action.close')}
        </Button>
      </div>
    </section>
  )
}

/** All telephones there are, and whose each is. */
function Listed({ view, phone }: { view: TelephonesView; phone: string }) {
  const { t } = useLanguage()
  const nameOf = (userId: string | undefined): string | undefined =>
    view.users.find(({ id }) => id === userId)?.name
  return (
    <>
      <h3>{t('telephones.people')}</h3>
      <p className="quiet">{t('telephones.people.text', { phone })}</p>
      <ul className="telephone-list">
        {view.telephones?.map(({ name, extension, userId }) => (
          <li key={`${extension} ${name}`}>
            <span className="figures">{extension.startsWith('*') ? '–' : extension}</span>
            <span>{name}</span>
            <span className={userId === undefined ? 'quiet' : undefined}>
              {nameOf(userId) ?? t('telephones.nobody')}
            </span>
          </li>
        ))}
      </ul>
    </>
  )
}

/** Everybody's own telephone, and whether it is connected. */
function Granted({ view }: { view: TelephonesView }) {
  const { t, formats } = useLanguage()
  return (
    <>
      <h3>{t('telephones.people')}</h3>
      <p className="quiet">{t('telephones.granted.text')}</p>
      <ul className="telephone-list">
        {view.users.map(({ id, name, extension, state, told, endsAt }) => (
          <li key={id}>
            <span className="figures">{extension?.startsWith('*') === false ? extension : '–'}</span>
            <span>{name}</span>
            <span className={state === 'refused' ? 'trouble' : state === 'connected' ? undefined : 'quiet'}>
              {endsAt === undefined
                ? t(`telephones.state.${state === 'connected' && told !== 'subscribed' ? 'not-told' : state}`)
                : t('telephones.state.ends', { date: formats.day(endsAt) })}
            </span>
          </li>
        ))}
      </ul>
    </>
  )
}

function Lines({ id, view }: { id: string; view: TelephonesView }) {
  const { t } = useLanguage()
  if (view.lines.length === 0) return null
  return (
    <>
      <h3>{t('telephones.lines')}</h3>
      <p className="quiet">{t('telephones.lines.text')}</p>
      <ul className="telephone-lines">
        {view.lines.map((line) => (
          <li key={line.number}>
            <Line id={id} line={line} users={view.users} />
          </li>
        ))}
      </ul>
    </>
  )
}

/** Whom one line rings. Nobody chosen: everybody. */
function Line(props: { id: string; line: TelephonesView['lines'][number]; users: TelephonesView['users'] }) {
  const { t } = useLanguage()
  const { id, line, users } = props
  const queries = useQueryClient()
  const [chosen, setChosen] = useState<string[]>(line.users ?? [])
  const save = useMutation({
    mutationFn: (ids: string[]) => setLine(id, line.number, ids.length === 0 ? null : ids),
    onSuccess: () => queries.invalidateQueries({ queryKey: telephonesQuery(id).queryKey }),
  })
  return (
    <MultiSelect
      label={<span className="figures">{line.shown}</span>}
      placeholder={chosen.length === 0 ? t('telephones.lines.everybody') : ''}
      data={users.map(({ id: value, name }) => ({ value, label: name }))}
      value={chosen}
      clearable
      error={save.isError ? failureSentences(save.error, t) : undefined}
      onChange={(ids) => {
        setChosen(ids)
        save.mutate(ids)
      }}
    />
  )
}
