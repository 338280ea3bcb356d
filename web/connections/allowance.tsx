import type { ConnectionView } from '../../server/http/shapes.ts'
import { type MessageKey, useLanguage } from '../languages/language.tsx'

const features: Record<string, MessageKey> = {
  'call log': 'allowance.call-log',
  recording: 'allowance.recording',
  'follow-up': 'allowance.follow-up',
  contacts: 'allowance.contacts',
  deals: 'allowance.deals',
  'set-up': 'allowance.set-up',
  check: 'allowance.check',
}

/** What was spent of the CRM's daily allowance, and on what. */
export function Allowance({ allowance }: { allowance: NonNullable<ConnectionView['allowance']> }) {
  const { t, formats } = useLanguage()
  const { usedToday, limit, left } = allowance
  const share = limit === undefined || limit === 0 ? undefined : Math.min(1, usedToday / limit)
  const parts = Object.entries(allowance.byFeature).filter(([, used]) => used > 0)
  return (
    <>
      <p>
        {limit === undefined
          ? t('allowance.used', { used: usedToday })
          : t('allowance.used-of', { used: usedToday, limit })}
        {left !== undefined && <span className="quiet"> {t('allowance.left', { left })}</span>}
      </p>
      {share !== undefined && (
        <svg className="allowance-bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
          <rect className="bar-ground" width="100" height="4" />
          <rect className="bar-used" width={Math.max(0.5, share * 100)} height="4" />
        </svg>
      )}
      {parts.length > 0 && (
        <p className="quiet">
          {parts
            .map(([feature, used]) => {
              const name = features[feature]
              return `${name === undefined ? feature : t(name)} ${formats.number(used)}`
            })
            .join(' · ')}
        </p>
      )}
    </>
  )
}
