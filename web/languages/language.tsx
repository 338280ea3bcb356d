import { type I18n, setupI18n } from '@lingui/core'
import type { CompiledMessage } from '@lingui/message-utils/compileMessage'
import { createContext, type ReactNode, use, useCallback, useEffect, useMemo, useState } from 'react'
import type en from './en.json'
import { type Formats, formatsOf } from './formats.ts'

export type Language = 'en' | 'cs'
export type MessageKey = keyof typeof en
export type Translate = (key: MessageKey, values?: Record<string, string | number>) => string

type Catalogue = Record<string, CompiledMessage>

/** Every language in its own name. */
export const languages: Record<Language, string> = { en: 'English', cs: 'Čeština' }

const catalogues: Record<Language, () => Promise<{ default: Catalogue }>> = {
  en: () => import('virtual:languages/en'),
  cs: () => import('virtual:languages/cs'),
}

/** What only the connections pages say. */
const connectionCatalogues: typeof catalogues = {
  en: () => import('virtual:languages/en/connections'),
  cs: () => import('virtual:languages/cs/connections'),
}

export async function loadCatalogue(language: Language): Promise<Catalogue> {
  return (await catalogues[language]()).default
}

/** The browser's first wish that we speak; used until a session says better. */
export function preferredLanguage(): Language {
  const wish = navigator.languages.map((tag) => tag.slice(0, 2)).find((tag) => tag in languages)
  return wish === 'cs' ? 'cs' : 'en'
}

interface LanguageValue {
  language: Language
  t: Translate
  formats: Formats
  setLanguage: (language: Language) => void
  /** loads, once, what only the connections pages say */
  connectionWords: () => Promise<void>
}

const LanguageContext = createContext<LanguageValue | undefined>(undefined)

export function useLanguage(): LanguageValue {
  const value = use(LanguageContext)
  if (value === undefined) throw new Error('useLanguage outside LanguageProvider')
  return value
}

/** For a page about connections: it is shown when its words have come. */
export function useConnectionWords(): void {
  const value = use(LanguageContext)
  if (value === undefined) throw new Error('useConnectionWords outside LanguageProvider')
  use(value.connectionWords())
}

export function LanguageProvider(props: {
  initial: Language
  messages: Catalogue
  country: string
  children: ReactNode
}) {
  const [current, setCurrent] = useState({ language: props.initial, messages: props.messages })

  const setLanguage = useCallback((language: Language) => {
    void loadCatalogue(language).then((messages) => setCurrent({ language, messages }))
  }, [])

  useEffect(() => {
    document.documentElement.lang = current.language
  }, [current.language])

  const value = useMemo(() => {
    const formats = formatsOf(current.language, props.country)
    const { language, messages } = current
    const i18n: I18n = setupI18n({
      locale: language,
      locales: [formats.locale],
      messages: { [language]: messages },
    })
    const t: Translate = (key, values) => i18n._(key, values)
    let loading: Promise<void> | undefined
    const connectionWords = () => {
      loading ??= connectionCatalogues[language]().then((more) => i18n.load(language, more.default))
      return loading
    }
    return { language, t, formats, setLanguage, connectionWords }
  }, [current, props.country, setLanguage])

  return <LanguageContext value={value}>{props.children}</LanguageContext>
}
