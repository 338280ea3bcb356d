import { ActionIcon, Button } from '@mantine/core'
import { IconPhone, IconX } from '@tabler/icons-react'
import { dial } from '../calls/dialling.ts'
import { useLanguage } from '../languages/language.tsx'

/** The number somebody has just clicked in the host; what becomes of calling it stands in DialNotice. */
export function ClickedNumber({ number, onClose }: { number: string; onClose: () => void }) {
  const { t } = useLanguage()
  return (
    <section className="frame-clicked" aria-label={t('frame.clicked')}>
      <Button
        leftSection={<IconPhone size={16} stroke={1.75} aria-hidden />}
        onClick={() => void dial(number)}
      >
        {t('frame.call', { number })}
      </Button>
      <ActionIcon variant="subtle" color="gray" size="lg" aria-label={t('action.close')} onClick={onClose}>
        <IconX size={18} stroke={1.75} aria-hidden />
      </ActionIcon>
    </section>
  )
}
