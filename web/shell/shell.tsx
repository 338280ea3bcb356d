import { useQuery } from '@tanstack/react-query'
import { Link, Outlet, useRouterState } from '@tanstack/react-router'
import { lazy, type ReactNode, Suspense, useState } from 'react'
import { CallLinkProvider } from '../calls/call-link.tsx'
import { deskQuery } from '../calls/desk-query.ts'
import { DialNotice } from '../calls/dial-notice.tsx'
import { useLanguage } from '../languages/language.tsx'
import { LiveProvider } from '../live/live-provider.tsx'
import { PolicyAnnouncement } from '../privacy/policy-announcement.tsx'
import { useSession } from '../session/use-session.ts'
import { Announcer } from './announcer.tsx'
import { NoticeStrip } from './notice-strip.tsx'
import { Rail } from './rail.tsx'
import { RingAlertProvider } from './ring-alert.tsx'
import { RingStrip } from './ring-strip.tsx'
import './shell.css'
import { useShortcuts } from './shortcuts.ts'
import { TopBar } from './top-bar.tsx'
import { TrialLine } from './trial-line.tsx'

import { untilLoaded } from './until-loaded.ts'

const Palette = lazy(untilLoaded(() => import('./palette.tsx')))
const ShortcutList = lazy(untilLoaded(() => import('./shortcut-list.tsx')))

/** The frame around every room. */
export function Shell() {
  return useSession().kind === 'user' ? <UserShell /> : <Frame />
}

/** For those who take calls: with the live stream, and everything that tells of a call that comes in. */
function UserShell() {
  return (
    <LiveProvider>
      <RingAlertProvider>
        <Frame />
        <CallTeller />
        <DialNotice />
      </RingAlertProvider>
    </LiveProvider>
  )
}

function CallTeller() {
  const { data } = useQuery(deskQuery)
  const path = useRouterState({ select: (state) => state.location.pathname })
  const calls = data?.calls ?? []
  return (
    <>
      <Announcer calls={calls} />
      {path !== '/' && <RingStrip calls={calls} />}
    </>
  )
}

function LinkToJournal({ callId, children }: { callId: string; children: ReactNode }) {
  return (
    <Link to="/calls/$callId" params={{ callId }}>
      {children}
    </Link>
  )
}

function Frame() {
  const { t } = useLanguage()
  const session = useSession()
  const [narrow, setNarrow] = useState(false)
  const [open, setOpen] = useState<'palette' | 'shortcuts' | undefined>()
  useShortcuts({ palette: () => setOpen('palette'), list: () => setOpen('shortcuts') })
  const close = (): void => setOpen(undefined)

  return (
    <div className="shell" data-rail={narrow ? 'narrow' : 'wide'}>
      <a href="#main" className="skip-link">
        {t('shell.skip')}
      </a>
      <Rail session={session} narrow={narrow} onNarrow={setNarrow} />
      <div className="shell-body">
        <TopBar
          session={session}
          onPalette={() => setOpen('palette')}
          onShortcuts={() => setOpen('shortcuts')}
        />
        <PolicyAnnouncement />
        {session.role === 'administrator' && <NoticeStrip />}
        <TrialLine />
        <main id="main" tabIndex={-1}>
          <CallLinkProvider value={LinkToJournal}>
            <Outlet />
          </CallLinkProvider>
        </main>
      </div>
      <Suspense>
        {open === 'palette' && <Palette session={session} onClose={close} />}
        {open === 'shortcuts' && <ShortcutList onClose={close} />}
      </Suspense>
    </div>
  )
}
