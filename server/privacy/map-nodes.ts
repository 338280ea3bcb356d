import type { z } from 'zod'
import type { Declaration, Recipient } from '../../policy/index.ts'
import { isWithin } from '../../policy/places.ts'
import { type App, titleOf } from '../app.ts'
import { goesTo, type Linked, recipientsInUse } from '../places/in-use.ts'
import type { mapRecipient, mapSource } from './map-shapes.ts'
import { type Language, vocabularies, wordOf } from './words/words.ts'

export type MapSource = z.infer<typeof mapSource>
export type MapRecipient = z.infer<typeof mapRecipient>

const sides = { 'phone system': 'phone', CRM: 'crm' } as const

/** Where these kinds come from, in the order of the words. */
export function sourcesOf(
  app: App,
  kinds: readonly Declaration[],
  around: { connections: readonly Linked[]; language: Language },
): MapSource[] {
  const words = vocabularies[around.language].sources
  return (Object.keys(words) as MapSource['id'][])
    .filter((id) => kinds.some(({ source }) => source === id))
    .map((id) => {
      const side = id in sides ? sides[id as keyof typeof sides] : undefined
      const systems = titlesOf(
        app,
        around.connections.filter((one) => one.side === side),
      )
      return { id, name: words[id], systems, connected: side === undefined || systems.length > 0 }
    })
}

/** Everybody who is declared to get something of these kinds, each once, in the order of the declarations. */
export function recipientsOf(
  app: App,
  kinds: readonly Declaration[],
  around: { connections: readonly Linked[]; language: Language },
): MapRecipient[] {
  const known = everyRecipient(kinds)
  const used = new Set(recipientsInUse(app, around.connections, known))
  return known.map((recipient) => ({
    id: recipient.name,
    name: nameOf(recipient, around.language),
    systems: titlesOf(
      app,
      around.connections.filter((one) => goesTo(app, one, { recipient, known })),
    ),
    connected: used.has(recipient),
    ...placeOf(app, recipient),
    hosts: typeof recipient.hosts === 'string' ? [] : [...recipient.hosts],
  }))
}

export function everyRecipient(kinds: readonly Declaration[]): Recipient[] {
  return [...new Map(kinds.flatMap(({ recipients }) => recipients.map((to) => [to.name, to]))).values()]
}

/** A maker's name is the same in every language. */
function nameOf({ name, hosts, adapter }: Recipient, language: Language): string {
  return adapter || typeof hosts !== 'string' ? name : wordOf(vocabularies[language].recipients, name)
}

/** @returns products as people know them, each once */
function titlesOf(app: App, connections: readonly Linked[]): string[] {
  return [...new Set(connections.map(({ adapter }) => titleOf(app, adapter)))].sort()
}

const groundOf = {
  'adequacy decision': 'adequacy',
  'standard contractual clauses': 'clauses',
  'binding corporate rules': 'rules',
} as const

/** On record with the operator; what an adapter of others connects says itself where it is. */
function placeOf(
  { places }: App,
  recipient: Recipient,
): Pick<MapRecipient, 'countries' | 'ground' | 'document'> {
  if (recipient.adapter) {
    const declared = recipient.adapter.places
    const outside = declared.filter(({ region }) => region !== 'EU' && !isWithin(region, places.region))
    const ground = outside.length === 0 ? 'in-region' : outside[0]?.ground && groundOf[outside[0].ground]
    return { countries: declared.map(({ region }) => region), ...(ground ? { ground } : {}) }
  }
  const { country, ground, transfer } = places.of(recipient)
  return {
    countries: country === undefined ? [] : [country],
    ...(ground ? { ground } : {}),
    ...(transfer ? { document: `${transfer.document}, ${transfer.dated}` } : {}),
  }
}
