import { MantineProvider } from '@mantine/core'
import { QueryClientProvider } from '@tanstack/react-query'
import { type ReactNode, StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { makeQueryClient } from '../api/query-client.ts'
import { LanguageProvider, loadCatalogue, preferredLanguage } from '../languages/language.tsx'
import { colourSchemeInMemory } from '../theme/colour-scheme.ts'
import { theme } from '../theme/theme.ts'
import { CatchDefects } from './catch-defects.tsx'

const colourScheme = colourSchemeInMemory()
const queries = makeQueryClient()

/** A page that is shown inside another product; who reads it is known only later. */
export async function mount(page: ReactNode): Promise<void> {
  const language = preferredLanguage()
  const messages = await loadCatalogue(language)
  const app = document.getElementById('app')
  if (app === null) throw new Error('index.html has no #app')
  createRoot(app).render(
    <StrictMode>
      <LanguageProvider initial={language} messages={messages} country="">
        <QueryClientProvider client={queries}>{page}</QueryClientProvider>
      </LanguageProvider>
    </StrictMode>,
  )
}

/** The colours are those of the product around it. */
export function Coloured({ scheme, children }: { scheme: 'light' | 'dark'; children: ReactNode }) {
  return (
    <MantineProvider
      theme={theme}
      forceColorScheme={scheme}
      colorSchemeManager={colourScheme}
      withCssVariables={false}
      withGlobalClasses={false}
    >
      <CatchDefects>{children}</CatchDefects>
    </MantineProvider>
  )
}
