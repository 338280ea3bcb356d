import type { DealTitles, DealView } from '../../server/http/shapes.ts'
import type { MessageKey, Translate } from '../languages/language.tsx'
import { type DealRef, dealKey } from './deal-query.ts'
import { crmName } from './words.ts'

/** How a deal is called: by its title where the viewer may see it, otherwise by its number. */
export function dealName(deal: DealRef, titles: DealTitles | undefined, t: Translate): string {
  const title = titles?.deals.find((one) => dealKey(one) === dealKey(deal))?.title
  if (title !== undefined) return title
  return t(`deal.by-id.${deal.kind}`, { id: deal.externalId.slice(0, 8) })
}

/** What will become or has become of the link, in one line; undefined where the name alone says it. */
export function dealStateWords({ state, why }: DealView, t: Translate): string | undefined {
  const names = { crm: crmName }
  switch (state) {
    case 'nothing':
    case 'linked':
      return undefined
    case 'ask':
      return t('deal.ask.text', names)
    case 'failed':
      return t(why === 'log-unknown' ? 'deal.state.failed-unknown' : 'deal.state.failed', names)
    case 'changing':
      return t(changingKey(why), names)
    default:
      return t(`deal.state.${state}`, names)
  }
}

function changingKey(why: string | undefined): MessageKey {
  if (why === 'away' || why === 'outcome-unknown') return 'deal.state.changing-away'
  return why === 'refused' || why === 'not-installed' ? 'deal.state.changing-refused' : 'deal.state.changing'
}

/** Those to pick from: the ones the viewer may see, and the one that was picked already. */
export function dealsToPick(deal: DealView, titles: DealTitles | undefined): DealRef[] {
  const seen = titles?.read === 'own' ? new Set(titles.deals.map(dealKey)) : undefined
  const open = deal.open.filter((one) => seen === undefined || seen.has(dealKey(one)))
  const picked = deal.deal
  return picked === undefined || open.some((one) => dealKey(one) === dealKey(picked))
    ? open
    : [picked, ...open]
}

/** Whether there is a choice to make: between several, or because the one there is was not linked. */
export function mayPick(deal: DealView): boolean {
  if (deal.state === 'nothing') return false
  const [only, ...more] = deal.open
  if (only === undefined) return false
  return more.length > 0 || !['only', 'linked'].includes(deal.state)
}
