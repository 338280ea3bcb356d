import { Button } from '@mantine/core'
import { createContext, type ReactNode, use, useEffect, useMemo, useRef, useState } from 'react'
import { useLanguage } from '../languages/language.tsx'
import { useLive } from '../live/live-provider.tsx'
import { startRinging } from './ring-sound.ts'

/** `not-asked` until the first ring; the answer lasts as long as the page is open. */
type Choice = 'not-asked' | 'asking' | 'on' | 'off'

interface RingAlert {
  choice: Choice
  choose: (on: boolean) => void
  firstRing: (callIds: readonly string[]) => void
  keepRinging: (ringing: boolean) => void
}

const RingAlertContext = createContext<RingAlert | undefined>(undefined)

export function useRingAlert(): RingAlert {
  const alert = use(RingAlertContext)
  if (alert === undefined) throw new Error('useRingAlert outside RingAlertProvider')
  return alert
}

/** For pages that the operator sees too, who takes no calls. */
export const useOptionalRingAlert = (): RingAlert | undefined => use(RingAlertContext)

/** Browsers remember the answer about notices themselves: whoever allowed them is not asked again. */
function allowedBefore(): boolean {
  return 'Notification' in globalThis && Notification.permission === 'granted'
}

/** Sound and desktop notice at an incoming call, by the tab that holds the live stream. */
export function RingAlertProvider({ children }: { children: ReactNode }) {
  const { t } = useLanguage()
  const { holds } = useLive()
  const [choice, setChoice] = useState<Choice>(() => (allowedBefore() ? 'on' : 'not-asked'))
  const [ringing, setRinging] = useState(false)
  const words = useRef('')
  words.current = t('announce.notice')

  useEffect(() => {
    return ringing && holds && choice === 'on' ? startRinging() : undefined
  }, [ringing, holds, choice])

  const alert = useMemo<RingAlert>(
    () => ({
      choice,
      choose: (on) => {
        setChoice(on ? 'on' : 'off')
        if (on && 'Notification' in globalThis && Notification.permission === 'default') {
          void Notification.requestPermission()
        }
      },
      firstRing: (callIds) => {
        if (choice === 'not-asked') setChoice('asking')
        if (choice === 'on' && holds && allowedBefore() && document.visibilityState === 'hidden') {
          // Nothing about the caller: the operating system keeps what it shows.
          for (const id of callIds) new Notification(words.current, { tag: id })
        }
      },
      keepRinging: setRinging,
    }),
    [choice, holds],
  )
  return <RingAlertContext value={alert}>{children}</RingAlertContext>
}

/** Asked once, at the first ring; it takes no focus and covers nothing of the call. */
export function RingQuestion() {
  const { t } = useLanguage()
  const { choice, choose } = useRingAlert()
  if (choice !== 'asking') return null
  return (
    <section className="ring-question" aria-label={t('ring.question')}>
      <p>{t('ring.question')}</p>
      <Button size="xs" variant="default" onClick={() => choose(true)}>
        {t('ring.yes')}
      </Button>
      <Button size="xs" variant="subtle" color="gray" onClick={() => choose(false)}>
        {t('ring.no')}
      </Button>
    </section>
  )
}
