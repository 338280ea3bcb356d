import {
  IconAddressBook,
  IconAlertTriangle,
  IconCircleCheck,
  IconClockHour4,
  IconHeadset,
  IconInfoCircle,
} from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { ConnectionView } from '../../server/http/shapes.ts'
import { crmName } from '../calls/words.ts'
import type { Formats } from '../languages/formats.ts'
import { type MessageKey, type Translate, useLanguage } from '../languages/language.tsx'
import { Ago } from '../time/times.tsx'
import { Allowance, slowedWords } from './allowance.tsx'
import { AllowanceSpending } from './allowance-spending.tsx'
import { AskedSettings } from './asked-settings.tsx'
import { GenericSettings } from './generic-settings.tsx'
import { HeldGaps } from './held-gaps.tsx'
import { OwnNumbers } from './own-numbers.tsx'
import { PhoneEnds } from './phone-ends.tsx'
import { PhoneSettings } from './phone-settings.tsx'
import { PortalAppForm } from './portal-app-form.tsx'
import { Telephones } from './telephones.tsx'

const reasons = [
  'no-event-yet',
  'agreement-missing',
  'copying',
  'ok',
  'refused',
  'away',
  'allowance-used-up',
  'not-installed',
  'held',
  'held-soon',
  'held-unconfirmed',
  'held-away',
  'held-refused',
  'held-no-such-address',
  'held-not-allowed',
  'asked',
  'asked-soon',
  'asked-refused',
  'asked-away',
  'asked-not-ready',
  'asked-nobody',
  'asked-some-refused',
] as const
/** Kinds of deliveries the server counts. */
const countNames: Record<string, MessageKey> = {
  events: 'count.events',
  'contact changes': 'count.contact-changes',
  'no-use': 'count.no-use',
  'unknown-kind': 'count.unknown-kind',
  'too late': 'count.too-late',
  'before the agreement': 'count.before-agreement',
  'refused recordings': 'count.refused-recordings',
}
const healthIcons = { healthy: IconCircleCheck, waiting: IconClockHour4, trouble: IconAlertTriangle }

interface Props {
  connection: ConnectionView
  organization: string | undefined
  manage: boolean
}

