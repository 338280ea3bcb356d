import type { ReactNode } from 'react'
import type { SessionView } from '../../server/http/shapes.ts'
import { useLanguage } from '../languages/language.tsx'
import { FrameMessage } from './frame-message.tsx'

/** @param props.way to the agreement, for whoever may accept it */
export function NotAgreed({ viewer, way }: { viewer: SessionView; way: ReactNode }) {
  const { t } = useLanguage()
  if (viewer.agreement !== 'waiting-for-you') {
    const organization = viewer.organization?.name ?? ''
    return <FrameMessage title={t('agreement.title')} text={t('agreement.ask', { organization })} />
  }
  return (
    <FrameMessage title={t('agreement.title')} text={t('health.reason.agreement-missing')}>
      {way}
    </FrameMessage>
  )
}
