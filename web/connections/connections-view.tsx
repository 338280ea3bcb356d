import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ConnectionView } from '../../server/http/shapes.ts'
import { FailureNote } from '../api/failure-note.tsx'
import { useConnectionWords, useLanguage } from '../languages/language.tsx'
import { mayManage, useSession } from '../session/use-session.ts'
import { ConnectionCard } from './connection-card.tsx'
import './connections.css'
import { connectionsQuery } from './connections-query.ts'
import { CrmInvitation } from './crm-invitation.tsx'
import { RecipientsSection } from './recipients-section.tsx'

const worstFirst = { trouble: 0, waiting: 1, healthy: 2 }

/** One card per phone system and CRM, the worst first. `organization` is set where the operator looks. */
export function ConnectionsView({ title, organization }: { title: string; organization?: string }) {
  useConnectionWords()
  const { t } = useLanguage()
  const session = useSession()
  const list = useQuery(connectionsQuery(organization))
  const connections = [...(list.data?.connections ?? [])].sort(
    (a, b) => worstFirst[a.health] - worstFirst[b.health],
  )
  const has = (side: ConnectionView['side']): boolean =>
    connections.some((connection) => connection.side === side)
  // An address that went astray, or was opened by nobody within its week, is made anew.
  const installed = connections.some(({ side, reason }) => side === 'crm' && reason !== 'not-installed')
  const manage = mayManage(session)

  return (
    <>
      <header className="page-head">
        <h1>{title}</h1>
        {manage && <AddPhone organization={organization} first={list.isSuccess && !has('phone')} />}
      </header>
      {list.isPending && <p role="status">{t('loading.connections')}</p>}
      {list.isError && <FailureNote error={list.error} retry={() => void list.refetch()} />}
      {list.isSuccess && !has('phone') && (
        <div className="empty empty-left">
          <h2>{t('connections.no-phone')}</h2>
          <p>{t(manage ? 'connections.no-phone.manage' : 'connections.no-phone.ask')}</p>
        </div>
      )}
      <div className="connections">
        {connections.map((connection) => (
          <ConnectionCard
            key={connection.id}
            connection={connection}
            organization={organization}
            manage={manage}
          />
        ))}
      </div>
      {list.isSuccess && manage && organization !== undefined && !installed && (
        <CrmInvitation organization={organization} />
      )}
      {list.isSuccess && <RecipientsSection organization={organization} />}
    </>
  )
}

function AddPhone({ organization, first }: { organization: string | undefined; first: boolean }) {
  const { t } = useLanguage()
  const look = {
    variant: first ? 'filled' : 'default',
    leftSection: <IconPlus size={16} aria-hidden />,
  } as const
  return organization === undefined ? (
    <Button {...look} renderRoot={(props) => <Link to="/connections/new" {...props} />}>
      {t('connections.add-phone')}
    </Button>
  ) : (
    <Button
      {...look}
      renderRoot={(props) => (
        <Link
          to="/organizations/$organizationId/connections/new"
          params={{ organizationId: organization }}
          {...props}
        />
      )}
    >
      {t('connections.add-phone')}
    </Button>
  )
}
