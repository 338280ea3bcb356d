import { Button } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { FailureNote } from '../api/failure-note.tsx'
import { useLanguage } from '../languages/language.tsx'
import { connectionsQuery, makeConnection } from './connections-query.ts'
import { CopyField } from './copy-field.tsx'

/** The operator makes the CRM connection; somebody of the company opens the address and installs. */
export function CrmInvitation({ organization }: { organization: string }) {
  const { t } = useLanguage()
  const queries = useQueryClient()
  const make = useMutation({
    mutationFn: () => makeConnection({ side: 'crm', adapter: 'pipedrive' }, organization),
    // The list is not asked again at once: the new card would take the place of the address.
    onSuccess: () => queries.cancelQueries({ queryKey: connectionsQuery(organization).queryKey }),
  })
  return (
    <section className="crm-invitation">
      <h2>{t('crm-invitation.title')}</h2>
      <p>{t('crm-invitation.text')}</p>
      {make.isError && <FailureNote error={make.error} />}
      {make.data?.installUrl === undefined ? (
        <Button variant="default" loading={make.isPending} onClick={() => make.mutate()}>
          {t('crm-invitation.make')}
        </Button>
      ) : (
        <CopyField label={t('crm-invitation.address')} value={make.data.installUrl} />
      )}
    </section>
  )
}
