import { Button, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type RefObject, useState } from 'react'
import type { ConnectionSettingsView, ConnectionView } from '../../server/http/shapes.ts'
import { failureSentences } from '../api/failure-note.tsx'
import { ApiFailure } from '../api/request.ts'
import { useLanguage } from '../languages/language.tsx'
import { useFocusAlong } from '../shell/use-focus-along.ts'
import { changeSettings, settingsOf } from './connections-query.ts'
import { DialSettings } from './dial-settings.tsx'
import { type GenericDraft, genericChanges, genericDraft } from './generic-draft.ts'
import { GenericPlaces, GenericProof, GenericWords } from './generic-parts.tsx'
import { movedFrom } from './phone-draft.ts'

interface Props {
  connection: Pick<ConnectionView, 'id' | 'title'>
  organization: string | undefined
}

/** What an administrator says of a phone system of which we know nothing: a button, and behind it the form. */
export function GenericSettings({ connection, organization }: Props) {
  const { t } = useLanguage()
  const [loaded, setLoaded] = useState<ConnectionSettingsView | undefined>()
  const [saved, setSaved] = useState(false)
  const place = useFocusAlong<HTMLFormElement>(loaded !== undefined)
  const load = useMutation({
    mutationFn: () => settingsOf(connection.id, organization),
    onSuccess: (settings) => {
      setLoaded(settings)
      setSaved(false)
    },
  })
  if (loaded !== undefined)
    return (
      <GenericSettingsForm
        connection={connection}
        organization={organization}
        loaded={loaded}
        place={place}
        onDone={(changed) => {
          setLoaded(undefined)
          setSaved(changed)
        }}
      />
    )
  return (
    <footer ref={place}>
      <Button variant="default" size="xs" loading={load.isPending} onClick={() => load.mutate()}>
        {t('generic.open')}
      </Button>
      {load.isError && (
        <span role="alert" className="trouble">
          {failureSentences(load.error, t)}
        </span>
      )}
      {saved && <span role="status">{t('phone-settings.saved')}</span>}
    </footer>
  )
}

export function GenericSettingsForm(
  props: Props & {
    loaded: ConnectionSettingsView
    place?: RefObject<HTMLFormElement | null>
    onDone: (changed: boolean) => void
  },
) {
  const { t } = useLanguage()
  const queries = useQueryClient()
  const before = genericDraft(props.loaded)
  const [draft, setDraft] = useState<GenericDraft>(before)
  const save = useMutation({
    mutationFn: () => changeSettings(props.connection.id, genericChanges(draft, before), props.organization),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['connections'] })
      props.onDone(true)
    },
  })
  const change = (changed: Partial<GenericDraft>): void => {
    save.reset()
    setDraft({ ...draft, ...changed })
  }
  const refused =
    save.error instanceof ApiFailure && save.error.refusal.code === 'invalid-input'
      ? save.error.refusal.field
      : undefined
  const part = { draft, refused, onChange: change }
  return (
    <form
      ref={props.place}
      className="phone-settings generic-settings"
      onSubmit={(event) => {
        event.preventDefault()
        save.mutate()
      }}
    >
      <GenericProof {...part} secretSet={before.ownSecret !== null} />
      <GenericPlaces {...part} />
      <GenericWords {...part} />
      <DialSettings
        phone={props.connection.title}
        draft={draft.dial}
        set={before.dial.kind === 'as set'}
        anew={before.dial.kind === 'as set' && movedFrom(before.address, draft.address)}
        refused={refused}
        onDraft={(dial) => change({ dial })}
      />
      {draft.dial.kind !== 'off' && (
        <TextInput
          label={t('generic.address')}
          description={t('generic.address.text')}
          placeholder="https://"
          inputMode="url"
          autoComplete="off"
          spellCheck={false}
          maxLength={300}
          required={draft.dial.kind === 'command'}
          value={draft.address}
          error={refused === 'baseUrl' && t('phone-settings.address.wrong')}
          onChange={(event) => change({ address: event.currentTarget.value })}
        />
      )}
      {save.isError && (
        <span role="alert" className="trouble">
          {refused === undefined ? failureSentences(save.error, t) : t('generic.not-taken')}
        </span>
      )}
      <div className="form-actions">
        <Button type="submit" size="xs" loading={save.isPending}>
          {t('action.save')}
        </Button>
        <Button variant="subtle" color="gray" size="xs" onClick={() => props.onDone(false)}>
          {t('action.cancel')}
        </Button>
      </div>
    </form>
  )
}
