import { ActionIcon, Button } from '@mantine/core'
import { IconPhone } from '@tabler/icons-react'
import type { NumberView } from '../../server/http/shapes.ts'
import { useLanguage } from '../languages/language.tsx'
import './dial.css'
import { dial, useDialled } from './dialling.ts'

/** A number as the server shows it, or as somebody typed it. */
type Shown = NumberView | string

/** What can be dialled of it; undefined where there is nothing to dial. */
function dialable(number: Shown): string | undefined {
  if (typeof number === 'string') return number
  if (number.kind === 'e164') return number.e164
  return number.kind === 'extension' ? number.shown : undefined
}

const shownAs = (number: Shown): string => (typeof number === 'string' ? number : number.shown)

/** For the key `c`: what it dials while this element has the focus, or stands on the card. */
export function dialKey(number: Shown): { 'data-dial'?: string; 'data-dial-shown'?: string } {
  const dialled = dialable(number)
  return dialled === undefined ? {} : { 'data-dial': dialled, 'data-dial-shown': shownAs(number) }
}

/** Asks for a call to this number; what becomes of it stands in DialNotice. `small`: the mark alone, beside a line. */
export function DialButton({ number, small = false }: { number: Shown; small?: boolean }) {
  const { t } = useLanguage()
  const asking = useDialled()?.state === 'asking'
  const dialled = dialable(number)
  if (dialled === undefined) return null
  const words = t('dial.call-number', { number: shownAs(number) })
  const pressed = (): void => void dial(dialled, shownAs(number))
  return small ? (
    <ActionIcon
      className="dial-small"
      variant="subtle"
      color="gray"
      size={28}
      aria-label={words}
      title={words}
      disabled={asking}
      onClick={pressed}
    >
      <IconPhone size={16} stroke={1.75} aria-hidden />
    </ActionIcon>
  ) : (
    <Button
      className="dial-button"
      variant="default"
      leftSection={<IconPhone size={16} stroke={1.75} aria-hidden />}
      aria-label={words}
      disabled={asking}
      {...dialKey(number)}
      onClick={pressed}
    >
      {t('dial.call')}
    </Button>
  )
}
