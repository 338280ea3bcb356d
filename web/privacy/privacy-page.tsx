import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { PolicyView } from '../../server/http/shapes.ts'
import { FailureNote } from '../api/failure-note.tsx'
import { useLanguage } from '../languages/language.tsx'
import { mayManage, useSession } from '../session/use-session.ts'
import { PageTitle } from '../shell/page-title.tsx'
import { BreachesSection } from './breaches-section.tsx'
import { Checks } from './checks.tsx'
import { documentsQuery } from './documents-query.ts'
import { NoticesSection } from './notices-section.tsx'
import { PolicyLink } from './policy-link.tsx'
import { policyQuery } from './policy-query.ts'
import './privacy.css'

/** The policy in force, what changed from version to version, and which one the organization used when. */
export function PrivacyPage() {
  const { t } = useLanguage()
  const policy = useQuery(policyQuery)
  const session = useSession()
  return (
    <div className="page page-narrow">
      <PageTitle page={t('room.privacy')} />
      <header className="page-head">
        <h1>{t('room.privacy')}</h1>
      </header>
      {session.role === 'administrator' && <NoticesSection />}
      {session.role === 'operator' && <BreachesSection />}
      {mayManage(session) && <DocumentsLink />}
      {policy.isPending && <p role="status">{t('loading.page')}</p>}
      {policy.isError && <FailureNote error={policy.error} retry={() => void policy.refetch()} />}
      {policy.isSuccess && (
        <>
          <InForce policy={policy.data} />
          {session.kind === 'user' && mayManage(session) && <RequestsLink />}
          {mayManage(session) && <MapLink />}
          <Changes policy={policy.data} />
          <Uses policy={policy.data} />
          {mayManage(session) && <Checks />}
        </>
      )}
    </div>
  )
}

/** Before everything about the policy: where nobody has approved one yet, there is nothing else to see. */
function DocumentsLink() {
  const { t, language } = useLanguage()
  const { data } = useQuery(documentsQuery(language))
  const waits = data?.some(({ document, waiting }) => document === 'policy' && waiting !== undefined)
  return (
    <section className="privacy-part" aria-labelledby="documents">
      <h2 id="documents">{t('documents.title')}</h2>
      <p>{t('documents.text')}</p>
      <p>
        <Link to="/privacy/documents">{t(waits ? 'documents.waiting.open' : 'documents.open')}</Link>
      </p>
    </section>
  )
}

/** What is held about one person, and the way to erase them, for those who answer requests. */
function RequestsLink() {
  const { t } = useLanguage()
  return (
    <section className="privacy-part" aria-labelledby="requests">
      <h2 id="requests">{t('requests.title')}</h2>
      <p>{t('requests.text')}</p>
      <p>
        <Link to="/privacy/requests">{t('requests.open')}</Link>
      </p>
    </section>
  )
}

function MapLink() {
  const { t } = useLanguage()
  const { kind } = useSession()
  return (
    <section className="privacy-part" aria-labelledby="data-map">
      <h2 id="data-map">{t('map.title')}</h2>
      <p>{t(kind === 'operator' ? 'map.text.installation' : 'map.text')}</p>
      <p>
        <Link to="/privacy/map">{t('map.open')}</Link>
      </p>
    </section>
  )
}

function InForce({ policy }: { policy: PolicyView }) {
  const { t } = useLanguage()
  return (
    <section className="privacy-part" aria-labelledby="in-force">
      <h2 id="in-force">{t('policy.in-force')}</h2>
      <p>{t('policy.text')}</p>
      <dl className="privacy-facts">
        <div>
          <dt>{t('policy.since')}</dt>
          <dd>
            <Day at={policy.effectiveAt} />
          </dd>
        </div>
        <div>
          <dt>{t('policy.version')}</dt>
          <dd>
            <code>{policy.version}</code>
          </dd>
        </div>
      </dl>
      <p>
        <PolicyLink url={policy.url}>{t('policy.read')}</PolicyLink>
      </p>
      <p className="quiet">{t('policy.no-consent')}</p>
    </section>
  )
}

function Changes({ policy }: { policy: PolicyView }) {
  const { t, language } = useLanguage()
  const first = policy.versions.length - 1
  return (
    <section className="privacy-part" aria-labelledby="changes">
      <h2 id="changes">{t('policy.changes')}</h2>
      <ol className="policy-versions">
        {policy.versions.map((version, at) => (
          // A version may come back; its date does not.
          <li key={version.effectiveAt}>
            <h3>
              <Day at={version.effectiveAt} />
              <PolicyLink url={version.url}>
                {t('policy.version-of', { version: version.version })}
              </PolicyLink>
            </h3>
            {version.state === 'announced' && <p>{t('policy.announced-on')}</p>}
            {version.state === 'withdrawn' && <p>{t('policy.withdrawn')}</p>}
            {at === first ? (
              <p>{t('policy.first')}</p>
            ) : (
              <ul>
                {version.changes[language].map((change) => (
                  <li key={change}>{change}</li>
                ))}
              </ul>
            )}
          </li>
        ))}
      </ol>
    </section>
  )
}

/** The operator works for no organization: there is nothing to tell. */
function Uses({ policy }: { policy: PolicyView }) {
  const { t, formats } = useLanguage()
  const { organization } = useSession()
  if (organization === undefined) return null
  return (
    <section className="privacy-part" aria-labelledby="uses">
      <h2 id="uses">{t('policy.uses', { organization: organization.name })}</h2>
      <ul className="policy-uses">
        {policy.uses.map(({ version, since }, at) => {
          const until = policy.uses[at - 1]?.since
          return (
            <li key={since}>
              <code>{version}</code>
              <span>
                {until === undefined
                  ? t('policy.used-since', { since: formats.day(since) })
                  : t('policy.used-until', { since: formats.day(since), until: formats.day(until) })}
              </span>
            </li>
          )
        })}
      </ul>
    </section>
  )
}

function Day({ at }: { at: string }) {
  const { formats } = useLanguage()
  return (
    <time dateTime={at} title={formats.exact(at)}>
      {formats.day(at)}
    </time>
  )
}
