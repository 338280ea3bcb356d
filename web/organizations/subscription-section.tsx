import { Button } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { OrganizationView, SubscriptionChange, SubscriptionChanged } from '../../server/http/shapes.ts'
import { FailureNote } from '../api/failure-note.tsx'
import { useLanguage } from '../languages/language.tsx'
import { EndSubscription } from './end-subscription.tsx'
import { changeSubscription, isOpen, organizationsQuery } from './organizations-query.ts'
import { SubscriptionWord } from './subscription-word.tsx'
import { TrialDay, usualTrialDay } from './trial-day.tsx'

/** How an organization's subscription stands, and what the operator can make of it. */
export function SubscriptionSection({ organization }: { organization: OrganizationView }) {
  const { t } = useLanguage()
  const queries = useQueryClient()
  const { subscription } = organization
  const [open, setOpen] = useState<'trial' | 'end' | undefined>()
  const change = useMutation({
    mutationFn: (wish: SubscriptionChange) => changeSubscription(organization.id, wish),
    onSuccess: async () => {
      setOpen(undefined)
      await queries.invalidateQueries({ queryKey: organizationsQuery.queryKey })
      await queries.invalidateQueries({ queryKey: ['connections'] })
    },
  })
  const close = () => {
    change.reset()
    setOpen(undefined)
  }
  const runs = isOpen(organization)
  return (
    <section className="subscription" aria-labelledby="subscription">
      <h2 id="subscription">{t('organization.subscription')}</h2>
      <p>
        <strong>
          <SubscriptionWord subscription={subscription} />
        </strong>
      </p>
      <p className="quiet">{t(`organization.subscription.${subscription.state}.text`)}</p>
      {change.data !== undefined && <Outcome changed={change.data} />}
      {open === 'trial' && (
        <TrialForm
          first={subscription.state === 'trial' ? subscription.until : usualTrialDay()}
          pending={change.isPending}
          onSet={(until) => change.mutate({ state: 'trial', until })}
          onCancel={close}
        />
      )}
      {open === 'end' && (
        <EndSubscription
          name={organization.name}
          pending={change.isPending}
          onEnd={(name) => change.mutate({ state: 'ended', name })}
          onCancel={close}
        />
      )}
      {change.isError && <FailureNote error={change.error} />}
      {open === undefined && subscription.state !== 'ending' && (
        <div className="form-actions">
          {subscription.state !== 'active' && (
            <Button
              variant="default"
              loading={change.isPending}
              onClick={() => change.mutate({ state: 'active' })}
            >
              {t(`organization.subscription.${subscription.state === 'ended' ? 'again' : 'to-active'}`)}
            </Button>
          )}
          {runs && (
            <Button variant="default" onClick={() => setOpen('trial')}>
              {t(`organization.subscription.${subscription.state === 'trial' ? 'other-day' : 'to-trial'}`)}
            </Button>
          )}
          {runs && (
            <Button variant="subtle" color="red" onClick={() => setOpen('end')}>
              {t('organization.subscription.end')}
            </Button>
          )}
        </div>
      )}
    </section>
  )
}

function TrialForm(given: {
  first: string
  pending: boolean
  onSet: (day: string) => void
  onCancel: () => void
}) {
  const { t } = useLanguage()
  const [day, setDay] = useState(given.first)
  return (
    <form
      className="subscription-form"
      onSubmit={(event) => {
        event.preventDefault()
        given.onSet(day)
      }}
    >
      <TrialDay value={day} onChange={setDay} />
      <div className="form-actions">
        <Button type="submit" loading={given.pending}>
          {t('action.save')}
        </Button>
        <Button variant="subtle" color="gray" onClick={given.onCancel}>
          {t('action.cancel')}
        </Button>
      </div>
    </form>
  )
}

/** Of an end: what could not be ended at others, or that it goes on by itself. */
function Outcome({ changed: { organization, left } }: { changed: SubscriptionChanged }) {
  const { t } = useLanguage()
  const { state } = organization.subscription
  if (state !== 'ended' && state !== 'ending') return null
  return (
    <div role="status">
      {state === 'ending' && <p>{t('organization.subscription.goes-on')}</p>}
      {left.map(({ system, users, hooks }) => (
        <p key={system}>{t('organization.subscription.left', { system, users, hooks })}</p>
      ))}
    </div>
  )
}
