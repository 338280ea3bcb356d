import { TextInput } from '@mantine/core'
import type { ConnectionView } from '../../server/http/shapes.ts'
import { failureSentences } from '../api/failure-note.tsx'
import { useLanguage } from '../languages/language.tsx'
import { DialSettings } from './dial-settings.tsx'
import { PhoneDelivery } from './phone-delivery.tsx'
import { changesOf, draftFrom, strandedBy } from './phone-draft.ts'
import { RecordingAccess } from './recording-access.tsx'
import { RecordingWay } from './recording-way.tsx'
import { type OpenedSettings, SettingsButton, SettingsForm, useSettingsDraft } from './settings-form.tsx'

interface Props {
  connection: ConnectionView
  organization: string | undefined
}

/** What an administrator sets for a phone system. */
export function PhoneSettings(props: Props) {
  const { t } = useLanguage()
  return (
    <SettingsButton
      connectionId={props.connection.id}
      organization={props.organization}
      label={t('phone-settings.open')}
      form={(opened) => <PhoneSettingsForm {...props} {...opened} />}
    />
  )
}

function PhoneSettingsForm(props: Props & OpenedSettings) {
  const { t } = useLanguage()
  const { connection, loaded, place, onDone } = props
  const phone = connection.title
  const settings = useSettingsDraft({ ...props, connectionId: connection.id }, draftFrom(loaded), changesOf)
  const { before, draft, change, error, refused } = settings
  const attach = draft.recordings === 'attach'
  const commands = draft.dial.kind === 'command'
  const stranded = strandedBy(draft, before)
  return (
    <SettingsForm
      place={place}
      settings={settings}
      trouble={error !== null && refused === undefined && failureSentences(error, t)}
      onDone={onDone}
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
        ways={connection.recordingWays ?? []}
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
    </SettingsForm>
  )

  function addressWrong(): string | undefined {
    if (refused === 'baseUrl') return t('phone-settings.address.wrong')
    if (draft.address.trim() !== '') return undefined
    if (attach) return t('recording-choice.needs-address')
    return commands ? t('dial-settings.needs-address') : undefined
  }
}
