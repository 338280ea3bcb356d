import { Radio, Switch, TextInput } from '@mantine/core'
import { useLanguage } from '../languages/language.tsx'
import type { PhoneDraft } from './phone-draft.ts'

/** Who connects to whom: the phone system sends to us, or we hold a connection to it. */
export function PhoneDelivery(props: {
  phone: string
  draft: PhoneDraft
  /** a token is there already, and is not shown again */
  tokenSet: boolean
  /** its address leads to another host now */
  anew: boolean
  /** the field that the server refused */
  refused: string | undefined
  onChange: (changed: Partial<PhoneDraft>) => void
}) {
  const { t } = useLanguage()
  const { phone, draft, onChange } = props
  return (
    <>
      <Radio.Group
        label={t('phone-delivery.title')}
        value={draft.delivery}
        onChange={(value) => onChange({ delivery: value === 'websocket' ? 'websocket' : 'webhook' })}
      >
        <div className="choices">
          <Radio
            value="webhook"
            label={t('phone-delivery.webhook', { phone })}
            description={t('phone-delivery.webhook.text', { phone })}
          />
          <Radio
            value="websocket"
            label={t('phone-delivery.websocket', { phone })}
            description={t('phone-delivery.websocket.text', { phone })}
          />
        </div>
      </Radio.Group>
      {draft.delivery === 'websocket' && (
        <>
          <TextInput
            label={t('phone-delivery.address')}
            description={t('phone-delivery.address.text')}
            placeholder="wss://"
            inputMode="url"
            autoComplete="off"
            spellCheck={false}
            maxLength={500}
            required
            value={draft.socketUrl}
            error={props.refused === 'socketUrl' && t('phone-delivery.address.wrong')}
            onChange={(event) => onChange({ socketUrl: event.currentTarget.value })}
          />
          <Switch
            label={t('phone-delivery.asks-token', { phone })}
            checked={draft.socketToken !== null}
            onChange={(event) => onChange({ socketToken: event.currentTarget.checked ? '' : null })}
          />
          {draft.socketToken !== null && (
            <TextInput
              label={t('phone-delivery.token')}
              description={props.tokenSet ? t('phone-delivery.token.set') : undefined}
              type="password"
              autoComplete="off"
              required={props.anew || !props.tokenSet}
              maxLength={2000}
              value={draft.socketToken}
              error={tokenWrong()}
              onChange={(event) => onChange({ socketToken: event.currentTarget.value })}
            />
          )}
        </>
      )}
    </>
  )

  function tokenWrong(): string | undefined {
    if (props.anew && draft.socketToken === '') return t('phone-settings.anew')
    return props.refused === 'socketToken' ? t('phone-access.wrong') : undefined
  }
}
