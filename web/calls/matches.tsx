import { Button } from '@mantine/core'
import { IconExternalLink } from '@tabler/icons-react'
import type { CallView, MatchView } from '../../server/http/shapes.ts'
import { useLanguage } from '../languages/language.tsx'
import { crmName, matchName } from './words.ts'

/** Why this name; with several, all of them, the best first; with none, what that means. */
export function Matches({ call, matches }: { call: CallView; matches: readonly MatchView[] }) {
  const { t } = useLanguage()
  const [only] = matches
  if (only === undefined) return <Unmatched call={call} />
  if (matches.length === 1) {
    return (
      <section className="card-part">
        <h3>{t('card.why')}</h3>
        <p>
          <Why match={only} />
        </p>
      </section>
    )
  }
  return (
    <section className="card-part">
      <h3>{t('card.share', { count: matches.length })}</h3>
      <ul className="match-list">
        {matches.map((match) => (
          <li key={match.personId}>
            <span className="match-name">{matchName(match, t)}</span>
            {!match.hidden && match.company !== undefined && (
              <span className="match-company">{match.company}</span>
            )}
            <span className="match-why">
              <Why match={match} />
            </span>
            <OpenPerson match={match} small />
          </li>
        ))}
      </ul>
    </section>
  )
}

function Unmatched({ call }: { call: CallView }) {
  const { t } = useLanguage()
  if (call.direction === 'internal') return null
  const withheld = call.remote.kind === 'withheld'
  return (
    <section className="card-part">
      <h3>{t('card.why.none')}</h3>
      <p className="quiet">{t(withheld ? 'card.withheld' : 'card.unmatched', { crm: crmName })}</p>
    </section>
  )
}

function Why({ match }: { match: MatchView }) {
  const { t } = useLanguage()
  return (
    <>
      {t(`match.${match.why}`)}
      {!match.hidden && match.typed !== '' && (
        <>
          <span className="quiet"> · </span>
          <span className="quiet figures match-typed">
            {t('match.typed', { crm: crmName, typed: match.typed })}
          </span>
        </>
      )}
    </>
  )
}

export function OpenPerson({ match, small = false }: { match: MatchView; small?: boolean }) {
  const { t } = useLanguage()
  // A hidden person's address would tell who it is to anybody who can open it, and nothing to others.
  if (match.hidden) return null
  const words = t('match.open', { crm: crmName })
  return small ? (
    <a
      className="match-open"
      href={match.url}
      target="_blank"
      rel="noreferrer"
      aria-label={`${words}: ${match.name}`}
    >
      <IconExternalLink size={16} stroke={1.75} aria-hidden />
    </a>
  ) : (
    <Button
      component="a"
      href={match.url}
      target="_blank"
      rel="noreferrer"
      variant="filled"
      rightSection={<IconExternalLink size={16} stroke={1.75} aria-hidden />}
    >
      {words}
    </Button>
  )
}
