import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { FailureNote } from '../api/failure-note.tsx'
import { ApiFailure } from '../api/request.ts'
import { callsWithPersonQuery } from '../calls/journal-query.ts'
import { useLanguage } from '../languages/language.tsx'
import { PolicyAnnouncement } from '../privacy/policy-announcement.tsx'
import type { FrameAddress } from './address.ts'
import { PersonCallRows } from './call-rows.tsx'
import { PickedCall, PickingHere } from './picked-call.tsx'

type Record = NonNullable<FrameAddress['record']>

/** The panel beside a record of the host: our calls with that person. */
export function RecordPanel({ record }: { record: Record }) {
  const { t } = useLanguage()
  const [picked, pick] = useState<string>()
  return (
    <main className="frame frame-panel" aria-label={t('frame.person')}>
      <PolicyAnnouncement />
      <h1 className="visually-hidden">{t('frame.person')}</h1>
      <PickingHere onPick={pick}>
        {picked !== undefined ? (
          <PickedCall key={picked} id={picked} onBack={() => pick(undefined)} />
        ) : record.kind === 'person' ? (
          <PersonCalls externalId={record.id} onPick={pick} />
        ) : (
          <p className="quiet">{t('frame.not-a-person')}</p>
        )}
      </PickingHere>
    </main>
  )
}

/** The calls of the last seven days with one person, as far as the viewer may see them. */
export function PersonCalls({ externalId, onPick }: { externalId: string; onPick: (id: string) => void }) {
  const { t } = useLanguage()
  const page = useQuery(callsWithPersonQuery(externalId))
  if (page.isPending) return <p role="status">{t('loading.calls')}</p>
  if (page.isError) {
    const unknown = page.error instanceof ApiFailure && page.error.status === 404
    if (!unknown) return <FailureNote error={page.error} retry={() => void page.refetch()} />
    return <p className="quiet">{t('frame.person.unknown')}</p>
  }
  if (page.data.calls.length === 0) return <p className="quiet">{t('frame.person.none')}</p>
  return <PersonCallRows calls={page.data.calls} onPick={onPick} />
}
