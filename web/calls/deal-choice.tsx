import { Radio } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { CallView, DealTitles, DealView } from '../../server/http/shapes.ts'
import { failureSentences } from '../api/failure-note.tsx'
import { request } from '../api/request.ts'
import { useLanguage } from '../languages/language.tsx'
import { applyCall } from '../live/apply.ts'
import { callPath, type DealRef, dealKey, dealStateQuery, titlesQuery } from './deal-query.ts'
import { dealName, dealStateWords, dealsToPick, mayPick } from './deal-words.ts'
import { crmName } from './words.ts'

/** Which deal or lead the call is about: a line where that is clear, a list to pick from where it is not. */
export function CallDeal({ call }: { call: CallView }) {
  const asked = useQuery(dealStateQuery(call))
  const deal = call.deal ?? asked.data
  if (deal === undefined || deal.state === 'nothing') return null
  return <Deal call={call} deal={deal} />
}

function Deal({ call, deal }: { call: CallView; deal: DealView }) {
  const { t } = useLanguage()
  const named = deal.deal === undefined ? deal.open : [deal.deal, ...deal.open]
  const titles = useQuery(titlesQuery(call.id, named))
  const words = dealStateWords(deal, t)
  const withoutTitles = titles.data?.read === 'own' ? undefined : titles.data?.read
  return (
    <section className="card-part call-deal">
      <h3>{t('deal.title')}</h3>
      <div>
        {mayPick(deal) ? (
          <Pick call={call} deal={deal} titles={titles.data} />
        ) : (
          <>
            {deal.deal !== undefined && <p className="deal-name">{dealName(deal.deal, titles.data, t)}</p>}
            {words !== undefined && <p className="quiet">{words}</p>}
          </>
        )}
        {withoutTitles !== undefined && (
          <p className="quiet">{t(`deal.untitled.${withoutTitles}`, { crm: crmName })}</p>
        )}
      </div>
    </section>
  )
}

const none = 'none'

function Pick(props: { call: CallView; deal: DealView; titles: DealTitles | undefined }) {
  const { call, deal, titles } = props
  const { t } = useLanguage()
  const choose = useChoice(call.id)
  const deals = dealsToPick(deal, titles)
  if (deals.length === 0) return <p className="quiet">{t('deal.none-to-see', { crm: crmName })}</p>
  const chosen = choose.isPending ? choose.variables : deal.deal
  const nobodyChose = deal.state === 'ask' || deal.state === 'another'
  const value = chosen !== undefined ? dealKey(chosen) : nobodyChose && !choose.isPending ? '' : none
  return (
    <>
      <Radio.Group
        label={t('deal.ask')}
        description={dealStateWords(deal, t)}
        value={value}
        onChange={(key) => choose.mutate(deals.find((one) => dealKey(one) === key))}
      >
        <div className="choices">
          {deals.map((one) => (
            <Radio
              key={dealKey(one)}
              value={dealKey(one)}
              label={dealName(one, titles, t)}
              description={t(`deal.kind.${one.kind}`)}
            />
          ))}
          <Radio value={none} label={t('deal.none-of-them')} />
        </div>
      </Radio.Group>
      {choose.isError && (
        <p role="alert" className="trouble">
          {failureSentences(choose.error, t)}
        </p>
      )}
    </>
  )
}

/** Stores what was picked; the answer is the call as it is then, for every list that shows it. */
function useChoice(callId: string) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (deal: DealRef | undefined) =>
      request<CallView>('PUT', `${callPath(callId)}/deal`, { body: deal ?? { externalId: null } }),
    onSuccess: (call) => applyCall(queries, call),
  })
}
