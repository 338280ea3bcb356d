import { Radio } from '@mantine/core'
import { crmName } from '../calls/words.ts'
import { useLanguage } from '../languages/language.tsx'
import type { PhoneDraft } from './phone-draft.ts'

/** What is done with recordings. Nothing is preset, and each choice says what happens then. */
export function RecordingChoice(props: {
  phone: string
  chosen: PhoneDraft['recordings']
  onChoose: (chosen: PhoneDraft['recordings']) => void
}) {
  const { t } = useLanguage()
  const names = { crm: crmName, phone: props.phone }
  return (
    <Radio.Group
      label={t('recording-choice.title')}
      description={props.chosen === undefined ? t('recording-choice.nobody') : undefined}
      value={props.chosen ?? ''}
      onChange={(value) => props.onChoose(value === 'attach' ? 'attach' : 'leave')}
    >
      <div className="choices">
        <Radio
          value="attach"
          label={t('recording-choice.attach', names)}
          description={t('recording-choice.attach.text', names)}
        />
        <Radio
          value="leave"
          label={t('recording-choice.leave', names)}
          description={t('recording-choice.leave.text', names)}
        />
      </div>
    </Radio.Group>
  )
}
