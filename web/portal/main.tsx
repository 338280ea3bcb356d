import { MantineProvider } from '@mantine/core'
import { useColorScheme } from '@mantine/hooks'
import { QueryClientProvider } from '@tanstack/react-query'
import { type ReactNode, StrictMode, useLayoutEffect } from 'react'
import { createRoot } from 'react-dom/client'
import { makeQueryClient } from '../api/query-client.ts'
import { carryBearer } from '../api/request.ts'
import { CatchDefects } from '../frame/catch-defects.tsx'
import { FrameMessage } from '../frame/frame-message.tsx'
import { LanguageProvider, loadCatalogue, preferredLanguage, useLanguage } from '../languages/language.tsx'
import { colourSchemeInMemory } from '../theme/colour-scheme.ts'
import { theme } from '../theme/theme.ts'
import { connectPortal } from './host.ts'
import { PortalSession, takePage } from './page.ts'
import { PortalApp } from './portal-app.tsx'
import '../frame/styles.ts'

const said = takePage()
const host = connectPortal()
const queries = makeQueryClient()
document.documentElement.dataset['surface'] = 'window'
const open =
  said?.state === 'open' ? { session: new PortalSession(said.token), userId: said.userId } : undefined
if (open) carryBearer(open.session)

function Page() {
  const { t } = useLanguage()
  if (open) return <PortalApp host={host} {...open} />
  const why = said?.state === 'problem' ? said.problem : 'expired'
  return <FrameMessage title={t('portal.not-open')} text={t(`portal.problem.${why}`)} urgent />
}

/** The portal says nothing of its theme: the device's, also when that changes. */
function Themed({ children }: { children: ReactNode }) {
  const scheme = useColorScheme('light', { getInitialValueInEffect: false })
  useLayoutEffect(() => {
    document.documentElement.dataset['mantineColorScheme'] = scheme
  }, [scheme])
  return (
    <MantineProvider
      theme={theme}
      forceColorScheme={scheme}
      colorSchemeManager={colourSchemeInMemory()}
      withCssVariables={false}
      withGlobalClasses={false}
    >
      {children}
    </MantineProvider>
  )
}

async function start(): Promise<void> {
  const language = preferredLanguage()
  const messages = await loadCatalogue(language)
  const app = document.getElementById('app')
  if (app === null) throw new Error('index.html has no #app')
  createRoot(app).render(
    <StrictMode>
      <LanguageProvider initial={language} messages={messages} country="">
        <QueryClientProvider client={queries}>
          <Themed>
            <CatchDefects>
              <Page />
            </CatchDefects>
          </Themed>
        </QueryClientProvider>
      </LanguageProvider>
    </StrictMode>,
  )
  // Told last: the portal then opens the app's own page in place of this one.
  if (said?.state === 'open' && said.finishes) host.finishInstall()
}

void start()
