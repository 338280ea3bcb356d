import { NativeSelect, Textarea, TextInput } from '@mantine/core'
import { useLanguage } from '../languages/language.tsx'
import type { DialDraft } from './dial-draft.ts'

const methods: readonly DialDraft['method'][] = ['POST', 'GET', 'PUT']
const placeholders = { extension: '{{extension}}', number: '{{number}}' }
/** Parts of the command that the server may refuse, each told where it stands. */
const parts = ['path', 'headers', 'body', 'placeholders'] as const
type Part = (typeof parts)[number]

/** What happens when somebody presses Call: a tel: link, or a command as the maker of the phone system told it. */
export function DialSettings(props: {
  phone: string
  draft: DialDraft
  /** a command is there already */
  set: boolean
  /** its address leads to another host now */
  anew: boolean
  /** the field that the server could not take: `dial.path` */
  refused: string | undefined
  onDraft: (draft: DialDraft) => void
}) {
  const { t } = useLanguage()
  const { draft, refused, onDraft } = props
  const kinds: { value: DialDraft['kind']; label: string }[] = [
    ...(props.set ? [{ value: 'as set' as const, label: t('dial-settings.as-set') }] : []),
    { value: 'off', label: t('dial-settings.off') },
    { value: 'command', label: t('dial-settings.command', { phone: props.phone }) },
  ]
  const wrong = parts.find((part) => refused?.startsWith(`dial.${part}`))
  return (
    <>
      <NativeSelect
        label={t('dial-settings.title')}
        value={draft.kind}
        data={kinds}
        error={selectWrong()}
        onChange={(event) => {
          const chosen = kinds.find(({ value }) => value === event.currentTarget.value)
          if (chosen !== undefined) onDraft({ ...draft, kind: chosen.value })
        }}
      />
      {draft.kind === 'command' && (
        <Command phone={props.phone} draft={draft} wrong={wrong} onDraft={onDraft} />
      )}
    </>
  )

  function selectWrong(): string | undefined {
    if (draft.kind === 'as set' && props.anew) return t('phone-settings.anew')
    return refused?.startsWith('dial') === true && wrong === undefined ? t('dial-settings.wrong') : undefined
  }
}

function Command(props: {
  phone: string
  draft: DialDraft
  wrong: Part | undefined
  onDraft: (draft: DialDraft) => void
}) {
  const { t } = useLanguage()
  const { draft, wrong, onDraft } = props
  const field = (name: 'path' | 'headers' | 'body' | 'field' | 'equals') => ({
    value: draft[name],
    autoComplete: 'off',
    spellCheck: false,
    onChange: (event: { currentTarget: { value: string } }) =>
      onDraft({ ...draft, [name]: event.currentTarget.value }),
  })
  return (
    <>
      <p className="quiet">{t('dial-settings.text', { ...placeholders, phone: props.phone })}</p>
      {wrong === 'placeholders' && (
        <p role="alert" className="trouble">
          {t('dial-settings.placeholders.wrong', placeholders)}
        </p>
      )}
      <NativeSelect
        label={t('dial-settings.method')}
        value={draft.method}
        data={[...methods]}
        onChange={(event) => {
          const method = methods.find((known) => known === event.currentTarget.value)
          if (method !== undefined) onDraft({ ...draft, method })
        }}
      />
      <TextInput
        {...field('path')}
        label={t('dial-settings.path')}
        description={t('dial-settings.path.text')}
        placeholder="/"
        required
        maxLength={1000}
        error={wrong === 'path' && t('dial-settings.path.wrong')}
      />
      <Textarea
        {...field('headers')}
        label={t('dial-settings.headers')}
        description={t('dial-settings.headers.text')}
        rows={2}
        error={wrong === 'headers' && t('dial-settings.headers.wrong')}
      />
      {draft.method !== 'GET' && (
        <Textarea
          {...field('body')}
          label={t('dial-settings.body')}
          rows={5}
          maxLength={4000}
          error={wrong === 'body' && t('dial-settings.body.wrong')}
        />
      )}
      <TextInput
        {...field('field')}
        label={t('dial-settings.field')}
        description={t('dial-settings.field.text')}
        maxLength={200}
      />
      {draft.field.trim() !== '' && (
        <TextInput {...field('equals')} label={t('dial-settings.equals')} maxLength={200} />
      )}
    </>
  )
}
