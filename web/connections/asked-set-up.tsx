import { Button } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { ConnectionMade } from '../../server/http/shapes.ts'
import { FailureNote } from '../api/failure-note.tsx'
import { useLanguage } from '../languages/language.tsx'
import { AskedSettingsForm } from './asked-settings.tsx'
import { connectionsQuery, makeConnection } from './connections-query.ts'
import { CopyField } from './copy-field.tsx'

interface Props {
  phone: { adapter: string; title: string; access: 'key' | 'user' }
  organization: string | undefined
}

/** Connects a phone system that has an API: by an administrator's key, or by everybody's own grant. */
export function AskedSetUp({ phone, organization }: Props) {
  const { t } = useLanguage()
  const queries = useQueryClient()
  const make = useMutation({
    mutationFn: () => makeConnection({ side: 'phone', adapter: phone.adapter }, organization),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['connections'] }),
  })
  if (make.data === undefined)
    return (
      <div className="step">
        <p>{t(`asked-set-up.${phone.access}`, { phone: phone.title })}</p>
        {make.isError && <FailureNote error={make.error} />}
        <div className="form-actions">
          <Button loading={make.isPending} onClick={() => make.mutate()}>
            {t('asked-set-up.connect', { phone: phone.title })}
          </Button>
        </div>
      </div>
    )
  return phone.access === 'key' ? (
    <KeyStep made={make.data} phone={phone} organization={organization} />
  ) : (
    <div className="step">
      <p role="status">{t('asked-set-up.user.made', { phone: phone.title })}</p>
      <Onward organization={organization} />
    </div>
  )
}

function KeyStep({ made, phone, organization }: Props & { made: ConnectionMade }) {
  const { t } = useLanguage()
  const [done, setDone] = useState(false)
  const list = useQuery(connectionsQuery(organization))
  const connection = list.data?.connections.find(({ id }) => id === made.id)
  if (done)
    return (
      <div className="step">
        <p role="status">{t('asked-set-up.key.made', { phone: phone.title })}</p>
        <Onward organization={organization} />
      </div>
    )
  return (
    <div className="step">
      {connection !== undefined && (
        <AskedSettingsForm
          connection={connection}
          organization={organization}
          loaded={{ values: {}, secretsSet: [], ownNumbers: [] }}
          onDone={() => setDone(true)}
        />
      )}
      <details>
        <summary>{t('asked-set-up.by-hand')}</summary>
        <p>{t('asked-set-up.by-hand.text', { phone: phone.title })}</p>
        {made.hookUrl !== undefined && <CopyField label={t('set-up.address')} value={made.hookUrl} />}
        {made.secret !== undefined && <CopyField label={t('set-up.secret')} value={made.secret} />}
        <p className="note">{t('set-up.optimcall.once')}</p>
      </details>
    </div>
  )
}

/** Back to where the connections are. */
export function Onward({ organization }: { organization: string | undefined }) {
  const { t } = useLanguage()
  return (
    <div className="form-actions">
      {organization === undefined ? (
        <Button renderRoot={(props) => <Link to="/connections" {...props} />}>
          {t('asked-set-up.onward')}
        </Button>
      ) : (
        <Button
          renderRoot={(props) => (
            <Link to="/organizations/$organizationId" params={{ organizationId: organization }} {...props} />
          )}
        >
          {t('set-up.test.back')}
        </Button>
      )}
    </div>
  )
}
