import { Button, Menu } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { FailureNote } from '../api/failure-note.tsx'
import { request } from '../api/request.ts'
import { type Language, languages, useLanguage } from '../languages/language.tsx'
import { PolicyLink } from '../privacy/policy-link.tsx'
import { Wordmark } from '../shell/mark.tsx'
import './sign-in.css'

const route = getRouteApi('/sign-in')
const problems = [
  'denied',
  'unknown-company',
  'other-company',
  'expired',
  'refused',
  'away',
  'leaving',
  'ended',
  'recording',
] as const

interface SignInWays {
  ways: { crm: string; title: string; url: string }[]
}

/** Sign-in through the CRM, without a password here; the operator's link is exchanged on arrival. */
export function SignInPage() {
  const { t } = useLanguage()
  const { linkToken } = route.useRouteContext()
  return (
    <main className="sign-in">
      <title>{t('title', { page: t('sign-in.title') })}</title>
      <Wordmark />
      {linkToken === undefined ? <Ways /> : <LinkSignIn token={linkToken} />}
      <footer>
        <LanguageChoice />
        <PolicyLink />
      </footer>
    </main>
  )
}

function Ways() {
  const { t } = useLanguage()
  const { problem } = route.useSearch()
  const known = problems.find((code) => code === problem)
  const ways = useQuery({
    queryKey: ['sign-in'],
    queryFn: ({ signal }) => request<SignInWays>('GET', '/sign-in', { signal }),
  })
  return (
    <section className="sign-in-box">
      <h1>{t('sign-in.title')}</h1>
      <p>{t('sign-in.text')}</p>
      {problem !== undefined && (
        <p className="note note-trouble" role="alert">
          {t(`sign-in.problem.${known ?? 'refused'}`)}
        </p>
      )}
      {ways.isPending && <p role="status">{t('loading.page')}</p>}
      {ways.isError && <FailureNote error={ways.error} retry={() => void ways.refetch()} />}
      {ways.data?.ways.map((way) => (
        <Button key={way.crm} component="a" href={way.url} size="md" fullWidth>
          {t('sign-in.with', { crm: way.title })}
        </Button>
      ))}
      {ways.data?.ways.length === 0 && <p className="quiet">{t('sign-in.no-way')}</p>}
      <p className="quiet sign-in-small">{t('sign-in.kept')}</p>
    </section>
  )
}

function LinkSignIn({ token }: { token: string }) {
  const { t } = useLanguage()
  const [error, setError] = useState<unknown>()
  useEffect(() => {
    exchange(token).catch(setError)
  }, [token])
  return (
    <section className="sign-in-box">
      <h1>{t('sign-in.title')}</h1>
      {error === undefined ? (
        <p role="status">{t('sign-in.link.working')}</p>
      ) : (
        <>
          <p className="note note-trouble" role="alert">
            {t('sign-in.link.spent')}
          </p>
          <p className="quiet">{t('sign-in.link.new')}</p>
        </>
      )}
    </section>
  )
}

const exchanges = new Map<string, Promise<void>>()

/** A link works once, so it is sent once, however often the page is drawn. */
function exchange(token: string): Promise<void> {
  const running =
    exchanges.get(token) ??
    request<unknown>('POST', '/session/link', { body: { token } }).then(() =>
      globalThis.location.replace('/'),
    )
  exchanges.set(token, running)
  return running
}

function LanguageChoice() {
  const { t, language, setLanguage } = useLanguage()
  return (
    <Menu position="top">
      <Menu.Target>
        <button
          type="button"
          className="language-button"
          aria-label={t('user.language.now', { language: languages[language] })}
        >
          {languages[language]}
          <IconChevronDown size={14} aria-hidden />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {(Object.keys(languages) as Language[]).map((code) => (
          <Menu.Item key={code} lang={code} onClick={() => setLanguage(code)}>
            {languages[code]}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
