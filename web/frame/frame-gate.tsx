import { Button } from '@mantine/core'
import { IconExternalLink } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { type MessageKey, useLanguage } from '../languages/language.tsx'
import { FrameMessage } from './frame-message.tsx'
import type { ProblemKind } from './problem.ts'

/** Where a person goes to change it: a page of ours, in a tab of its own, because a frame is no place to sign in. */
const ways: Partial<Record<ProblemKind, { label: MessageKey; href: () => string }>> = {
  outside: { label: 'frame.desk', href: () => '/' },
  'host-silent': { label: 'frame.desk', href: () => '/' },
  'not-installed': {
    label: 'frame.connect',
    href: () => globalThis.location.pathname.replace(/panel\/?$/, 'install'),
  },
  defect: { label: 'frame.desk', href: () => '/' },
}

/** Instead of calls: what happened, what it means, and what to do now. */
export function FrameGate({ why, retry }: { why: ProblemKind; retry?: () => Promise<unknown> }) {
  const { t } = useLanguage()
  const [trying, setTrying] = useState(false)
  const way = ways[why]
  const again = (): void => {
    setTrying(true)
    if (retry === undefined) globalThis.location.reload()
    else void retry().finally(() => setTrying(false))
  }
  return (
    <FrameMessage title={t(`frame.problem.${why}.happened`)} text={t(`frame.problem.${why}.todo`)} urgent>
      {way !== undefined && <WayOut href={way.href()}>{t(way.label)}</WayOut>}
      {why !== 'outside' && (
        <Button variant="default" loading={trying} onClick={again}>
          {t('action.try-again')}
        </Button>
      )}
    </FrameMessage>
  )
}

export function WayOut({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Button
      component="a"
      href={href}
      target="_blank"
      rel="noreferrer"
      rightSection={<IconExternalLink size={16} stroke={1.75} aria-hidden />}
    >
      {children}
    </Button>
  )
}
