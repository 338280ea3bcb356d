import { IconChevronLeft } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useEffect, useMemo, useRef } from 'react'
import { FailureNote } from '../api/failure-note.tsx'
import { CallCard } from '../calls/call-card.tsx'
import { CallLinkProvider } from '../calls/call-link.tsx'
import { callQuery } from '../calls/journal-query.ts'
import { useLanguage } from '../languages/language.tsx'

/** A call looked at by hand, with the way back to where one was. */
export function PickedCall({ id, onBack }: { id: string; onBack: () => void }) {
  const { t } = useLanguage()
  const call = useQuery(callQuery(id))
  const back = useRef<HTMLButtonElement>(null)
  // What had the focus is gone from the page with the list it stood in.
  useEffect(() => back.current?.focus(), [])
  return (
    <>
      <button ref={back} type="button" className="frame-back" onClick={onBack}>
        <IconChevronLeft size={18} aria-hidden />
        {t('frame.back')}
      </button>
      {call.isPending && <p role="status">{t('loading.call')}</p>}
      {call.isError && <FailureNote error={call.error} retry={() => void call.refetch()} />}
      {call.isSuccess && <CallCard key={call.data.id} call={call.data} />}
    </>
  )
}

/** Links between calls, for everything inside: a frame has no addresses for them. */
export function PickingHere({ onPick, children }: { onPick: (id: string) => void; children: ReactNode }) {
  // One component for as long as `onPick` is the same: another one would take the focus from whoever stands on it.
  const PickHere = useMemo(
    () => (props: { callId: string; children: ReactNode }) => (
      <button type="button" onClick={() => onPick(props.callId)}>
        {props.children}
      </button>
    ),
    [onPick],
  )
  return <CallLinkProvider value={PickHere}>{children}</CallLinkProvider>
}
