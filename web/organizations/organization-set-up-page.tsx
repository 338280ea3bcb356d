import { getRouteApi } from '@tanstack/react-router'
import '../connections/connections.css'
import { PhoneChoice } from '../connections/phone-choice.tsx'
import { useLanguage } from '../languages/language.tsx'
import { PageTitle } from '../shell/page-title.tsx'

const route = getRouteApi('/shell/organizations/$organizationId/connections/new')

export function OrganizationSetUpPage() {
  const { t } = useLanguage()
  const { organizationId } = route.useParams()
  return (
    <div className="page page-narrow">
      <PageTitle page={t('set-up.title')} />
      <PhoneChoice organization={organizationId} />
    </div>
  )
}
