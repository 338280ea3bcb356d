import { Button } from '@mantine/core'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { useId, useState } from 'react'
import { useLanguage } from '../languages/language.tsx'

/** A value that goes into another system, with a button that copies it. */
export function CopyField({ label, value }: { label: string; value: string }) {
  const { t } = useLanguage()
  const id = useId()
  const [copied, setCopied] = useState(false)
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(value)
    setCopied(true)
  }
  const Icon = copied ? IconCheck : IconCopy
  return (
    <div className="copy-field">
      <label htmlFor={id}>{label}</label>
      <input id={id} readOnly value={value} onFocus={(event) => event.currentTarget.select()} />
      <Button
        variant="default"
        leftSection={<Icon size={16} aria-hidden />}
        onClick={() => void copy()}
        aria-label={`${t(copied ? 'action.copied' : 'action.copy')}: ${label}`}
      >
        {t(copied ? 'action.copied' : 'action.copy')}
      </Button>
    </div>
  )
}
