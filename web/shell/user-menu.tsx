import { type MantineColorScheme, Menu, useMantineColorScheme } from '@mantine/core'
import { IconChevronDown, IconFileText, IconKeyboard, IconLogout } from '@tabler/icons-react'
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
  return (
    <Menu position="bottom-end" width={240} withinPortal={false}>
      <Menu.Target>
        <button type="button" className="user-button" aria-label={t('user.menu', { name })}>
          <span className="user-name">{name}</span>
          <IconChevronDown size={16} aria-hidden />
        </button>
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
