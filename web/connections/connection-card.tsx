import {
  IconAddressBook,
  IconAlertTriangle,
  IconCircleCheck,
  IconClockHour4,
  IconHeadset,
  IconInfoCircle,
} from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { ConnectionView } from '../../server/http/shapes.ts'
import { useLanguage } from '../languages/language.tsx'
import { slowedWords } from './allowance.tsx'
import { AllowanceSpending } from './allowance-spending.tsx'
import { ConnectionFacts } from './connection-facts.tsx'
import { ConnectionForms } from './connection-forms.tsx'
import { healthWords } from './health-words.ts'

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
      <ConnectionFacts connection={connection} manage={manage} />
      {connection.allowance !== undefined && manage && (
        <AllowanceSpending connection={connection} organization={organization} />
      )}
      {manage && <ConnectionForms connection={connection} organization={organization} />}
    </article>
  )
}
