import { TextInput } from '@mantine/core'
import { useLanguage } from '../languages/language.tsx'

/** The last day of a trial, in the browser's own field for days. */
export function TrialDay({ value, onChange }: { value: string; onChange: (day: string) => void }) {
  const { t } = useLanguage()
  return (
    <TextInput
      type="date"
      label={t('organization.subscription.day')}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      min={dayIn(0)}
      required
    />
  )
}

/** What a trial is offered with: thirty days from today, YYYY-MM-DD, where the browser is. */
export const usualTrialDay = (): string => dayIn(30)

/** The day that many days from now. */
function dayIn(days: number): string {
  const day = new Date()
  day.setDate(day.getDate() + days)
  const two = (part: number) => String(part).padStart(2, '0')
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`
}
