import { Button } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { FailureNote } from '../api/failure-note.tsx'
import { useLanguage } from '../languages/language.tsx'
import { Onward } from './asked-set-up.tsx'
import { makeConnection } from './connections-query.ts'
import { CopyField } from './copy-field.tsx'
import { GenericSettingsForm } from './generic-settings.tsx'

interface Props {
  phone: { adapter: string; title: string }
  organization: string | undefined
}

/** Connects a phone system that is given an address and a secret; one of which we know nothing is described then. */
export function PlainSetUp({ phone, organization }: Props) {
  const { t } = useLanguage()
  const queries = useQueryClient()
  const [done, setDone] = useState(false)
  const described = phone.adapter === 'generic'
  const make = useMutation({
    mutationFn: () => makeConnection({ side: 'phone', adapter: phone.adapter }, organization),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['connections'] }),
  })
  if (make.data === undefined)
    return (
      <div className="step">
        <p>{t(described ? 'plain-set-up.generic' : 'plain-set-up.text', { phone: phone.title })}</p>
        {make.isError && <FailureNote error={make.error} />}
        <div className="form-actions">
          <Button loading={make.isPending} onClick={() => make.mutate()}>
            {t('asked-set-up.connect', { phone: phone.title })}
          </Button>
        </div>
      </div>
    )
  const { id, hookUrl, secret } = make.data
  return (
    <div className="step">
      <p>{t('plain-set-up.enter')}</p>
      <p className="note">{t('set-up.optimcall.once')}</p>
      {hookUrl !== undefined && <CopyField label={t('set-up.address')} value={hookUrl} />}
      {secret !== undefined && <CopyField label={t('set-up.secret')} value={secret} />}
      {described && !done ? (
        <GenericSettingsForm
          connection={{ id, title: phone.title }}
          organization={organization}
          loaded={{ values: {}, secretsSet: [], ownNumbers: [] }}
          onDone={() => setDone(true)}
        />
      ) : (
        <Onward organization={organization} />
      )}
    </div>
  )
}
