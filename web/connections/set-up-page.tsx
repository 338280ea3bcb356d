import { useLanguage } from '../languages/language.tsx'
import { mayManage, useSession } from '../session/use-session.ts'
import { PageTitle } from '../shell/page-title.tsx'
import './connections.css'
import { PhoneChoice } from './phone-choice.tsx'

export function SetUpPage() {
  const { t } = useLanguage()
  const session = useSession()
  return (
    <div className="page page-narrow">
      <PageTitle page={t('set-up.title')} />
      {mayManage(session) ? (
        <PhoneChoice />
      ) : (
        <>
          <h1>{t('set-up.title')}</h1>
          <p>{t('connections.no-phone.ask')}</p>
        </>
      )}
    </div>
  )
}
