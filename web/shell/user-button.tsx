import { IconChevronDown } from '@tabler/icons-react'
import type { ComponentPropsWithRef } from 'react'
import { useLanguage } from '../languages/language.tsx'

export function UserButton({ name, ...rest }: { name: string } & ComponentPropsWithRef<'button'>) {
  const { t } = useLanguage()
  return (
    <button type="button" className="user-button" aria-label={t('user.menu', { name })} {...rest}>
      <span className="user-name">{name}</span>
      <IconChevronDown size={16} aria-hidden />
    </button>
  )
}
