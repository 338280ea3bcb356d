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
import { colourSchemeInMemory } from './theme/colour-scheme.ts'
import { theme } from './theme/theme.ts'
import './theme/styles.ts'

/** A page that has been open shorter than this is new already, and reloading would not help. */
const settledMs = 10_000

// After an upgrade the parts an open page has not loaded yet are gone from the server; the new page has its own.
globalThis.addEventListener('vite:preloadError', () => {
  if (performance.now() > settledMs) globalThis.location.reload()
})

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
