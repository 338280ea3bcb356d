import { TextInput } from '@mantine/core'
import type { ConnectionView } from '../../server/http/shapes.ts'
import { failureSentences } from '../api/failure-note.tsx'
import { useLanguage } from '../languages/language.tsx'
import { DialSettings } from './dial-settings.tsx'
import { genericChanges, genericDraft } from './generic-draft.ts'
import { GenericPlaces, GenericProof, GenericWords } from './generic-parts.tsx'
import { movedFrom } from './phone-draft.ts'
import { type OpenedSettings, SettingsButton, SettingsForm, useSettingsDraft } from './settings-form.tsx'

interface Props {
  connection: Pick<ConnectionView, 'id' | 'title'>
  organization: string | undefined
}

/** What an administrator says of a phone system of which we know nothing. */
export function GenericSettings(props: Props) {
  const { t } = useLanguage()
  return (
    <SettingsButton
      connectionId={props.connection.id}
      organization={props.organization}
      label={t('generic.open')}
      form={(opened) => <GenericSettingsForm {...props} {...opened} />}
    />
  )
}

export function GenericSettingsForm(props: Props & OpenedSettings) {
  const { t } = useLanguage()
  const { connection, loaded, place, onDone } = props
  const settings = useSettingsDraft(
    { ...props, connectionId: connection.id },
    genericDraft(loaded),
    genericChanges,
  )
  const { before, draft, change, error, refused } = settings
  const part = { draft, refused, onChange: change }
  return (
    <SettingsForm
      place={place}
      className="phone-settings generic-settings"
      settings={settings}
      trouble={
        error !== null && (refused === undefined ? failureSentences(error, t) : t('generic.not-taken'))
      }
      onDone={onDone}
    >
      <GenericProof {...part} secretSet={before.ownSecret !== null} />
      <GenericPlaces {...part} />
      <GenericWords {...part} />
      <DialSettings
        phone={connection.title}
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
    </SettingsForm>
  )
}
