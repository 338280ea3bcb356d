import { Button, NativeSelect, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { FailureNote } from '../api/failure-note.tsx'
import { type Language, languages, useLanguage } from '../languages/language.tsx'
import { countryCodes } from './countries.ts'
import { makeOrganization, organizationsQuery } from './organizations-query.ts'
import { TrialDay, usualTrialDay } from './trial-day.tsx'

const ownZone = new Intl.DateTimeFormat().resolvedOptions().timeZone

/** Makes an organization. Its country decides how numbers without a country code are read, its language what the CRM gets. */
export function NewOrganizationForm({ onDone }: { onDone: () => void }) {
  const { t, formats, language: shown } = useLanguage()
  const queries = useQueryClient()
  const [name, setName] = useState('')
  const [country, setCountry] = useState(() => new Intl.Locale(formats.locale).region ?? 'CZ')
  const [timeZone, setTimeZone] = useState(ownZone)
  const [language, setLanguage] = useState<Language>(shown)
  const [trial, setTrial] = useState<string | undefined>()
  const make = useMutation({
    mutationFn: () =>
      makeOrganization({
        name: name.trim(),
        country,
        timeZone,
        language,
        ...(trial === undefined ? {} : { trialUntil: trial }),
      }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: organizationsQuery.queryKey })
      onDone()
    },
  })
  const countries = countryCodes
    .map((code) => ({ value: code, label: formats.country(code) }))
    .sort((a, b) => a.label.localeCompare(b.label, formats.locale))
  return (
    <form
      className="new-organization"
      onSubmit={(event) => {
        event.preventDefault()
        make.mutate()
      }}
    >
      <TextInput
        label={t('organization.name')}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        required
        maxLength={200}
        autoFocus
      />
      <NativeSelect
        label={t('organization.country')}
        value={country}
        onChange={(event) => setCountry(event.currentTarget.value)}
        data={countries}
      />
      <NativeSelect
        label={t('organization.time-zone')}
        value={timeZone}
        onChange={(event) => setTimeZone(event.currentTarget.value)}
        data={[...new Set([ownZone, ...Intl.supportedValuesOf('timeZone')])]}
      />
      <NativeSelect
        label={t('organization.language')}
        value={language}
        onChange={(event) => setLanguage(event.currentTarget.value === 'cs' ? 'cs' : 'en')}
        data={Object.entries(languages).map(([value, label]) => ({ value, label }))}
      />
      <NativeSelect
        label={t('organization.subscription')}
        value={trial === undefined ? 'active' : 'trial'}
        onChange={(event) => setTrial(event.currentTarget.value === 'trial' ? usualTrialDay() : undefined)}
        data={(['active', 'trial'] as const).map((value) => ({
          value,
          label: t(`organization.subscription.kind.${value}`),
        }))}
      />
      {trial !== undefined && <TrialDay value={trial} onChange={setTrial} />}
      <div className="form-actions">
        <Button type="submit" loading={make.isPending}>
          {t('organizations.make')}
        </Button>
        <Button variant="subtle" color="gray" onClick={onDone}>
          {t('action.cancel')}
        </Button>
      </div>
      {make.isError && <FailureNote error={make.error} />}
    </form>
  )
}
