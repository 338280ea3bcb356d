import { Radio, TextInput } from '@mantine/core'
import type { ConnectionView } from '../../server/http/shapes.ts'
import { failureSentences } from '../api/failure-note.tsx'
import { useLanguage } from '../languages/language.tsx'
import { askedChanges, askedDraft } from './asked-draft.ts'
import { RecordingWay } from './recording-way.tsx'
import { type OpenedSettings, SettingsButton, SettingsForm, useSettingsDraft } from './settings-form.tsx'

interface Props {
  connection: ConnectionView
  organization: string | undefined
}

/** What an administrator sets for a phone system that has an API. */
export function AskedSettings(props: Props) {
  const { t } = useLanguage()
  const { asked, id } = props.connection
  return (
    <SettingsButton
      connectionId={id}
      organization={props.organization}
      label={t(asked?.access === 'key' ? 'asked-settings.open' : 'asked-settings.open.recordings')}
      form={(opened) => <AskedSettingsForm {...props} {...opened} />}
    />
  )
}

export function AskedSettingsForm(props: Props & OpenedSettings) {
  const { t } = useLanguage()
  const { connection, loaded, place, onDone } = props
  const phone = connection.title
  const settings = useSettingsDraft(
    { ...props, connectionId: connection.id },
    askedDraft(loaded),
    askedChanges,
  )
  const { draft, change, error } = settings
  const wrongKey = settings.refused === 'apiKey'
  const keySet = loaded.secretsSet.includes('apiKey')
  return (
    <SettingsForm
      place={place}
      settings={settings}
      trouble={error !== null && !wrongKey && failureSentences(error, t)}
      onDone={onDone}
    >
      {connection.asked?.access === 'key' && (
        <>
          <TextInput
            label={t('asked-settings.key', { phone })}
            description={t(keySet ? 'asked-settings.key.set' : 'asked-settings.key.text', { phone })}
            type="password"
            autoComplete="off"
            maxLength={2000}
            required={!keySet && draft.delivery === 'subscription'}
            value={draft.apiKey}
            error={wrongKey && t('asked-settings.key.wrong', { phone })}
            onChange={(event) => change({ apiKey: event.currentTarget.value })}
          />
          <Radio.Group
            label={t('asked-settings.delivery', { phone })}
            value={draft.delivery}
            onChange={(value) => change({ delivery: value === 'portal' ? 'portal' : 'subscription' })}
          >
            <div className="choices">
              <Radio
                value="subscription"
                label={t('asked-settings.delivery.subscription')}
                description={t('asked-settings.delivery.subscription.text', { phone })}
              />
              <Radio
                value="portal"
                label={t('asked-settings.delivery.portal')}
                description={t('asked-settings.delivery.portal.text', { phone })}
              />
            </div>
          </Radio.Group>
        </>
      )}
      <RecordingWay
        phone={phone}
        ways={connection.recordingWays ?? []}
        chosen={draft.recordings}
        onChoose={(recordings) => change({ recordings })}
      />
    </SettingsForm>
  )
}
