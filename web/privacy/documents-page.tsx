import { useQuery } from '@tanstack/react-query'
import type { DocumentView } from '../../server/http/shapes.ts'
import { FailureNote } from '../api/failure-note.tsx'
import { useLanguage } from '../languages/language.tsx'
import { BackLink } from '../shell/back-link.tsx'
import { PageTitle } from '../shell/page-title.tsx'
import { documentsQuery } from './documents-query.ts'
import { OwnParagraphs } from './own-paragraphs.tsx'
import './privacy.css'
import './documents.css'
import { Waiting } from './waiting-document.tsx'

/** Documents that the installation makes of itself: what state they are in, who approved them, and a way to print them. */
export function DocumentsPage() {
  const { t, language } = useLanguage()
  const documents = useQuery(documentsQuery(language))
  return (
    <div className="page page-narrow">
      <PageTitle page={t('documents.title')} />
      <BackLink to="/privacy">{t('room.privacy')}</BackLink>
      <header className="page-head">
        <h1>{t('documents.title')}</h1>
      </header>
      <p className="quiet documents-text">{t('documents.text')}</p>
      {documents.isPending && <p role="status">{t('loading.page')}</p>}
      {documents.isError && <FailureNote error={documents.error} retry={() => void documents.refetch()} />}
      {documents.data?.map((document) => (
        <Document key={document.document} document={document} />
      ))}
      <p className="documents-list">
        <a href={`/privacy/sub-processors?lang=${language}`} target="_blank" rel="noreferrer">
          {t('documents.sub-processors')}
        </a>
      </p>
    </div>
  )
}

function Document({ document }: { document: DocumentView }) {
  const { t } = useLanguage()
  const id = `document-${document.document}`
  return (
    <section className="privacy-part" aria-labelledby={id}>
      <h2 id={id}>{document.title}</h2>
      <dl className="privacy-facts">
        <div>
          <dt>{t('documents.state')}</dt>
          <dd>
            <State document={document} />
          </dd>
        </div>
        {document.version !== undefined && (
          <div>
            <dt>{t('documents.version')}</dt>
            <dd>
              <code>{document.version}</code>
            </dd>
          </div>
        )}
        {document.approval && (
          <div>
            <dt>{t('documents.approval')}</dt>
            <dd>
              <Approval approval={document.approval} />
            </dd>
          </div>
        )}
      </dl>
      {document.document === 'agreement' && <p className="quiet">{t('documents.with-policy')}</p>}
      {document.read !== undefined && <Links document={document} />}
      {document.waiting && document.mayApprove && <Waiting document={document} waiting={document.waiting} />}
      {document.versions.length > 1 && <Versions versions={document.versions} />}
      {document.places.length > 0 && <OwnParagraphs document={document} />}
    </section>
  )
}

function Links({ document: { read, data, compare } }: { document: DocumentView }) {
  const { t } = useLanguage()
  return (
    <p className="documents-links">
      <a href={read} target="_blank" rel="noreferrer">
        {t('documents.read')}
      </a>
      {compare !== undefined && (
        <a href={compare} target="_blank" rel="noreferrer">
          {t('documents.compare')}
        </a>
      )}
      {data !== undefined && <a href={data}>{t('documents.data')}</a>}
    </p>
  )
}

function State({ document: { document, version, since, waiting } }: { document: DocumentView }) {
  const { t, formats } = useLanguage()
  if (document === 'measures')
    return since === undefined
      ? t('documents.not-checked')
      : t('documents.checked', { at: formats.exact(since) })
  if (version === undefined || since === undefined) return t('documents.not-approved')
  if (document === 'record') return t(waiting ? 'documents.approved-then' : 'documents.current')
  return t('documents.in-force', { day: formats.day(since) })
}

function Approval({ approval: { at, name, role } }: { approval: NonNullable<DocumentView['approval']> }) {
  const { t, formats } = useLanguage()
  const day = formats.day(at)
  return (
    <time dateTime={at} title={formats.exact(at)}>
      {name === undefined || role === undefined
        ? t('documents.approved-on', { day })
        : t('documents.approved-by', { day, name, role })}
    </time>
  )
}

function Versions({ versions }: { versions: DocumentView['versions'] }) {
  const { t } = useLanguage()
  return (
    <details>
      <summary>{t('documents.versions')}</summary>
      <ul className="documents-versions">
        {versions.map(({ version, approval, read }) => (
          // A version may come back; its approval does not.
          <li key={approval.at}>
            <a href={read} target="_blank" rel="noreferrer">
              <code>{version}</code>
            </a>
            <Approval approval={approval} />
          </li>
        ))}
      </ul>
    </details>
  )
}
