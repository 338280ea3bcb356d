import { ActionIcon, Button } from '@mantine/core'
import { IconPhone, IconX } from '@tabler/icons-react'
import { useLanguage } from '../languages/language.tsx'
import { telAddress } from './read-clicked-number.ts'

/** The number somebody has just clicked in the host. */
export function ClickedNumber({ number, onClose }: { number: string; onClose: () => void }) {
  const { t } = useLanguage()
  return (
    <section className="frame-clicked" aria-label={t('frame.clicked')}>
      <div>
        {/* The page around us would have to allow a frame to lead there; whole pages may always. */}
        <Button
          component="a"
          href={telAddress(number)}
          target="_top"
          leftSection={<IconPhone size={16} stroke={1.75} aria-hidden />}
        >
          {t('frame.call', { number })}
        </Button>
        <p className="quiet">{t('frame.call.text')}</p>
      </div>
      <ActionIcon variant="subtle" color="gray" size="lg" aria-label={t('action.close')} onClick={onClose}>
        <IconX size={18} stroke={1.75} aria-hidden />
      </ActionIcon>
    </section>
  )
}
