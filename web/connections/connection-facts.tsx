import type { ReactNode } from 'react'
import type { ConnectionView } from '../../server/http/shapes.ts'
import { crmName } from '../calls/words.ts'
import { type MessageKey, useLanguage } from '../languages/language.tsx'
import { Ago } from '../time/times.tsx'
import { Allowance } from './allowance.tsx'
import { HeldGaps } from './held-gaps.tsx'

/** Kinds of deliveries the server counts. */
const countNames: Record<string, MessageKey> = {
  events: 'count.events',
  'contact changes': 'count.contact-changes',
  'no-use': 'count.no-use',
  'unknown-kind': 'count.unknown-kind',
  'too late': 'count.too-late',
  'before the agreement': 'count.before-agreement',
  'refused recordings': 'count.refused-recordings',
  'refused uninstalls': 'count.refused-uninstalls',
}

/** What is known of a connection, as a list of facts. */
export function ConnectionFacts({ connection, manage }: { connection: ConnectionView; manage: boolean }) {
  const { t, formats } = useLanguage()
  const counts = Object.entries(connection.counts)
  return (
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
