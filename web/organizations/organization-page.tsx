import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { FailureNote } from '../api/failure-note.tsx'
import { ConnectionsView } from '../connections/connections-view.tsx'
import { useLanguage } from '../languages/language.tsx'
import { BackLink } from '../shell/back-link.tsx'
import { PageTitle } from '../shell/page-title.tsx'
import { DeleteOrganization } from './delete-organization.tsx'
import './organizations.css'
import { isOpen, organizationsQuery } from './organizations-query.ts'
import { SubscriptionSection } from './subscription-section.tsx'

const route = getRouteApi('/shell/organizations/$organizationId')

/** One organization as the operator sees it: its connections, its subscription, and its end. */
export function OrganizationPage() {
  const { t } = useLanguage()
  const { organizationId } = route.useParams()
  const list = useQuery(organizationsQuery)
  const organization = list.data?.organizations.find(({ id }) => id === organizationId)
  return (
    <div className="page">
      <PageTitle page={organization?.name ?? t('room.organizations')} />
      <BackLink to="/organizations">{t('room.organizations')}</BackLink>
      {list.isPending && <p role="status">{t('loading.organizations')}</p>}
      {list.isError && <FailureNote error={list.error} retry={() => void list.refetch()} />}
      {list.isSuccess && organization === undefined && <p>{t('organization.gone')}</p>}
      {organization !== undefined && (
        <>
          {isOpen(organization) ? (
            <ConnectionsView title={organization.name} organization={organization.id} />
          ) : (
            <header className="page-head">
              <h1>{organization.name}</h1>
            </header>
          )}
          <SubscriptionSection organization={organization} />
          <DeleteOrganization organization={organization} />
        </>
      )}
    </div>
  )
}
