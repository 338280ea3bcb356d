import { MantineProvider } from '@mantine/core'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { makeQueryClient } from './api/query-client.ts'
import { LanguageProvider, loadCatalogue, preferredLanguage } from './languages/language.tsx'
import { makeRouter } from './router.tsx'
import { takeLinkToken } from './session/link-token.ts'
import { sessionQuery } from './session/session-query.ts'
import { reloadWhenUpgraded } from './shell/until-loaded.ts'
import { colourSchemeInMemory } from './theme/colour-scheme.ts'
import { theme } from './theme/theme.ts'
import './theme/styles.ts'

globalThis.addEventListener('vite:preloadError', () => void reloadWhenUpgraded())

const linkToken = takeLinkToken()
const queries = makeQueryClient()
const colourScheme = colourSchemeInMemory()

/** The session decides the language, so it is asked first; without an answer the browser's own wish counts. */
async function start(): Promise<void> {
  // On the way in nobody is signed in yet, and asking would only be refused.
  const atTheDoor = globalThis.location.pathname === '/sign-in'
  const session = atTheDoor ? null : await queries.fetchQuery(sessionQuery).catch(() => null)
  const language = session?.language ?? preferredLanguage()
  const messages = await loadCatalogue(language)
  const router = makeRouter({ queries, linkToken })
  const app = document.getElementById('app')
  if (app === null) throw new Error('index.html has no #app')
  createRoot(app).render(
    <StrictMode>
      <MantineProvider
        theme={theme}
        defaultColorScheme="auto"
        colorSchemeManager={colourScheme}
        withCssVariables={false}
        withGlobalClasses={false}
      >
        <LanguageProvider initial={language} messages={messages} country={session?.country ?? ''}>
          <QueryClientProvider client={queries}>
            <RouterProvider router={router} />
          </QueryClientProvider>
        </LanguageProvider>
      </MantineProvider>
    </StrictMode>,
  )
}

void start()
