import { Button, TextInput } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useLanguage } from '../languages/language.tsx'

/** Numbers whose calls stay out, each with its way out of the list. */
export function LeftOutNumbers(props: {
  numbers: readonly string[]
  onNumbers: (numbers: string[]) => void
  /** what stands in the field and was not added yet */
  typed: string
  onTyped: (typed: string) => void
  /** the place of the one that is no telephone number */
  unreadable: number | undefined
}) {
  const { t } = useLanguage()
  const { numbers, typed, unreadable } = props
  const add = (): void => {
    const number = typed.trim()
    if (number === '') return
    if (!numbers.includes(number)) props.onNumbers([...numbers, number])
    props.onTyped('')
  }
  return (
    <>
      {numbers.length === 0 ? (
        <p>{t('rules.numbers.none')}</p>
      ) : (
        <ul className="left-out-numbers">
          {numbers.map((number, place) => (
            <li key={number} data-wrong={place === unreadable}>
              <div>
                <span className="figures">{number}</span>
                {place === unreadable && (
                  <p role="alert" className="trouble">
                    {t('rules.numbers.unreadable')}
                  </p>
                )}
              </div>
              <button
                type="button"
                className="left-out-remove"
                aria-label={t('rules.numbers.remove', { number })}
                title={t('rules.numbers.remove', { number })}
                onClick={() => props.onNumbers(numbers.filter((other) => other !== number))}
              >
                <IconX size={18} stroke={1.75} aria-hidden />
              </button>
            </li>
          ))}
        </ul>
      )}
      <div className="left-out-add">
        <TextInput
          label={t('rules.numbers.label')}
          type="tel"
          autoComplete="off"
          placeholder="+420 601 555 010"
          value={typed}
          maxLength={60}
          onChange={(event) => props.onTyped(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || typed.trim() === '') return
            event.preventDefault()
            add()
          }}
        />
        <Button variant="default" disabled={typed.trim() === ''} onClick={add}>
          {t('rules.numbers.add')}
        </Button>
      </div>
    </>
  )
}
