import { useQuery } from '@tanstack/react-query'
import { FailureNote } from '../api/failure-note.tsx'
import { crmName } from '../calls/words.ts'
import { useLanguage } from '../languages/language.tsx'
import { BackLink } from '../shell/back-link.tsx'
import { PageTitle } from '../shell/page-title.tsx'
import './rules.css'
import { RulesForm } from './rules-form.tsx'
import { rulesQuery } from './rules-query.ts'

/** What an administrator decides of calls: one sentence for each rule, and what it does. */
export function RulesPage() {
  const { t } = useLanguage()
  const rules = useQuery(rulesQuery)
  return (
    <div className="page page-narrow">
      <PageTitle page={t('rules.title')} />
      <BackLink to="/settings">{t('room.settings')}</BackLink>
      <header className="page-head">
        <h1>{t('rules.title')}</h1>
      </header>
      <p className="quiet">{t('rules.text', { crm: crmName })}</p>
      {rules.isPending && <p role="status">{t('loading.rules')}</p>}
      {rules.isError && <FailureNote error={rules.error} retry={() => void rules.refetch()} />}
      {rules.isSuccess && <RulesForm saved={rules.data} />}
    </div>
  )
}
