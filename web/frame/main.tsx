import { MantineProvider } from '@mantine/core'
import { QueryClientProvider } from '@tanstack/react-query'
import { StrictMode, useEffect, useState } from 'react'
import { createRoot } from 'react-dom/client'
import { makeQueryClient } from '../api/query-client.ts'
import { carryBearer } from '../api/request.ts'
import { LanguageProvider, loadCatalogue, preferredLanguage } from '../languages/language.tsx'
import { colourSchemeInMemory } from '../theme/colour-scheme.ts'
import { theme } from '../theme/theme.ts'
import { type FrameAddress, readAddress, withoutSecrets } from './address.ts'
import { CatchDefects } from './catch-defects.tsx'
import { FrameApp } from './frame-app.tsx'
import { FrameGate } from './frame-gate.tsx'
import { HostedSession } from './frame-session.ts'
import { connectHost, type Host } from './host.ts'
import './styles.ts'

/** What a call card needs; the panel grows with what it shows. */
const firstHeight = { window: 620, panel: 200 }

const address = readAddress(globalThis.location.search)
globalThis.history.replaceState(null, '', withoutSecrets(globalThis.location.href))
document.documentElement.dataset['mantineColorScheme'] = address.theme
document.documentElement.dataset['surface'] = address.record === undefined ? 'window' : 'panel'
const colourScheme = colourSchemeInMemory()
const queries = makeQueryClient()

/** The host waits for a word from us, so that comes first of all. */
function connected({ id }: FrameAddress): { host: Host; session: HostedSession } | undefined {
  if (id === undefined || globalThis.parent === globalThis.window) return undefined
  const height = address.record === undefined ? firstHeight.window : firstHeight.panel
  const host = connectHost({ ...address, id }, { height })
  const session = new HostedSession({ firstToken: address.token, freshToken: () => host.freshToken() })
  carryBearer(session)
  void session.open()
  return { host, session }
}

const place = connected(address)

function Themed() {
  const [scheme, setScheme] = useState(address.theme)
  useEffect(() => place?.host.onTheme(setScheme), [])
  return (
    <MantineProvider
      theme={theme}
      forceColorScheme={scheme}
      colorSchemeManager={colourScheme}
      withCssVariables={false}
      withGlobalClasses={false}
    >
      <CatchDefects>
        {place === undefined ? (
          <FrameGate why="outside" />
        ) : (
          <FrameApp host={place.host} session={place.session} record={address.record} />
        )}
      </CatchDefects>
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
          <Themed />
        </QueryClientProvider>
      </LanguageProvider>
    </StrictMode>,
  )
}

void start()
