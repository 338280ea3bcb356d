import { Button, Radio, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type RefObject, useState } from 'react'
import type { ConnectionSettingsView, ConnectionView } from '../../server/http/shapes.ts'
import { failureSentences } from '../api/failure-note.tsx'
import { ApiFailure } from '../api/request.ts'
import { useLanguage } from '../languages/language.tsx'
import { useFocusAlong } from '../shell/use-focus-along.ts'
import { type AskedDraft, askedChanges, askedDraft } from './asked-draft.ts'
import { changeSettings, settingsOf } from './connections-query.ts'
import { RecordingWay } from './recording-way.tsx'

interface Props {
  connection: ConnectionView
  organization: string | undefined
}

/** What an administrator sets for a phone system that has an API: a button, and behind it the form. */
export function AskedSettings({ connection, organization }: Props) {
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
      <AskedSettingsForm
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
        {t(connection.asked?.access === 'key' ? 'asked-settings.open' : 'asked-settings.open.recordings')}
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

export function AskedSettingsForm(
  props: Props & {
    loaded: ConnectionSettingsView
    place?: RefObject<HTMLFormElement | null>
    onDone: (changed: boolean) => void
  },
) {
  const { t } = useLanguage()
  const queries = useQueryClient()
  const { connection, loaded } = props
  const phone = connection.title
  const before = askedDraft(loaded)
  const [draft, setDraft] = useState<AskedDraft>(before)
  const save = useMutation({
    mutationFn: () => changeSettings(connection.id, askedChanges(draft, before), props.organization),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['connections'] })
      props.onDone(true)
    },
  })
  const change = (changed: Partial<AskedDraft>): void => {
    save.reset()
    setDraft({ ...draft, ...changed })
  }
  const wrongKey =
    save.error instanceof ApiFailure &&
    save.error.refusal.code === 'invalid-input' &&
    save.error.refusal.field === 'apiKey'
  const keySet = loaded.secretsSet.includes('apiKey')
  return (
    <form
      ref={props.place}
      className="phone-settings"
      onSubmit={(event) => {
        event.preventDefault()
        save.mutate()
      }}
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
      {save.isError && !wrongKey && (
        <span role="alert" className="trouble">
          {failureSentences(save.error, t)}
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
