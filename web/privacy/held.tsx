import { Button } from '@mantine/core'
import type { HeldView } from '../../server/http/shapes.ts'
import { useLanguage } from '../languages/language.tsx'
import { HeldFacts } from './held-facts.tsx'
import { HeldMap } from './held-map.tsx'
import { MapFormChoice, useMapForm } from './map-form.tsx'
import type { Asked, HeldPerson } from './requests-query.ts'

type Person = Extract<Asked, { person: unknown }>['person']

/** Everything held about one person: kinds, why, from where, who gets it, until when. */
export function Held(props: {
  held: HeldView
  asked: Asked
  only: (person: Person) => void
  correct: (person: HeldPerson, button: HTMLElement) => void
}) {
  const { t, formats } = useLanguage()
  const { held, asked } = props
  const [first] = held.persons
  const title =
    'person' in asked && first
      ? t('requests.held.person', { name: first.name })
      : t('requests.held', { number: held.numbers[0] ?? '' })
  return (
    <section className="privacy-part" aria-labelledby="held">
      <h2 id="held">{title}</h2>
      {held.persons.length > 0 && (
        <div className="held-persons">
          <p>{'number' in asked ? t('requests.persons') : t('requests.persons.one')}</p>
          <ul>
            {held.persons.map((person) => {
              const { name, numbers, connectionId, externalId } = person
              return (
                <li key={`${connectionId} ${externalId}`}>
                  <span>{name}</span>
                  <span className="quiet">{formats.list(numbers)}</span>
                  {held.persons.length > 1 && (
                    <Button
                      variant="subtle"
                      size="compact-sm"
                      onClick={() => props.only({ connectionId, externalId })}
                    >
                      {t('requests.only', { name })}
                    </Button>
                  )}
                  <Button
                    variant="default"
                    size="compact-sm"
                    aria-label={t('corrections.open.of', { name })}
                    onClick={(event) => props.correct(person, event.currentTarget)}
                  >
                    {t('corrections.open')}
                  </Button>
                </li>
              )
            })}
          </ul>
        </div>
      )}
      {held.shared.length > 0 && (
        <p className="quiet">
          {t('requests.shared', { count: held.shared.length, numbers: formats.list(held.shared) })}
        </p>
      )}
      {held.kinds.length === 0 ? <p>{t('requests.none')}</p> : <HeldKinds held={held} />}
    </section>
  )
}

/** As a picture where there is room for one, or kind by kind. */
function HeldKinds({ held }: { held: HeldView }) {
  const { t } = useLanguage()
  const { form, mayChoose, choose } = useMapForm()
  return (
    <>
      {mayChoose && <MapFormChoice form={form} choose={choose} />}
      {form === 'picture' ? (
        <HeldMap held={held} />
      ) : (
        <ul className="held-kinds">
          {held.kinds.map((kind) => (
            <li key={kind.kind}>
              <details>
                <summary>
                  <span>{kind.name}</span>
                  <span className="quiet">{t('requests.kind.rows', { count: kind.total })}</span>
                </summary>
                <HeldFacts held={held} kind={kind} />
              </details>
            </li>
          ))}
        </ul>
      )}
    </>
  )
}
