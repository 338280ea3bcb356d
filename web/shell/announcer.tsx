import { useEffect, useRef, useState } from 'react'
import type { CallView } from '../../server/http/shapes.ts'
import { callLine } from '../calls/words.ts'
import { useLanguage } from '../languages/language.tsx'
import { RingQuestion, useRingAlert } from './ring-alert.tsx'

/**
 * Tells of each call that comes in, once: aloud to a screen reader (without taking the focus), and by the sound and
 * notice the person allowed.
 */
export function Announcer({ calls }: { calls: readonly CallView[] }) {
  const { t } = useLanguage()
  const alert = useRingAlert()
  const told = useRef(new Set<string>())
  const [words, setWords] = useState('')
  const ringing = calls.filter((call) => call.here === 'ringing' && call.direction === 'inbound')

  useEffect(() => {
    const fresh = ringing.filter((call) => !told.current.has(call.id))
    // Transferred back to this phone, it rings anew.
    told.current = new Set(ringing.map((call) => call.id))
    if (fresh.length > 0) {
      setWords(fresh.map((call) => t('announce.incoming', { who: callLine(call, t) })).join(' '))
      alert.firstRing(fresh.map((call) => call.id))
    }
    alert.keepRinging(ringing.length > 0)
  }, [ringing, alert, t])

  return (
    <>
      <div className="visually-hidden" aria-live="assertive">
        {words}
      </div>
      <RingQuestion />
    </>
  )
}
