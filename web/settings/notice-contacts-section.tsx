import { Button, Textarea } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { FailureNote, failureSentences } from '../api/failure-note.tsx'
import { useLanguage } from '../languages/language.tsx'
import { noticeContactsQuery, setNoticeContacts } from '../privacy/notices-query.ts'

/** Where the organization wants to be told of a breach. */
export function NoticeContactsSection() {
  const { t } = useLanguage()
  const contacts = useQuery(noticeContactsQuery)
  return (
    <section className="settings-part" aria-labelledby="notice-contacts">
      <h2 id="notice-contacts">{t('notice-contacts.title')}</h2>
      <p className="quiet">{t('notice-contacts.text')}</p>
      {contacts.isPending && <p role="status">{t('loading.page')}</p>}
      {contacts.isError && <FailureNote error={contacts.error} retry={() => void contacts.refetch()} />}
      {contacts.isSuccess && <Editor key={contacts.data.join('\n')} saved={contacts.data} />}
    </section>
  )
}

function Editor({ saved }: { saved: readonly string[] }) {
  const { t } = useLanguage()
  const queries = useQueryClient()
  const [text, setText] = useState(saved.join('\n'))
  const addresses = text
    .split(/[\s,;]+/)
    .map((address) => address.trim())
    .filter(Boolean)
  const save = useMutation({
    mutationFn: () => setNoticeContacts(addresses),
    onSuccess: (kept) => queries.setQueryData(noticeContactsQuery.queryKey, [...kept]),
  })
  return (
    <form
      className="notice-contacts"
      onSubmit={(event) => {
        event.preventDefault()
        save.mutate()
      }}
    >
      <Textarea
        label={t('notice-contacts.addresses')}
        description={t('notice-contacts.each')}
        value={text}
        autosize
        minRows={2}
        maxLength={1_400}
        inputMode="email"
        autoComplete="off"
        spellCheck={false}
        error={save.isError ? failureSentences(save.error, t) : undefined}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      {saved.length === 0 && <p className="quiet">{t('notice-contacts.none')}</p>}
      <div className="form-actions">
        <Button type="submit" size="xs" loading={save.isPending} disabled={addresses.join() === saved.join()}>
          {t('action.save')}
        </Button>
      </div>
    </form>
  )
}
