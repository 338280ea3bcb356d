import { IconSearch } from '@tabler/icons-react'
import type { SessionView } from '../../server/http/shapes.ts'
import { useLanguage } from '../languages/language.tsx'
import { useLive } from '../live/live-provider.tsx'
import { Mark } from './mark.tsx'
import { UserMenu } from './user-menu.tsx'

const onMac = /Mac|iPhone|iPad/.test(navigator.userAgent)

export function TopBar(props: { session: SessionView; onPalette: () => void; onShortcuts: () => void }) {
  const { t } = useLanguage()
  return (
    <header className="top-bar">
      <span className="top-mark" aria-hidden="true">
        <Mark />
      </span>
      <button
        type="button"
        className="palette-button"
        onClick={props.onPalette}
        aria-label={t('palette.label')}
      >
        <IconSearch size={16} stroke={1.75} aria-hidden />
        <span>{t('palette.open')}</span>
        <kbd>{onMac ? '⌘K' : 'Ctrl K'}</kbd>
      </button>
      <div className="top-right">
        {props.session.kind === 'user' && <LiveDot />}
        <UserMenu session={props.session} onShortcuts={props.onShortcuts} />
      </div>
    </header>
  )
}

/** Whether calls appear by themselves right now. */
function LiveDot() {
  const { t } = useLanguage()
  const { state } = useLive()
  return (
    <span className="live-dot" data-state={state} role="status" title={t(`live.${state}.meaning`)}>
      {t(`live.${state}`)}
    </span>
  )
}
