import { NativeSelect, TextInput } from '@mantine/core'
import { type MessageKey, useLanguage } from '../languages/language.tsx'
import type { AccessDraft } from './phone-draft.ts'

const kinds: readonly [AccessDraft['kind'], MessageKey][] = [
  ['none', 'phone-access.none'],
  ['bearer', 'phone-access.bearer'],
  ['basic', 'phone-access.basic'],
  ['header', 'phone-access.header'],
]

/** How a download proves who asks. What was set before is kept and never shown. */
export function RecordingAccess(props: {
  phone: string
  access: AccessDraft
  /** credentials are there already */
  set: boolean
  /** their address leads to another host now */
  anew: boolean
  /** the server refused what was typed */
  wrong: boolean
  onAccess: (access: AccessDraft) => void
}) {
  const { t } = useLanguage()
  const { access, onAccess } = props
  const field = (name: Exclude<keyof AccessDraft, 'kind'>, label: MessageKey, secret = false) => (
    <TextInput
      label={t(label)}
      type={secret ? 'password' : 'text'}
      autoComplete="off"
      required={name !== 'password'}
      maxLength={2000}
      value={access[name]}
      error={props.wrong && t('phone-access.wrong')}
      onChange={(event) => onAccess({ ...access, [name]: event.currentTarget.value })}
    />
  )
  return (
    <>
      <NativeSelect
        label={t('phone-access.title', { phone: props.phone })}
        value={access.kind}
        error={access.kind === 'as set' && props.anew && t('phone-settings.anew')}
        data={[
          ...(props.set ? [{ value: 'as set', label: t('phone-access.as-set') }] : []),
          ...kinds.map(([value, key]) => ({ value, label: t(key) })),
        ]}
        onChange={(event) => {
          const kind = [...kinds.map(([known]) => known), 'as set' as const].find(
            (known) => known === event.currentTarget.value,
          )
          if (kind !== undefined) onAccess({ ...access, kind })
        }}
      />
      {access.kind === 'bearer' && field('token', 'phone-access.token', true)}
      {access.kind === 'basic' && (
        <>
          {field('user', 'phone-access.user')}
          {field('password', 'phone-access.password', true)}
        </>
      )}
      {access.kind === 'header' && (
        <>
          {field('name', 'phone-access.header-name')}
          {field('value', 'phone-access.header-value', true)}
        </>
      )}
    </>
  )
}
