import { Radio } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { FailureNote } from '../api/failure-note.tsx'
import { useConnectionWords, useLanguage } from '../languages/language.tsx'
import { AskedSetUp } from './asked-set-up.tsx'
import { connectionsQuery } from './connections-query.ts'
import { PhoneSetUp } from './phone-set-up.tsx'
import { PlainSetUp } from './plain-set-up.tsx'

/** Which phone system is to be connected; where there is one only, there is nothing to choose. */
export function PhoneChoice({ organization }: { organization?: string }) {
  useConnectionWords()
  const { t } = useLanguage()
  const list = useQuery(connectionsQuery(organization))
  const [chosen, choose] = useState('optimcall')
  if (list.isError) return <FailureNote error={list.error} retry={() => void list.refetch()} />
  const phones = list.data?.phones ?? []
  const phone = phones.find(({ adapter }) => adapter === chosen)
  const choice: ReactNode = phones.length > 1 && (
    <Radio.Group label={t('phone-choice.title')} value={chosen} onChange={choose}>
      <div className="choices">
        {phones.map(({ adapter, title }) => (
          <Radio
            key={adapter}
            value={adapter}
            label={title}
            description={adapter === 'generic' ? t('phone-choice.generic') : undefined}
          />
        ))}
      </div>
    </Radio.Group>
  )
  if (phone === undefined || phone.adapter === 'optimcall')
    return <PhoneSetUp choice={choice} {...(organization ? { organization } : {})} />
  return (
    <>
      <h1>{t('phone-choice.connect', { phone: phone.title })}</h1>
      {choice}
      {phone.access === undefined ? (
        <PlainSetUp key={phone.adapter} phone={phone} organization={organization} />
      ) : (
        <AskedSetUp
          key={phone.adapter}
          phone={{ ...phone, access: phone.access }}
          organization={organization}
        />
      )}
    </>
  )
}
