import { SegmentedControl, Switch, useMantineColorScheme } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { crmName } from '../calls/words.ts'
import { type Language, languages, useLanguage } from '../languages/language.tsx'
import { mayManage, useSession } from '../session/use-session.ts'
import { PageTitle } from '../shell/page-title.tsx'
import { useOptionalRingAlert } from '../shell/ring-alert.tsx'
import { useLetterShortcuts } from '../shell/shortcuts.ts'
import { MyPhone } from '../users/my-phone.tsx'
import { PeopleSection } from '../users/people-section.tsx'
import { NoticeContactsSection } from './notice-contacts-section.tsx'
import { ResultsSection } from './results-section.tsx'
import './settings.css'

const schemes = ['auto', 'light', 'dark'] as const

export function SettingsPage() {
  const { t } = useLanguage()
  const session = useSession()
  return (
    <div className="page">
      <PageTitle page={t('room.settings')} />
      <header className="page-head">
        <h1>{t('room.settings')}</h1>
      </header>
      {session.kind === 'user' && <MyPhone />}
      {session.kind === 'user' && mayManage(session) && (
        <>
          <PeopleSection />
          <RulesLink />
          <ResultsSection />
          <NoticeContactsSection />
        </>
      )}
      <Screen />
    </div>
  )
}

/** Rules have a page of their own: they are read and decided as a whole. */
function RulesLink() {
  const { t } = useLanguage()
  return (
    <section className="settings-part" aria-labelledby="rules">
      <h2 id="rules">{t('rules.title')}</h2>
      <p className="quiet">{t('rules.text', { crm: crmName })}</p>
      <p>
        <Link to="/settings/rules">{t('rules.open')}</Link>
      </p>
    </section>
  )
}

/** What concerns this screen only; it lasts as long as the page is open, because nothing is stored in the browser. */
function Screen() {
  const { t, language, setLanguage } = useLanguage()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const [letters, setLetters] = useLetterShortcuts()
  const alert = useOptionalRingAlert()
  return (
    <section className="settings-part" aria-labelledby="screen">
      <h2 id="screen">{t('screen.title')}</h2>
      <p className="quiet">{t('screen.text')}</p>
      <div className="setting">
        <span id="look">{t('user.look')}</span>
        <SegmentedControl
          aria-labelledby="look"
          value={colorScheme}
          onChange={(value) => setColorScheme(value)}
          data={schemes.map((scheme) => ({ value: scheme, label: t(`look.${scheme}`) }))}
        />
      </div>
      <div className="setting">
        <span id="language">{t('user.language')}</span>
        <SegmentedControl
          aria-labelledby="language"
          value={language}
          onChange={(value) => setLanguage(value)}
          data={(Object.keys(languages) as Language[]).map((code) => ({
            value: code,
            label: languages[code],
          }))}
        />
      </div>
      <div className="setting">
        <span id="letters">{t('screen.letters')}</span>
        <Switch
          aria-labelledby="letters"
          checked={letters}
          onChange={(event) => setLetters(event.currentTarget.checked)}
        />
      </div>
      {alert !== undefined && (
        <div className="setting">
          <span id="ring">{t('screen.ring')}</span>
          <Switch
            aria-labelledby="ring"
            checked={alert.choice === 'on'}
            onChange={(event) => alert.choose(event.currentTarget.checked)}
          />
        </div>
      )}
    </section>
  )
}
