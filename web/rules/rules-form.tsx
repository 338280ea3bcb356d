import { Button, Switch } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, type ReactNode, useState } from 'react'
import type { RulesView } from '../../server/http/shapes.ts'
import { failureSentences } from '../api/failure-note.tsx'
import { crmName } from '../calls/words.ts'
import { useLanguage } from '../languages/language.tsx'
import { LeftOutNumbers } from './left-out-numbers.tsx'
import { rulesQuery, saveRules, unreadableNumber } from './rules-query.ts'

const kinds = [
  'inbound-answered',
  'inbound-missed',
  'voicemail',
  'outbound-answered',
  'outbound-not-reached',
] as const

export function RulesForm({ saved }: { saved: RulesView }) {
  const { t } = useLanguage()
  const queries = useQueryClient()
  const [rules, setRules] = useState(saved)
  const [typed, setTyped] = useState('')
  const save = useMutation({
    mutationFn: saveRules,
    onSuccess: (now) => {
      queries.setQueryData(rulesQuery.queryKey, now)
      setRules(now)
      setTyped('')
    },
  })
  const change = (changed: Partial<RulesView>): void => {
    save.reset()
    setRules({ ...rules, ...changed })
  }
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    // A number that was typed and not yet added is meant too.
    const number = typed.trim()
    const all = number === '' ? rules : { ...rules, numbersLeftOut: [...rules.numbersLeftOut, number] }
    setRules(all)
    setTyped('')
    save.mutate(all)
  }
  const unreadable = unreadableNumber(save.error)
  const changed = typed.trim() !== '' || JSON.stringify(rules) !== JSON.stringify(saved)
  return (
    <form className="rules" onSubmit={submit}>
      <Part id="kinds" title={t('rules.kinds')} foot={t('rules.never')}>
        <ul className="rule-list">
          {kinds.map((kind) => (
            <li key={kind}>
              <Rule
                label={t(`rules.kind.${kind}`)}
                text={t(`rules.kind.${kind}.text`, { crm: crmName })}
                on={rules.written[kind]}
                onChange={(on) => change({ written: { ...rules.written, [kind]: on } })}
              />
            </li>
          ))}
        </ul>
      </Part>
      <Part id="missed" title={t('rules.follow-ups')}>
        <div className="rule-list">
          <Rule
            label={t('rules.follow-ups.on')}
            text={t('rules.follow-ups.text', { crm: crmName })}
            on={rules.followUps}
            onChange={(followUps) => change({ followUps })}
          />
        </div>
      </Part>
      <Part id="numbers" title={t('rules.numbers')} text={t('rules.numbers.text', { crm: crmName })}>
        <LeftOutNumbers
          numbers={rules.numbersLeftOut}
          onNumbers={(numbersLeftOut) => change({ numbersLeftOut })}
          typed={typed}
          onTyped={(text) => {
            if (unreadable === undefined) save.reset()
            setTyped(text)
          }}
          unreadable={unreadable}
        />
      </Part>
      <div className="rules-save">
        <Button type="submit" loading={save.isPending} disabled={!changed}>
          {t('action.save')}
        </Button>
        <p role="status">
          {save.isSuccess && !changed ? t('rules.saved') : changed ? t('rules.unsaved') : ''}
        </p>
        {save.isError && unreadable === undefined && (
          <p role="alert" className="trouble">
            {failureSentences(save.error, t)}
          </p>
        )}
      </div>
    </form>
  )
}

function Part(props: { id: string; title: string; text?: string; foot?: string; children: ReactNode }) {
  return (
    <section aria-labelledby={props.id}>
      <h2 id={props.id}>{props.title}</h2>
      {props.text !== undefined && <p className="quiet">{props.text}</p>}
      {props.children}
      {props.foot !== undefined && <p className="quiet">{props.foot}</p>}
    </section>
  )
}

function Rule(props: { label: string; text: string; on: boolean; onChange: (on: boolean) => void }) {
  return (
    <Switch
      className="rule"
      labelPosition="left"
      label={props.label}
      description={props.text}
      checked={props.on}
      onChange={(event) => props.onChange(event.currentTarget.checked)}
    />
  )
}
