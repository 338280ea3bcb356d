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
import { PhoneDelivery } from './phone-delivery.tsx'
import { changesOf, draftFrom, type PhoneDraft, strandedBy } from './phone-draft.ts'
import { RecordingAccess } from './recording-access.tsx'
import { RecordingWay } from './recording-way.tsx'

interface Props {
  connection: ConnectionView
  organization: string | undefined
}

/** What an administrator sets for a phone system: a button, and behind it the form. */
export function PhoneSettings({ connection, organization }: Props) {
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
  if (loaded !== undefined) {
    return (
      <PhoneSettingsForm
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
  }
  return (
    <footer ref={place}>
      <Button variant="default" size="xs" loading={load.isPending} onClick={() => load.mutate()}>
        {t('phone-settings.open')}
      </Button>
      {load.isError && <Failure error={load.error} />}
      {saved && <span role="status">{t('phone-settings.saved')}</span>}
    </footer>
  )
}

function PhoneSettingsForm(
  props: Props & {
    loaded: ConnectionSettingsView
    place: RefObject<HTMLFormElement | null>
    onDone: (changed: boolean) => void
  },
) {
  const { t } = useLanguage()
  const queries = useQueryClient()
  const phone = props.connection.title
  const before = draftFrom(props.loaded)
  const [draft, setDraft] = useState<PhoneDraft>(before)
  const save = useMutation({
    mutationFn: () => changeSettings(props.connection.id, changesOf(draft, before), props.organization),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['connections'] })
      props.onDone(true)
    },
  })
  const change = (changed: Partial<PhoneDraft>): void => {
    save.reset()
    setDraft({ ...draft, ...changed })
  }
  const refused = refusedField(save.error)
  const attach = draft.recordings === 'attach'
  const commands = draft.dial.kind === 'command'
  const stranded = strandedBy(draft, before)
  return (
    <form
      ref={props.place}
      className="phone-settings"
      onSubmit={(event) => {
        event.preventDefault()
        save.mutate()
      }}
    >
      <PhoneDelivery
        phone={phone}
        draft={draft}
        tokenSet={before.socketToken !== null}
        anew={stranded.has('socketToken')}
        refused={refused}
        onChange={change}
      />
      <TextInput
        label={t('phone-settings.address', { phone })}
        description={t('phone-settings.address.text')}
        placeholder="https://"
        inputMode="url"
        autoComplete="off"
        spellCheck={false}
        maxLength={300}
        required={attach || commands}
        value={draft.address}
        error={addressWrong()}
        onChange={(event) => change({ address: event.currentTarget.value })}
      />
      <RecordingWay
        phone={phone}
        ways={props.connection.recordingWays ?? []}
        chosen={draft.recordings}
        onChoose={(recordings) => change({ recordings })}
      />
      {(attach || stranded.has('recordingAccess')) && (
        <RecordingAccess
          phone={phone}
          access={draft.access}
          set={before.access.kind === 'as set'}
          anew={stranded.has('recordingAccess')}
          wrong={refused?.startsWith('recordingAccess') === true}
          onAccess={(access) => change({ access })}
        />
      )}
      <DialSettings
        phone={phone}
        draft={draft.dial}
        set={before.dial.kind === 'as set'}
        anew={stranded.has('dial')}
        refused={refused}
        onDraft={(dial) => change({ dial })}
      />
      {save.isError && refused === undefined && <Failure error={save.error} />}
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

  function addressWrong(): string | undefined {
    if (refused === 'baseUrl') return t('phone-settings.address.wrong')
    if (draft.address.trim() !== '') return undefined
    if (attach) return t('recording-choice.needs-address')
    return commands ? t('dial-settings.needs-address') : undefined
  }
}

function Failure({ error }: { error: unknown }) {
  const { t } = useLanguage()
  return (
    <span role="alert" className="trouble">
      {failureSentences(error, t)}
    </span>
  )
}

/** The setting that the server could not take, with where inside it. */
function refusedField(error: unknown): string | undefined {
  if (!(error instanceof ApiFailure) || error.refusal.code !== 'invalid-input') return undefined
  return error.refusal.field
}
