import type { SessionView } from '../../server/http/shapes.ts'
import { useLanguage } from '../languages/language.tsx'
import { OnDemand } from './on-demand.tsx'
import { UserButton } from './user-button.tsx'

export function UserMenu({ session, onShortcuts }: { session: SessionView; onShortcuts: () => void }) {
  const { t } = useLanguage()
  const name = session.name === '' ? t('role.operator') : session.name
  return (
    <OnDemand
      load={() => import('./user-menu-list.tsx')}
      props={{ session, name, onShortcuts }}
      until={(button) => <UserButton name={name} aria-haspopup="menu" aria-expanded={false} {...button} />}
    />
  )
}
