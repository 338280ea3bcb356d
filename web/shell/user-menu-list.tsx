import { type MantineColorScheme, Menu, useMantineColorScheme } from '@mantine/core'
import { IconFileText, IconKeyboard, IconLogout } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import type { SessionView } from '../../server/http/shapes.ts'
import { type Language, languages, useLanguage } from '../languages/language.tsx'
import { signOut } from '../session/sign-out.ts'
import { UserButton } from './user-button.tsx'

const schemes = ['auto', 'light', 'dark'] as const

export interface UserMenuProps {
  session: SessionView
  name: string
  onShortcuts: () => void
}

/** Comes when somebody opens it, and is open then. */
export default function UserMenuList({ session, name, onShortcuts }: UserMenuProps) {
  const { t, language, setLanguage } = useLanguage()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const navigate = useNavigate()
  return (
    <Menu position="bottom-end" width={240} withinPortal={false} defaultOpened>
      <Menu.Target>
        <UserButton name={name} />
      </Menu.Target>
      <Menu.Dropdown>
        <div className="user-head">
          <span className="user-head-name">{name}</span>
          {session.organization !== undefined && <span>{session.organization.name}</span>}
          <span className="quiet">{extensionsWords(session, t)}</span>
        </div>
        <Menu.Divider />
        <Menu.Label>{t('user.look')}</Menu.Label>
        <Menu.RadioGroup
          value={colorScheme}
          onChange={(scheme) => setColorScheme(scheme as MantineColorScheme)}
        >
          {schemes.map((scheme) => (
            <Menu.RadioItem key={scheme} value={scheme}>
              {t(`look.${scheme}`)}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
        <Menu.Label>{t('user.language')}</Menu.Label>
        <Menu.RadioGroup value={language} onChange={(code) => setLanguage(code as Language)}>
          {(Object.keys(languages) as Language[]).map((code) => (
            <Menu.RadioItem key={code} lang={code} value={code}>
              {languages[code]}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
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
