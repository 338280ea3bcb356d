import { SegmentedControl } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { useState } from 'react'
import { useLanguage } from '../languages/language.tsx'

type Form = 'picture' | 'list'

/** A picture where there is room for one, unless its reader prefers the list. */
export function useMapForm() {
  const narrow = useMediaQuery('(max-width: 700px)', undefined, { getInitialValueInEffect: false }) === true
  const [form, choose] = useState<Form>('picture')
  return { form: narrow ? 'list' : form, mayChoose: !narrow, choose } as const
}

export function MapFormChoice({ form, choose }: { form: Form; choose: (form: Form) => void }) {
  const { t } = useLanguage()
  return (
    <SegmentedControl
      className="map-form"
      aria-label={t('map.how')}
      value={form}
      onChange={choose}
      data={[
        { value: 'picture', label: t('map.how.picture') },
        { value: 'list', label: t('map.how.list') },
      ]}
    />
  )
}
