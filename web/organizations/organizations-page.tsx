import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { OrganizationView } from '../../server/http/shapes.ts'
import { FailureNote } from '../api/failure-note.tsx'
import { useLanguage } from '../languages/language.tsx'
import { PageTitle } from '../shell/page-title.tsx'
import { Ago } from '../time/times.tsx'
import { NewOrganizationForm } from './new-organization.tsx'
import './organizations.css'
import { isOpen, organizationsQuery } from './organizations-query.ts'
import { SubscriptionWord } from './subscription-word.tsx'

const worstFirst = { trouble: 0, waiting: 1, healthy: 2 }

/** Every organization of this installation, worst first, without personal data. */
export function OrganizationsPage() {
  const { t } = useLanguage()
  const list = useQuery(organizationsQuery)
  const [adding, setAdding] = useState(false)
  const organizations = [...(list.data?.organizations ?? [])].sort(
    (a, b) =>
      Number(isOpen(b)) - Number(isOpen(a)) ||
      worstFirst[a.health] - worstFirst[b.health] ||
      a.name.localeCompare(b.name),
  )
  return (
    <div className="page">
      <PageTitle page={t('room.organizations')} />
      <header className="page-head">
        <h1>{t('room.organizations')}</h1>
        {!adding && (
          <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setAdding(true)}>
            {t('organizations.new')}
          </Button>
        )}
      </header>
      {adding && <NewOrganizationForm onDone={() => setAdding(false)} />}
      {list.isPending && <p role="status">{t('loading.organizations')}</p>}
      {list.isError && <FailureNote error={list.error} retry={() => void list.refetch()} />}
      {list.isSuccess && organizations.length === 0 && !adding && (
        <div className="empty empty-left">
          <h2>{t('organizations.empty')}</h2>
          <p>{t('organizations.empty.text')}</p>
        </div>
      )}
      {organizations.length > 0 && <OrganizationTable organizations={organizations} />}
    </div>
  )
}

function OrganizationTable({ organizations }: { organizations: readonly OrganizationView[] }) {
  const { t, formats } = useLanguage()
  return (
    <table className="plain-table">
      <thead>
        <tr>
          <th scope="col">{t('organization.name')}</th>
          <th scope="col">{t('organization.health')}</th>
          <th scope="col">{t('organization.subscription')}</th>
          <th scope="col">{t('room.connections')}</th>
          <th scope="col">{t('organization.country')}</th>
          <th scope="col">{t('organization.created')}</th>
        </tr>
      </thead>
      <tbody>
        {organizations.map((organization) => (
          <tr key={organization.id}>
            <th scope="row">
              <Link
                to="/organizations/$organizationId"
                params={{ organizationId: organization.id }}
                data-row
                className="row-link"
              >
                {organization.name}
              </Link>
            </th>
            <td>
              {isOpen(organization) ? (
                <span className="health-word" data-health={organization.health}>
                  {t(`health.${organization.health}`)}
                </span>
              ) : (
                <span className="quiet">
                  <SubscriptionWord subscription={organization.subscription} />
                </span>
              )}
            </td>
            <td className="quiet">
              <SubscriptionWord subscription={organization.subscription} />
            </td>
            <td className="figures">{formats.number(organization.connections)}</td>
            <td title={organization.timeZone}>{formats.country(organization.country)}</td>
            <td className="quiet">
              <Ago at={organization.createdAt} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
