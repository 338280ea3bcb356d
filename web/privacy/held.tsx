import { Button } from '@mantine/core'
import type { HeldView } from '../../server/http/shapes.ts'
import { useLanguage } from '../languages/language.tsx'
import { HeldFacts } from './held-facts.tsx'
import { HeldMap } from './held-map.tsx'
import { MapFormChoice, useMapForm } from './map-form.tsx'
import type { Asked } from './requests-query.ts'

type Person = Extract<Asked, { person: unknown }>['person']

/** Everything held about one person: kinds, why, from where, who gets it, until when. */
export function Held(props: { held: HeldView; asked: Asked; only: (person: Person) => void }) {
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
      {'number' in asked && held.persons.length > 0 && (
        <div className="held-persons">
          <p>{t('requests.persons')}</p>
          <ul>
            {held.persons.map(({ name, ...person }) => (
              <li key={person.externalId}>
                <span>{name}</span>
                {held.persons.length > 1 && (
                  <Button variant="subtle" size="compact-sm" onClick={() => props.only(person)}>
                    {t('requests.only', { name })}
                  </Button>
                )}
              </li>
            ))}
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
