import { Button, Radio } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { ConnectionList } from '../../server/http/shapes.ts'
import { FailureNote } from '../api/failure-note.tsx'
import { useLanguage } from '../languages/language.tsx'
import { connectionsQuery, makeConnection } from './connections-query.ts'
import { CopyField } from './copy-field.tsx'
import { PortalAppForm } from './portal-app-form.tsx'

type CrmChoice = ConnectionList['crms'][number]

/** The operator makes the CRM connection; somebody of the company opens the address and installs. */
export function CrmInvitation({ organization }: { organization: string }) {
  const { t } = useLanguage()
  const list = useQuery(connectionsQuery(organization))
  const crms = list.data?.crms ?? []
  const [chosen, choose] = useState<string>()
  const crm = crms.find(({ adapter }) => adapter === chosen) ?? crms[0]
  if (crm === undefined) return null
  return (
    <section className="crm-invitation">
      <h2>{crms.length > 1 ? t('crm-invitation.choose') : t('crm-invitation.title', { crm: crm.title })}</h2>
      {crms.length > 1 && (
        <Radio.Group label={t('crm-invitation.which')} value={crm.adapter} onChange={choose}>
          <div className="choices">
            {crms.map(({ adapter, title }) => (
              <Radio key={adapter} value={adapter} label={title} />
            ))}
          </div>
        </Radio.Group>
      )}
      <Invitation key={crm.adapter} crm={crm} organization={organization} />
    </section>
  )
}

function Invitation({ crm, organization }: { crm: CrmChoice; organization: string }) {
  const { t } = useLanguage()
  const queries = useQueryClient()
  const make = useMutation({
    mutationFn: () => makeConnection({ side: 'crm', adapter: crm.adapter }, organization),
    // The list is not asked again at once: the new card would take the place of the address.
    onSuccess: () => queries.cancelQueries({ queryKey: connectionsQuery(organization).queryKey }),
  })
  const names = { crm: crm.title }
  return (
    <>
      <p>{t(crm.portal ? 'crm-invitation.portal.text' : 'crm-invitation.text', names)}</p>
      {make.isError && <FailureNote error={make.error} />}
      {make.data?.installUrl === undefined ? (
        <Button variant="default" loading={make.isPending} onClick={() => make.mutate()}>
          {t('crm-invitation.make')}
        </Button>
      ) : (
        <>
          <CopyField label={t('crm-invitation.address')} value={make.data.installUrl} />
          {crm.portal && (
            <>
              <CopyField
                label={t('crm-invitation.portal.app-address')}
                value={make.data.installUrl.replace(/install\?.*$/, 'app')}
              />
              <PortalAppForm connectionId={make.data.id} crm={crm.title} organization={organization} />
            </>
          )}
        </>
      )}
    </>
  )
}
