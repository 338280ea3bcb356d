import { Radio } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { crmName } from '../calls/words.ts'
import { useLanguage } from '../languages/language.tsx'
import { type RecordingWays, recordingWays } from './asked-draft.ts'
import { connectionsQuery } from './connections-query.ts'

/** CRMs that take no recording from us: they fetch it, or show a link. */
const fetching = ['bitrix24']

/** What is done with recordings that the phone system is asked for. Only what it and the CRM can do; nothing is preset. */
export function RecordingWay(props: {
  phone: string
  organization: string | undefined
  /** whoever has a recording's address may fetch it */
  handsOut: boolean
  chosen: RecordingWays | undefined
  onChoose: (chosen: RecordingWays) => void
}) {
  const { t } = useLanguage()
  const { data } = useQuery(connectionsQuery(props.organization))
  const crm = data?.connections.find(({ side }) => side === 'crm')
  const names = { crm: crm?.title ?? crmName, phone: props.phone }
  const fetches = fetching.includes(crm?.adapter ?? '')
  const ways: RecordingWays[] = fetches
    ? [...(props.handsOut ? (['copy'] as const) : []), 'link', 'leave']
    : ['attach', 'leave']
  return (
    <Radio.Group
      label={t('recording-choice.title')}
      description={props.chosen === undefined ? t('recording-choice.nobody') : undefined}
      value={props.chosen ?? ''}
      onChange={(value) => {
        const way = recordingWays.find((known) => known === value)
        if (way) props.onChoose(way)
      }}
    >
      <div className="choices">
        {ways.map((way) => (
          <Radio
            key={way}
            value={way}
            label={t(`recording-choice.${way}`, names)}
            description={t(`recording-choice.${way}.text`, names)}
          />
        ))}
      </div>
    </Radio.Group>
  )
}
