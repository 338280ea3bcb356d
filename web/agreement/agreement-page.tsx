import { Button, NativeSelect } from '@mantine/core'
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { AgreementView, SessionView } from '../../server/http/shapes.ts'
import { FailureNote } from '../api/failure-note.tsx'
import { request } from '../api/request.ts'
import { useLanguage } from '../languages/language.tsx'
import { PolicyLink } from '../privacy/policy-link.tsx'
import { policyQuery } from '../privacy/policy-query.ts'
import { sessionQuery } from '../session/session-query.ts'
import { signOut } from '../session/sign-out.ts'
import { useSession } from '../session/use-session.ts'
import { Wordmark } from '../shell/mark.tsx'
import './agreement.css'

/** The agreement, to be read; whoever is entitled accepts it here, others see who has to. */
export function AgreementPage() {
  const { t } = useLanguage()
  const session = useSession()
  const [language, setLanguage] = useState<AgreementView['language']>(session.language)
  const agreement = useQuery({
    queryKey: ['agreement', language],
    queryFn: ({ signal }) => request<AgreementView>('GET', `/agreement?lang=${language}`, { signal }),
    placeholderData: keepPreviousData, // what is read stays until the other language is there
  })
  const policy = useQuery(policyQuery)
  return (
    <div className="agreement">
      <title>{t('title', { page: t('agreement.title') })}</title>
      <header className="agreement-top">
        <Wordmark />
        <Button variant="subtle" color="gray" size="xs" onClick={() => void signOut()}>
          {t('user.sign-out')}
        </Button>
      </header>
      <main>
        {agreement.isPending && <p role="status">{t('loading.page')}</p>}
        {agreement.isError && <FailureNote error={agreement.error} retry={() => void agreement.refetch()} />}
        {agreement.isSuccess && (
          <>
            <LanguageChoice agreement={agreement.data} choose={setLanguage} />
            <Text agreement={agreement.data} />
            <p className="agreement-policy">
              <PolicyLink url={policy.data?.url} />
            </p>
            <Decision agreement={agreement.data} session={session} />
          </>
        )}
      </main>
    </div>
  )
}

/** Whoever accepts it reads it in a language of their own: it is in more than the app. */
function LanguageChoice({
  agreement: { language, languages },
  choose,
}: {
  agreement: AgreementView
  choose: (language: AgreementView['language']) => void
}) {
  const { t } = useLanguage()
  if (languages.length < 2) return null
  return (
    <NativeSelect
      className="agreement-language"
      size="xs"
      label={t('agreement.language')}
      value={language}
      data={languages.map((value) => ({ value, label: nameOf(value) }))}
      onChange={(event) => {
        const chosen = languages.find((one) => one === event.currentTarget.value)
        if (chosen) choose(chosen)
      }}
    />
  )
}

/** As the language calls itself, at the beginning of a line. */
function nameOf(language: string): string {
  const name = new Intl.DisplayNames([language], { type: 'language' }).of(language) ?? language
  return name.charAt(0).toLocaleUpperCase(language) + name.slice(1)
}

function Text({ agreement }: { agreement: AgreementView }) {
  const { t } = useLanguage()
  return (
    <article lang={agreement.language}>
      <h1>{agreement.title}</h1>
      <p className="quiet">{t('agreement.version', { version: agreement.version })}</p>
      {agreement.blocks.map((block, index) =>
        // The text is fixed within a version: the place of a paragraph is its identity.
        'heading' in block ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: see above
          <h2 key={index}>{block.heading}</h2>
        ) : 'own' in block ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: see above
          <aside key={index} className="agreement-own">
            <p className="quiet">
              {t('documents.added-by', { by: block.own.by || t('documents.operator') })}
            </p>
            <p lang={block.own.language}>{block.own.text}</p>
          </aside>
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: see above
          <p key={index}>{block.text}</p>
        ),
      )}
    </article>
  )
}

function Decision({ agreement, session }: { agreement: AgreementView; session: SessionView }) {
  const { t, formats } = useLanguage()
  if (session.agreement === 'waiting-for-you') return <Accept agreement={agreement} session={session} />
  if (session.agreement === 'waiting-for-an-administrator') return <AskAdministrator session={session} />
  return (
    <footer className="agreement-decision">
      {agreement.acceptedAt !== undefined && (
        <p>
          {agreement.acceptedBy === undefined
            ? t('agreement.accepted', { at: formats.exact(agreement.acceptedAt) })
            : t('agreement.accepted-by', {
                at: formats.exact(agreement.acceptedAt),
                name: agreement.acceptedBy,
              })}
        </p>
      )}
      <Link to="/">{t('not-found.desk')}</Link>
    </footer>
  )
}

function Accept({ agreement, session }: { agreement: AgreementView; session: SessionView }) {
  const { t } = useLanguage()
  const queries = useQueryClient()
  const navigate = useNavigate()
  const accept = useMutation({
    mutationFn: () => request<unknown>('POST', '/agreement/accept', { body: { version: agreement.version } }),
    onSuccess: async () => {
      await queries.fetchQuery({ ...sessionQuery, staleTime: 0 })
      await queries.invalidateQueries({ queryKey: ['agreement'] })
      await navigate({ to: '/connections' })
    },
  })
  return (
    <footer className="agreement-decision">
      <p>{t('agreement.accept.text', { organization: session.organization?.name ?? '' })}</p>
      {accept.isError && <FailureNote error={accept.error} />}
      <Button size="md" loading={accept.isPending} onClick={() => accept.mutate()}>
        {t('agreement.accept')}
      </Button>
    </footer>
  )
}

/** Looks again every so often, so that the page gives way by itself once the agreement is accepted. */
function AskAdministrator({ session }: { session: SessionView }) {
  const { t } = useLanguage()
  const navigate = useNavigate()
  useQuery({
    ...sessionQuery,
    refetchInterval: 15_000,
    select: (fresh) => {
      if (fresh?.agreement === 'accepted') void navigate({ to: '/' })
      return fresh
    },
  })
  return (
    <footer className="agreement-decision">
      <p role="status">{t('agreement.ask', { organization: session.organization?.name ?? '' })}</p>
    </footer>
  )
}
