import type { z } from 'zod'
import { type Declaration, inForce } from '../../policy/index.ts'
import type { App } from '../app.ts'
import type { Linked } from '../places/in-use.ts'
import { recipientsOf, sourcesOf } from './map-nodes.ts'
import type { dataMapView } from './map-shapes.ts'
import { kindFacts } from './policy-facts.ts'
import { type Language, vocabularies } from './words/words.ts'

type DataMap = z.infer<typeof dataMapView>

/** These have lines of their own in the picture. */
const drawn = ['source', 'recipients']

/**
 * From where which data comes, what for and where it is kept, and who gets it: made of the declarations in force and of
 * what is connected, so it cannot say anything else than what the program does.
 */
export function dataMap(
  app: App,
  connections: readonly Linked[],
  { scope, language }: { scope: DataMap['scope']; language: Language },
): DataMap {
  const { kinds } = inForce()
  const sources = sourcesOf(app, kinds, { connections, language })
  const connected = new Set(sources.filter((one) => one.connected).map(({ id }) => id))
  const words = vocabularies[language].purposes
  const { name, country } = app.settings.hosting
  return {
    scope,
    region: app.places.region,
    host: { ...(name ? { name } : {}), ...(country ? { country } : {}) },
    purposes: (Object.keys(words) as Declaration['purposes'])
      .filter((id) => kinds.some(({ purposes }) => purposes.includes(id)))
      .map((id) => ({ id, name: words[id] })),
    sources,
    kinds: kinds.map((declared) => {
      const { name: inWords, facts } = kindFacts(declared, language)
      return {
        id: declared.kind,
        name: inWords,
        about: aboutWhom(declared),
        source: declared.source,
        recipients: declared.recipients.map((to) => to.name),
        purposes: [...declared.purposes],
        connected: connected.has(declared.source),
        keep: 'hours' in declared.keep ? { hours: declared.keep.hours } : { while: declared.keep.while },
        facts: facts
          .filter(({ field }) => !drawn.includes(field))
          .map(({ field, name: title, items }) => ({
            field,
            name: title,
            items: items.map(({ text }) => text),
          })),
      }
    }),
    recipients: recipientsOf(app, kinds, { connections, language }),
  }
}

function aboutWhom({ subjects, role }: Declaration): DataMap['kinds'][number]['about'] {
  if (role === 'controller') return 'operator'
  return subjects.some((one) => one === 'caller' || one === 'contact') ? 'people' : 'users'
}
