import { Modal } from '@mantine/core'
import { useLanguage } from '../languages/language.tsx'
import { useLetterShortcuts } from './shortcuts.ts'

const shortcuts = [
  { keys: ['Ctrl K', '⌘K'], label: 'shortcut.palette' },
  { keys: ['j', 'k'], label: 'shortcut.move' },
  { keys: ['Enter'], label: 'shortcut.open' },
  { keys: ['c'], label: 'shortcut.call' },
  { keys: ['n'], label: 'shortcut.note' },
  { keys: ['?'], label: 'shortcut.list' },
  { keys: ['Esc'], label: 'shortcut.close' },
] as const

export default function ShortcutList({ onClose }: { onClose: () => void }) {
  const { t } = useLanguage()
  const [letters] = useLetterShortcuts()
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('shortcuts.title')}
      size={420}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      <dl className="shortcut-list">
        {shortcuts.map(({ keys, label }) => (
          <div key={label}>
            <dt>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{t(label)}</dd>
          </div>
        ))}
      </dl>
      {!letters && <p className="quiet">{t('shortcuts.off')}</p>}
    </Modal>
  )
}
