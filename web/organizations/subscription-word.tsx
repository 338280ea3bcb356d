import type { OrganizationView } from '../../server/http/shapes.ts'
import { useLanguage } from '../languages/language.tsx'

/** How a subscription stands, in a word or two. */
export function SubscriptionWord({ subscription }: Pick<OrganizationView, 'subscription'>) {
  const { t, formats } = useLanguage()
  return subscription.state === 'trial'
    ? t('organization.subscription.trial', { day: formats.plainDay(subscription.until) })
    : t(`organization.subscription.${subscription.state}`)
}
