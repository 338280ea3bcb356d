import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { type Language, languages, useLanguage } from '../languages/language.tsx'
import { policyQuery } from './policy-query.ts'

/**
 * To the public page of the policy: the notice of this organization's app where that is known already, in the reader's
 * language; in a tab of its own, because calls go on in this one.
 */
export function PolicyLink({ url, children }: { url?: string | undefined; children?: ReactNode }) {
  const { t, language } = useLanguage()
  // It is asked for by whoever is signed in: the sign-in page has nobody to ask for.
  const { data } = useQuery({ ...policyQuery, enabled: false })
  return (
    <a href={inLanguage(url ?? data?.url ?? '/privacy/policy', language)} target="_blank" rel="noreferrer">
      {children ?? t('policy.link')}
    </a>
  )
}

/**
 * The policy is in more languages than the app. Whose language the app does not speak reads English here, and the policy as
 * the browser asks for it.
 */
export function inLanguage(
  url: string,
  language: Language,
  wished: readonly string[] = navigator.languages,
): string {
  const first = wished[0]?.slice(0, 2)
  if (language === 'en' && first !== undefined && !(first in languages)) return url
  return `${url}${url.includes('?') ? '&' : '?'}lang=${language}`
}
