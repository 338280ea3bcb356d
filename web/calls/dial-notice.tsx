import { ActionIcon } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useLanguage } from '../languages/language.tsx'
import './dial.css'
import { dialWords } from './dial-words.ts'
import { type Dialled, forgetDialled, useDialled } from './dialling.ts'

/**
 * What became of the call that was asked for. It stands once in a page, always, so that a screen reader knows the place
 * before something is said there; it takes no focus.
 */
export function DialNotice() {
  const { t } = useLanguage()
  const dialled = useDialled()
  return (
    <aside
      className="dial-notice"
      aria-label={t('dial.call')}
      data-tone={dialled === undefined ? undefined : toneOf(dialled)}
    >
      <p role="status">{dialled === undefined ? '' : dialWords(dialled, t)}</p>
      {dialled?.state === 'answered' && dialled.answer.how === 'tel' && (
        <a href={dialled.answer.uri} target="_top">
          {t('dial.tel.again')}
        </a>
      )}
      {dialled !== undefined && dialled.state !== 'asking' && (
        <ActionIcon variant="subtle" color="gray" aria-label={t('action.close')} onClick={forgetDialled}>
          <IconX size={16} stroke={1.75} aria-hidden />
        </ActionIcon>
      )}
    </aside>
  )
}

function toneOf(dialled: Dialled): 'quiet' | 'trouble' {
  return dialled.state === 'failed' ? 'trouble' : 'quiet'
}
