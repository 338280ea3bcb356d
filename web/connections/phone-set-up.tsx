import { Button } from '@mantine/core'
import { IconCheck, IconCircleCheck } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import type { ConnectionMade } from '../../server/http/shapes.ts'
import { FailureNote } from '../api/failure-note.tsx'
import { type MessageKey, useLanguage } from '../languages/language.tsx'
import { connectionsQuery, makeConnection } from './connections-query.ts'
import { CopyField } from './copy-field.tsx'
import { NumbersField } from './own-numbers.tsx'

const steps = ['set-up.step.lines', 'set-up.step.optimcall', 'set-up.step.test'] as const

/** The kinds of event and leg that are needed, by OptimCall's own names (Event Notification Service, "Event filtering"). */
const events = [
  'callStarted',
  'callConnected',
  'callDisconnected',
  'callRecordingReady',
  'legRinging',
  'legConnected',
  'legDisconnected',
]
const legTypes = ['caller', 'callee', 'transferee']

/** Connects OptimCall in three steps: our lines, OptimCall's settings, a test call. */
export function PhoneSetUp({ organization, choice }: { organization?: string; choice: ReactNode }) {
  const { t } = useLanguage()
  const queries = useQueryClient()
  const [numbers, setNumbers] = useState<string[]>([])
  const [settled, setSettled] = useState(false)
  const make = useMutation({
    mutationFn: () =>
      makeConnection({ side: 'phone', adapter: 'optimcall', ownNumbers: numbers }, organization),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['connections'] }),
  })
  const step = make.data === undefined ? 0 : settled ? 2 : 1

  return (
    <>
      <h1>{t('set-up.title')}</h1>
      <ol className="steps">
        {steps.map((name, index) => (
          <li key={name} aria-current={index === step ? 'step' : undefined} data-done={index < step}>
            <span className="step-number">
              {index < step ? <IconCheck size={14} aria-hidden /> : index + 1}
            </span>
            {t(name)}
          </li>
        ))}
      </ol>
      {step === 0 && (
        <form
          className="step"
          onSubmit={(event) => {
            event.preventDefault()
            make.mutate()
          }}
        >
          {choice}
          <p>{t('set-up.lines.text')}</p>
          <NumbersField numbers={numbers} onNumbers={setNumbers} />
          {make.isError && <FailureNote error={make.error} />}
          <div className="form-actions">
            <Button type="submit" loading={make.isPending}>
              {t('set-up.lines.next')}
            </Button>
          </div>
        </form>
      )}
      {step === 1 && make.data !== undefined && (
        <VendorStep made={make.data} onDone={() => setSettled(true)} />
      )}
      {step === 2 && make.data !== undefined && <TestStep id={make.data.id} organization={organization} />}
    </>
  )
}

function VendorStep({ made, onDone }: { made: ConnectionMade; onDone: () => void }) {
  const { t } = useLanguage()
  return (
    <div className="step">
      <p>{t('set-up.optimcall.text')}</p>
      <p className="note">{t('set-up.optimcall.once')}</p>
      {made.hookUrl !== undefined && <CopyField label={t('set-up.address')} value={made.hookUrl} />}
      {made.secret !== undefined && <CopyField label={t('set-up.secret')} value={made.secret} />}
      <p className="quiet">{t('set-up.optimcall.or-websocket')}</p>
      <h2>{t('set-up.optimcall.settings')}</h2>
      <dl className="vendor-settings">
        <Setting name="set-up.mode">
          <b>Webhook mode</b>
        </Setting>
        <Setting name="set-up.endpoint">{t('set-up.endpoint.value')}</Setting>
        <Setting name="set-up.secret">{t('set-up.secret.value')}</Setting>
        <Setting name="set-up.retries">{t('set-up.retries.value')}</Setting>
        <Setting name="set-up.events">
          <Names names={events} />
        </Setting>
        <Setting name="set-up.call-types">{t('set-up.call-types.value')}</Setting>
        <Setting name="set-up.leg-types">
          <Names names={legTypes} />
        </Setting>
      </dl>
      <div className="form-actions">
        <Button onClick={onDone}>{t('set-up.optimcall.next')}</Button>
      </div>
    </div>
  )
}

function Setting({ name, children }: { name: MessageKey; children: ReactNode }) {
  const { t } = useLanguage()
  return (
    <div>
      <dt>{t(name)}</dt>
      <dd>{children}</dd>
    </div>
  )
}

function Names({ names }: { names: readonly string[] }) {
  return (
    <span className="names">
      {names.map((name) => (
        <code key={name}>{name}</code>
      ))}
    </span>
  )
}

function TestStep({ id, organization }: { id: string; organization: string | undefined }) {
  const { t } = useLanguage()
  const list = useQuery({ ...connectionsQuery(organization), refetchInterval: 2000 })
  const heard = list.data?.connections.find((connection) => connection.id === id)?.lastEventAt !== undefined
  return (
    <div className="step">
      <p>{t('set-up.test.text')}</p>
      <p className="health" data-health={heard ? 'healthy' : 'waiting'} role="status">
        {heard ? (
          <IconCircleCheck size={18} aria-hidden />
        ) : (
          <span className="waiting-dot" aria-hidden="true" />
        )}
        <span>{t(heard ? 'set-up.test.heard' : 'set-up.test.waiting')}</span>
      </p>
      <div className="form-actions">
        {organization === undefined ? (
          <Button
            variant={heard ? 'filled' : 'default'}
            renderRoot={(props) => <Link to="/settings" {...props} />}
          >
            {t('set-up.test.next')}
          </Button>
        ) : (
          <Button
            variant={heard ? 'filled' : 'default'}
            renderRoot={(props) => (
              <Link
                to="/organizations/$organizationId"
                params={{ organizationId: organization }}
                {...props}
              />
            )}
          >
            {t('set-up.test.back')}
          </Button>
        )}
      </div>
    </div>
  )
}
