import { Menu, useMantineColorScheme } from '@mantine/core'
import { IconCheck, IconChevronDown, IconFileText, IconKeyboard, IconLogout } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import type { SessionView } from '../../server/http/shapes.ts'
import { type Language, languages, useLanguage } from '../languages/language.tsx'
import { signOut } from '../session/sign-out.ts'

const schemes = ['auto', 'light', 'dark'] as const

export function UserMenu({ session, onShortcuts }: { session: SessionView; onShortcuts: () => void }) {
  const { t, language, setLanguage } = useLanguage()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const navigate = useNavigate()
  const name = session.name === '' ? t('role.operator') : session.name
  const tick = (on: boolean) => (on ? <IconCheck size={16} aria-hidden /> : <span className="no-icon" />)
  return (
    <Menu position="bottom-end" width={240} withinPortal>
      <Menu.Target>
        <button type="button" className="user-button" aria-label={t('user.menu', { name })}>
          <span className="user-name">{name}</span>
          <IconChevronDown size={16} aria-hidden />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <div className="user-head">
          <strong>{name}</strong>
          {session.organization !== undefined && <span>{session.organization.name}</span>}
          <span className="quiet">{extensionsWords(session, t)}</span>
        </div>
        <Menu.Divider />
        <Menu.Label>{t('user.look')}</Menu.Label>
        {schemes.map((scheme) => (
          <Menu.Item
            key={scheme}
            role="menuitemradio"
            aria-checked={colorScheme === scheme}
            leftSection={tick(colorScheme === scheme)}
            onClick={() => setColorScheme(scheme)}
          >
            {t(`look.${scheme}`)}
          </Menu.Item>
        ))}
        <Menu.Label>{t('user.language')}</Menu.Label>
        {(Object.keys(languages) as Language[]).map((code) => (
          <Menu.Item
            key={code}
            lang={code}
            role="menuitemradio"
            aria-checked={language === code}
            leftSection={tick(language === code)}
            onClick={() => setLanguage(code)}
          >
            {languages[code]}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item leftSection={<IconKeyboard size={16} aria-hidden />} onClick={onShortcuts}>
          {t('shortcuts.title')}
        </Menu.Item>
        {session.agreement === 'accepted' && (
          <Menu.Item
            leftSection={<IconFileText size={16} aria-hidden />}
            onClick={() => void navigate({ to: '/agreement' })}
          >
            {t('agreement.menu')}
          </Menu.Item>
        )}
        <Menu.Item leftSection={<IconLogout size={16} aria-hidden />} onClick={() => void signOut()}>
          {t('user.sign-out')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

function extensionsWords(session: SessionView, t: ReturnType<typeof useLanguage>['t']): string {
  if (session.kind === 'operator') return ''
  return session.extensions.length === 0
    ? t('user.no-extension')
    : t('user.extensions', { count: session.extensions.length, list: session.extensions.join(', ') })
}
