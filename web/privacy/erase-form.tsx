import { Button, Radio, Stack, Switch } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { FailureNote } from '../api/failure-note.tsx'
import { crmName } from '../calls/words.ts'
import { useLanguage } from '../languages/language.tsx'
import { type Asked, type AtCrm, erasePerson, erasuresQuery } from './requests-query.ts'

const choices = ['nothing', 'list', 'ours', 'person'] as const

/** Cannot be undone, so it asks what is to happen in the CRM and whether it is the right person. Nothing is preset. */
export function EraseForm({ asked, erased }: { asked: Asked; erased: () => void }) {
  const { t } = useLanguage()
  const queries = useQueryClient()
  const [atCrm, setAtCrm] = useState<AtCrm>()
  const [sure, setSure] = useState(false)
  const erase = useMutation({
    mutationFn: (choice: AtCrm) => erasePerson(asked, choice),
    onSuccess: async () => {
      erased()
      await queries.invalidateQueries({ queryKey: erasuresQuery.queryKey })
    },
  })
  return (
    <form
      className="privacy-part erase-form"
      aria-labelledby="erase"
      onSubmit={(event) => {
        event.preventDefault()
        if (atCrm !== undefined && sure) erase.mutate(atCrm)
      }}
    >
      <h2 id="erase">{t('requests.erase')}</h2>
      <p>{t('requests.erase.text')}</p>
      <Radio.Group
        label={t('requests.crm', { crm: crmName })}
        description={t('requests.crm.older')}
        value={atCrm ?? null}
        onChange={(value) => setAtCrm(choices.find((choice) => choice === value))}
      >
        <Stack gap={8} mt={8}>
          {choices.map((choice) => (
            <Radio key={choice} value={choice} label={t(`requests.crm.${choice}`)} />
          ))}
        </Stack>
      </Radio.Group>
      <Switch
        label={t('requests.confirm')}
        checked={sure}
        onChange={(event) => setSure(event.currentTarget.checked)}
      />
      {erase.isError && <FailureNote error={erase.error} />}
      <div className="form-actions">
        <Button type="submit" color="red" disabled={atCrm === undefined || !sure} loading={erase.isPending}>
          {t('requests.erase.do')}
        </Button>
      </div>
    </form>
  )
}