export function ConnectionCard({ connection, organization, manage }: Props) {
  const { t, formats } = useLanguage()
  const HealthIcon = healthIcons[connection.health]
  const SideIcon = connection.side === 'phone' ? IconHeadset : IconAddressBook
  const counts = Object.entries(connection.counts)
  const notes = [
    ...(connection.notes ?? []).map((note) => t(`connection.note.${note}`, { title: connection.title })),
    ...(connection.allowance?.slowed === undefined
      ? []
      : [slowedWords(connection.allowance.slowed, connection.title, { t, formats })]),
  ]
  return (
    <article className="connection">
      <header>
        <SideIcon size={20} stroke={1.75} aria-hidden />
        <h2>{connection.title}</h2>
        <span className="quiet">{t(`side.${connection.side}`)}</span>
      </header>
      <p className="health" data-health={connection.health}>
        <HealthIcon size={18} stroke={1.75} aria-hidden />
        <span>
          {healthWords(connection, t, formats)}{' '}
          {connection.reason === 'agreement-missing' && (
            <Link to="/agreement">{t('health.read-agreement')}</Link>
          )}
        </span>
      </p>
      {notes.length > 0 && (
        <ul className="connection-notes">
          {notes.map((note) => (
            <li key={note}>
              <IconInfoCircle size={16} stroke={1.75} aria-hidden />
              <span>{note}</span>
            </li>
          ))}
        </ul>
      )}
      <dl className="facts">
        <Fact name="fact.last-event">
          {connection.lastEventAt === undefined ? t('fact.never') : <Ago at={connection.lastEventAt} />}
        </Fact>
        {connection.held !== undefined && (
          <Fact name="fact.gaps">
            <HeldGaps gaps={connection.held.gaps} />
          </Fact>
        )}
        {connection.asked?.compared !== undefined && (
          <Fact name="fact.compared">
            <Compared compared={connection.asked.compared} phone={connection.title} />
          </Fact>
        )}
        <Fact name="fact.counts">
          {counts.length === 0 ? (
            t('fact.none-today')
          ) : (
            <ul className="count-list">
              {counts.map(([kind, count]) => {
                const name = countNames[kind]
                return (
                  <li key={kind}>
                    <span className="figures">{formats.number(count)}</span>{' '}
                    <span className="quiet">{name === undefined ? kind : t(name, { count })}</span>
                  </li>
                )
              })}
            </ul>
          )}
        </Fact>
        {connection.mirror !== undefined && (
          <Fact name="fact.mirror">
            <Mirror mirror={connection.mirror} />
          </Fact>
        )}
        {connection.waitingCalls !== undefined && (
          <Fact name="fact.waiting-calls">
            {t('fact.waiting-calls.count', { count: connection.waitingCalls })}
          </Fact>
        )}
        {connection.allowance !== undefined && (
          <Fact name="fact.allowance">
            <Allowance allowance={connection.allowance} parts={!manage} />
          </Fact>
        )}
        {connection.side === 'crm' && (
          <Fact name="fact.installed-by">
            {connection.installedBy.length === 0 ? t('fact.nobody') : formats.list(connection.installedBy)}
          </Fact>
        )}
      </dl>
      {connection.allowance !== undefined && manage && (
        <AllowanceSpending connection={connection} organization={organization} />
      )}
      {manage && connection.portal === true && (
        <div className="connection-forms">
          <PortalAppForm connectionId={connection.id} crm={connection.title} organization={organization} />
        </div>
      )}
      {connection.side === 'phone' && manage && (
        <div className="connection-forms">
          <OwnNumbers connection={connection} organization={organization} />
          {connection.adapter === 'optimcall' && (
            <PhoneSettings connection={connection} organization={organization} />
          )}
          {connection.adapter === 'generic' && (
            <GenericSettings connection={connection} organization={organization} />
          )}
          {connection.asked !== undefined && (
            <AskedSettings connection={connection} organization={organization} />
          )}
          {/* Names of people are the organization's to see, not the operator's. */}
          {connection.asked?.ready === true && organization === undefined && (
            <Telephones connection={connection} />
          )}
          <PhoneEnds connection={connection} organization={organization} />
        </div>
      )}
    </article>
  )
}

function Fact({ name, children }: { name: MessageKey; children: ReactNode }) {
  const { t } = useLanguage()
  return (
    <div>
      <dt>{t(name, { crm: crmName })}</dt>
      <dd>{children}</dd>
    </div>
  )
}

/** Whether calls were missing, when the phone system's own list was last compared with ours. */
function Compared(props: { compared: { at: string; calls: number; missing: number }; phone: string }) {
  const { t } = useLanguage()
  const { at, calls, missing } = props.compared
  const key = missing === 0 ? 'compared.all' : 'compared.missing'
  return (
    <>
      {t(key, { phone: props.phone, calls, missing })}{' '}
      <span className="quiet">
        <Ago at={at} />
      </span>
    </>
  )
}

function Mirror({ mirror }: { mirror: NonNullable<ConnectionView['mirror']> }) {
  const { t } = useLanguage()
  if (mirror.state === 'not-started') return <>{t('mirror.not-started')}</>
  const counted = { persons: mirror.persons, numbers: mirror.numbers }
  return (
    <>
      {t(`mirror.${mirror.state}`, counted)}{' '}
      <span className="quiet">
        {mirror.state === 'complete' && mirror.completedAt !== undefined && <Ago at={mirror.completedAt} />}
      </span>
    </>
  )
}

/** Health in a sentence. A reason this version has no words for falls back to the health alone. */
export function healthWords(
  connection: Pick<ConnectionView, 'health' | 'reason' | 'title' | 'endsAt' | 'ends' | 'held'>,
  t: Translate,
  formats: Formats,
): string {
  const { title, endsAt, ends } = connection
  if (connection.reason === 'probably-uninstalled' && endsAt !== undefined && ends !== undefined)
    return t(`health.reason.probably-uninstalled.${ends}`, { title, date: formats.day(endsAt) })
  const reason = reasons.find((known) => known === connection.reason)
  const since = connection.held === undefined ? '' : formats.timeOrDay(connection.held.since, Date.now())
  return reason === undefined
    ? t(`health.${connection.health}`)
    : t(`health.reason.${reason}`, { title: connection.title, since })
}
