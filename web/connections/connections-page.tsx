import { useLanguage } from '../languages/language.tsx'
import { PageTitle } from '../shell/page-title.tsx'
import { ConnectionsView } from './connections-view.tsx'

export function ConnectionsPage() {
  const { t } = useLanguage()
  return (
    <div className="page">
      <PageTitle page={t('room.connections')} />
      <ConnectionsView title={t('room.connections')} />
    </div>
  )
}
