import type { z } from 'zod'
import { type Declaration, inForce } from '../../policy/index.ts'
import type { App } from '../app.ts'
import type { Organization } from '../organizations/organization.ts'
import { goesTo, type Linked } from '../places/in-use.ts'
import { everyRecipient, recipientsOf, sourcesOf } from './map-nodes.ts'
import type { heldMap } from './map-shapes.ts'
import type { PersonKeys } from './person-ways.ts'
import { type Sending, sendingsOf } from './received.ts'
import type { Language } from './words/words.ts'

type HeldMap = z.infer<typeof heldMap>
type Received = HeldMap['ways'][number]['received']

/**
 * The ways of one person's data, for the kinds that are held: from where, and who received it as far as each sending is
 * on record; beside them those who are declared and connected, told apart, because not every sending leaves a record here.
 */
export async function mapOfHeld(
  app: App,
  organization: Organization,
  of: { person: PersonKeys; held: readonly string[]; language: Language },
): Promise<HeldMap> {
  const all = inForce().kinds
  const kinds = all.filter(({ kind }) => of.held.includes(kind))
  const { connections } = await app.directories.of(organization)
  const around = { connections: [...connections.values()], language: of.language }
  const sendings = await organization.transaction((db) => sendingsOf(db, of.person), 'officer')
  const recipients = recipientsOf(app, all, around)
  const inUse = new Set(recipients.filter(({ connected }) => connected).map(({ id }) => id))
  const ways = kinds.map((declared) => ({
    kind: declared.kind,
    source: declared.source,
    received: receivedBy(app, declared, {
      connections,
      inUse,
      sendings: sendings.filter(({ kind }) => kind === declared.kind),
    }),
  }))
  const named = new Set(ways.flatMap(({ received }) => received.map(({ recipient }) => recipient)))
  return {
    sources: sourcesOf(app, kinds, around),
    recipients: recipients.filter(({ id }) => named.has(id)),
    ways,
  }
}

function receivedBy(
  app: App,
  declared: Declaration,
  from: {
    connections: ReadonlyMap<string, Linked>
    inUse: ReadonlySet<string>
    sendings: readonly Sending[]
  },
): Received {
  const known = everyRecipient(inForce().kinds)
  const recorded = new Map<string, NonNullable<Received[number]['recorded']>>()
  for (const { connectionId, entries, last } of from.sendings) {
    const connection = from.connections.get(connectionId)
    const fitting = connection
      ? declared.recipients.filter((recipient) => goesTo(app, connection, { recipient, known }))
      : []
    // What is written goes to the company's own address, where its maker has servers of its own beside it.
    const recipient = fitting.find(({ hosts }) => hosts === 'connection') ?? fitting[0]
    if (!recipient) continue
    const before = recorded.get(recipient.name)
    const latest = [before?.last, last]
      .filter((at) => at !== undefined)
      .sort()
      .at(-1)
    recorded.set(recipient.name, {
      entries: entries + (before?.entries ?? 0),
      ...(latest === undefined ? {} : { last: latest }),
    })
  }
  return declared.recipients
    .filter(({ name }) => recorded.has(name) || from.inUse.has(name))
    .map(({ name }) => {
      const sent = recorded.get(name)
      return { recipient: name, ...(sent ? { recorded: sent } : {}) }
    })
}
