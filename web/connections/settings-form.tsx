import { Button } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type ReactNode, type RefObject, useState } from 'react'
import type { ConnectionSettingsView } from '../../server/http/shapes.ts'
import { failureSentences } from '../api/failure-note.tsx'
import { ApiFailure } from '../api/request.ts'
import { useLanguage } from '../languages/language.tsx'
import { useFocusAlong } from '../shell/use-focus-along.ts'
import { changeSettings, settingsOf } from './connections-query.ts'

interface Whose {
  connectionId: string
  organization: string | undefined
}

/** The settings as they were when the form was opened, where its focus goes, and its end. */
export interface OpenedSettings {
  loaded: ConnectionSettingsView
  place?: RefObject<HTMLFormElement | null> | undefined
  onDone: (changed: boolean) => void
}

/** A button, and behind it the form for what is set of a connection. */
export function SettingsButton(
  props: Whose & { label: string; form: (opened: OpenedSettings) => ReactNode },
) {
  const { t } = useLanguage()
  const [loaded, setLoaded] = useState<ConnectionSettingsView | undefined>()
  const [saved, setSaved] = useState(false)
  const place = useFocusAlong<HTMLFormElement>(loaded !== undefined)
  const load = useMutation({
    mutationFn: () => settingsOf(props.connectionId, props.organization),
    onSuccess: (settings) => {
      setLoaded(settings)
      setSaved(false)
    },
  })
  if (loaded !== undefined) {
    const onDone = (changed: boolean) => {
      setLoaded(undefined)
      setSaved(changed)
    }
    return props.form({ loaded, place, onDone })
  }
  return (
    <footer ref={place}>
      <Button variant="default" size="xs" loading={load.isPending} onClick={() => load.mutate()}>
        {props.label}
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

export interface SettingsDraft<Draft> {
  before: Draft
  draft: Draft
  change(changed: Partial<Draft>): void
  save(): void
  saving: boolean
  error: unknown
  /** the setting that the server could not take, with where inside it */
  refused: string | undefined
}

/** What is typed into such a form, until it is saved. @param changesOf what differs from what was loaded */
export function useSettingsDraft<Draft>(
  { connectionId, organization, onDone }: Whose & Pick<OpenedSettings, 'onDone'>,
  before: Draft,
  changesOf: (draft: Draft, before: Draft) => Record<string, unknown>,
): SettingsDraft<Draft> {
  const queries = useQueryClient()
  const [draft, setDraft] = useState(before)
  const save = useMutation({
    mutationFn: () => changeSettings(connectionId, changesOf(draft, before), organization),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['connections'] })
      onDone(true)
    },
  })
  return {
    before,
    draft,
    change: (changed) => {
      save.reset()
      setDraft({ ...draft, ...changed })
    },
    save: () => save.mutate(),
    saving: save.isPending,
    error: save.error,
    refused: refusedField(save.error),
  }
}

function refusedField(error: unknown): string | undefined {
  if (!(error instanceof ApiFailure) || error.refusal.code !== 'invalid-input') return undefined
  return error.refusal.field
}

/** @param trouble why it was not saved, where no field says so by itself */
export function SettingsForm(
  props: Omit<OpenedSettings, 'loaded'> & {
    className?: string
    settings: Pick<SettingsDraft<unknown>, 'save' | 'saving'>
    trouble: string | false
    children: ReactNode
  },
) {
  const { t } = useLanguage()
  return (
    <form
      ref={props.place}
      className={props.className ?? 'phone-settings'}
      onSubmit={(event) => {
        event.preventDefault()
        props.settings.save()
      }}
    >
      {props.children}
      {props.trouble !== false && (
        <p role="alert" className="trouble">
          {props.trouble}
        </p>
      )}
      <div className="form-actions">
        <Button type="submit" size="xs" loading={props.settings.saving}>
          {t('action.save')}
        </Button>
        <Button variant="subtle" color="gray" size="xs" onClick={() => props.onDone(false)}>
          {t('action.cancel')}
        </Button>
      </div>
    </form>
  )
}
