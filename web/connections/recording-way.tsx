import { Radio } from '@mantine/core'
import { crmName } from '../calls/words.ts'
import { useLanguage } from '../languages/language.tsx'
import type { RecordingWays } from './recording-ways.ts'

/** What is done with recordings: only what the phone system and the CRM can do together. Nothing is preset. */
export function RecordingWay(props: {
  phone: string
  ways: readonly RecordingWays[]
  chosen: RecordingWays | undefined
  onChoose: (chosen: RecordingWays) => void
}) {
  const { t } = useLanguage()
  const names = { crm: crmName, phone: props.phone }
  return (
    <Radio.Group
      label={t('recording-choice.title')}
      description={props.chosen === undefined ? t('recording-choice.nobody') : undefined}
      value={props.chosen ?? ''}
      onChange={(value) => {
        const way = props.ways.find((known) => known === value)
        if (way) props.onChoose(way)
      }}
    >
      <div className="choices">
        {props.ways.map((way) => (
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
