import type { AllowanceToday } from '../../server/http/shapes.ts'
import { type MessageKey, type Translate, useLanguage } from '../languages/language.tsx'

const features: Record<string, MessageKey> = {
  'call log': 'allowance.call-log',
  recording: 'allowance.recording',
  'follow-up': 'allowance.follow-up',
  contacts: 'allowance.contacts',
  deals: 'allowance.deals',
  rights: 'allowance.rights',
  'set-up': 'allowance.set-up',
  check: 'allowance.check',
}

/** What tokens are spent on, in the order it is shown in. One this version has no word for comes last, as it is. */
export function featuresIn(spent: Iterable<Record<string, number>>): string[] {
  const used = new Set(
    [...spent].flatMap((byFeature) => Object.keys(byFeature).filter((one) => byFeature[one])),
  )
  const known = Object.keys(features).filter((feature) => used.delete(feature))
  return [...known, ...used]
}

export function featureName(feature: string, t: Translate): string {
  const name = features[feature]
  return name === undefined ? feature : t(name)
}

/** How much of the CRM's daily allowance is used, by whom, and whether it lasts. */
export function Allowance({ allowance, parts }: { allowance: AllowanceToday; parts: boolean }) {
  const { t, formats } = useLanguage()
  const { usedToday, limit, left, others, byFeature, usedUpAt } = allowance
  const used = featuresIn([byFeature])
  return (
    <>
      <p>
        {limit === undefined
          ? t('allowance.used', { used: usedToday })
          : t('allowance.used-of', { used: usedToday, limit })}
        <span className="quiet">
          {others !== undefined && `, ${t('allowance.others', { others })}`}
          {left !== undefined && `; ${t('allowance.left', { left })}`}
        </span>
      </p>
      {limit !== undefined && limit > 0 && <Bar allowance={allowance} limit={limit} />}
      {left !== undefined && left > 0 && (
        <p>
          {usedUpAt === undefined
            ? t('allowance.lasts', { time: formats.time(nextReset()) })
            : t('allowance.used-up-at', { time: formats.time(usedUpAt) })}
        </p>
      )}
      {parts && used.length > 0 && (
        <p className="quiet">
          {used
            .map((feature) => `${featureName(feature, t)} ${formats.number(byFeature[feature] ?? 0)}`)
            .join(' · ')}
        </p>
      )}
    </>
  )
}

/** Ours, other apps', what is left, and where the part begins that is kept for calls. */
function Bar({ allowance, limit }: { allowance: AllowanceToday; limit: number }) {
  const { usedToday, others = 0, reserve } = allowance
  const share = (tokens: number) => Math.min(100, (tokens / limit) * 100)
  return (
    <svg className="allowance-bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
      <rect className="bar-ground" y="2" width="100" height="4" />
      <rect className="bar-others" y="2" width={share(usedToday + others)} height="4" />
      <rect className="bar-used" y="2" width={Math.max(0.5, share(usedToday))} height="4" />
      {reserve !== undefined && (
        <line className="bar-reserve" x1={100 - share(reserve)} x2={100 - share(reserve)} y1="0" y2="8" />
      )}
    </svg>
  )
}

/** Why contacts are read less often, in a sentence. */
export function slowedWords(
  slowed: NonNullable<AllowanceToday['slowed']>,
  title: string,
  { t, formats }: Pick<ReturnType<typeof useLanguage>, 't' | 'formats'>,
): string {
  const values = { title, share: formats.percent(slowed.share) }
  if (slowed.how === 'slower') return t(`allowance.slowed.slower.${slowed.by}`, values)
  return t(`allowance.slowed.waiting.${slowed.by}`, { ...values, time: formats.time(nextReset()) })
}

/** Midnight UTC, which is most likely Pipedrive's too. */
function nextReset(): string {
  const dayMs = 86_400_000
  return new Date((Math.floor(Date.now() / dayMs) + 1) * dayMs).toISOString()
}
