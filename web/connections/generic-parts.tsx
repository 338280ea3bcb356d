import { NativeSelect, Switch, TextInput } from '@mantine/core'
import { useLanguage } from '../languages/language.tsx'
import {
  algorithms,
  durationKinds,
  encodings,
  formats,
  type GenericDraft,
  type Meanings,
  meanings,
  places,
  proofs,
  timeKinds,
} from './generic-draft.ts'

interface Props {
  draft: GenericDraft
  /** the setting that the server could not take, with where inside it: `fields.call` */
  refused: string | undefined
  onChange: (changed: Partial<GenericDraft>) => void
}

const plain = { autoComplete: 'off', spellCheck: false } as const

/** How a request proves that it is the phone system's. */
export function GenericProof({ draft, refused, onChange, secretSet }: Props & { secretSet: boolean }) {
  const { t } = useLanguage()
  const { proof } = draft
  const inHeader = proof === 'header' || proof === 'hmac'
  return (
    <fieldset>
      <legend>{t('generic.proof')}</legend>
      <NativeSelect
        label={t('generic.proof.kind')}
        value={proof}
        data={proofs.map((value) => ({ value, label: t(`generic.proof.${value}`) }))}
        error={refused === 'proof' && t('generic.proof.wrong')}
        onChange={(event) => onChange({ proof: chosen(proofs, event) ?? proof })}
      />
      {inHeader && (
        <>
          <TextInput
            {...plain}
            label={t('generic.header')}
            placeholder="X-Key"
            required
            maxLength={100}
            value={draft.name}
            error={refused === 'proof.name' && t('generic.header.wrong')}
            onChange={(event) => onChange({ name: event.currentTarget.value })}
          />
          <TextInput
            {...plain}
            label={t('generic.prefix')}
            description={t('generic.prefix.text')}
            maxLength={100}
            value={draft.prefix}
            error={refused === 'proof.prefix' && t('generic.wrong')}
            onChange={(event) => onChange({ prefix: event.currentTarget.value })}
          />
        </>
      )}
      {proof === 'hmac' && (
        <>
          <NativeSelect
            label={t('generic.algorithm')}
            value={draft.algorithm}
            data={[...algorithms]}
            onChange={(event) => onChange({ algorithm: chosen(algorithms, event) ?? draft.algorithm })}
          />
          <NativeSelect
            label={t('generic.encoding')}
            value={draft.encoding}
            data={[...encodings]}
            onChange={(event) => onChange({ encoding: chosen(encodings, event) ?? draft.encoding })}
          />
        </>
      )}
      {proof === 'basic' && (
        <TextInput
          {...plain}
          label={t('generic.user')}
          required
          maxLength={200}
          value={draft.user}
          error={refused === 'proof.user' && t('generic.wrong')}
          onChange={(event) => onChange({ user: event.currentTarget.value })}
        />
      )}
      {proof !== 'address' && (
        <>
          <Switch
            label={t('generic.own-secret')}
            checked={draft.ownSecret !== null}
            onChange={(event) => onChange({ ownSecret: event.currentTarget.checked ? '' : null })}
          />
          {draft.ownSecret !== null && (
            <TextInput
              label={t('generic.own-secret.value')}
              description={secretSet ? t('phone-delivery.token.set') : undefined}
              type="password"
              autoComplete="off"
              required={!secretSet}
              minLength={8}
              maxLength={2000}
              value={draft.ownSecret}
              error={refused === 'ownSecret' && t('generic.wrong')}
              onChange={(event) => onChange({ ownSecret: event.currentTarget.value })}
            />
          )}
        </>
      )}
    </fieldset>
  )
}

/** Where each fact stands in a request. */
export function GenericPlaces({ draft, refused, onChange }: Props) {
  const { t } = useLanguage()
  return (
    <fieldset>
      <legend>{t('generic.places')}</legend>
      <NativeSelect
        label={t('generic.format')}
        value={draft.format}
        data={formats.map((value) => ({ value, label: t(`generic.format.${value}`) }))}
        description={draft.format === 'query' ? t('generic.format.query.text') : undefined}
        onChange={(event) => onChange({ format: chosen(formats, event) ?? draft.format })}
      />
      <NativeSelect
        label={t('generic.times')}
        value={draft.times}
        data={timeKinds.map((value) => ({ value, label: t(`generic.times.${value}`) }))}
        description={draft.times === 'none' ? t('generic.times.none.text') : undefined}
        error={refused === 'times' && t('generic.times.wrong')}
        onChange={(event) => onChange({ times: chosen(timeKinds, event) ?? draft.times })}
      />
      {draft.times === 'date' && (
        <TextInput
          {...plain}
          label={t('generic.zone')}
          description={t('generic.zone.text')}
          placeholder="Europe/Prague"
          maxLength={60}
          value={draft.zone}
          error={refused === 'times.zone' && t('generic.zone.wrong')}
          onChange={(event) => onChange({ zone: event.currentTarget.value })}
        />
      )}
      <p className="quiet">{t(draft.format === 'json' ? 'generic.places.json' : 'generic.places.names')}</p>
      {places
        .filter((place) => place !== 'time' || draft.times !== 'none')
        .map((place) => (
          <TextInput
            key={place}
            {...plain}
            label={t(`generic.place.${place}`)}
            required={place === 'event' || place === 'call' || place === 'time'}
            maxLength={200}
            value={draft.fields[place]}
            error={refused === `fields.${place}` && t('generic.wrong')}
            onChange={(event) =>
              onChange({ fields: { ...draft.fields, [place]: event.currentTarget.value } })
            }
          />
        ))}
      {draft.fields.duration.trim() !== '' && (
        <NativeSelect
          label={t('generic.durations')}
          value={draft.durations}
          data={durationKinds.map((value) => ({ value, label: t(`generic.durations.${value}`) }))}
          onChange={(event) => onChange({ durations: chosen(durationKinds, event) ?? draft.durations })}
        />
      )}
    </fieldset>
  )
}

/** What our words are called there: asked for only where the fact is told at all. */
export function GenericWords({ draft, refused, onChange }: Props) {
  const { t } = useLanguage()
  const lists: Meanings[] = [
    'events',
    ...(draft.fields.direction.trim() === '' ? [] : ['directions' as const]),
    ...(draft.fields.outcome.trim() === '' ? [] : ['outcomes' as const]),
  ]
  return lists.map((list) => (
    <fieldset key={list}>
      <legend>{t(`generic.words.${list}`)}</legend>
      <p className="quiet">{t('generic.words.text')}</p>
      {refused?.startsWith(list) === true && (
        <p role="alert" className="trouble">
          {t('generic.words.wrong')}
        </p>
      )}
      {meanings[list].map((means) => (
        <TextInput
          key={means}
          {...plain}
          label={t(`generic.${list}.${means}` as Parameters<typeof t>[0])}
          maxLength={1000}
          value={draft.words[list][means] ?? ''}
          onChange={(event) =>
            onChange({
              words: { ...draft.words, [list]: { ...draft.words[list], [means]: event.currentTarget.value } },
            })
          }
        />
      ))}
    </fieldset>
  ))
}

const chosen = <Word extends string>(
  words: readonly Word[],
  event: { currentTarget: { value: string } },
): Word | undefined => words.find((word) => word === event.currentTarget.value)
