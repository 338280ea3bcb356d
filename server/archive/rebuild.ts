import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { CallFactsAtRest } from '../calls/call-record.ts'
import { callIdOf } from '../calls/call-record.ts'
import { callFrom, remoteParty } from '../calls/fold.ts'
import { numberHash } from '../contacts/erased.ts'
import { keysOfTyped } from '../contacts/numbers.ts'
import { exactHash, rowOf, typedHash } from '../contacts/store-contacts.ts'
import { newPersonIdOf } from '../crms/make-person.ts'
import { requestedIdOf } from '../crms/requested-rows.ts'
import { userIdOf } from '../crms/uninstall.ts'
import { uuidFrom } from '../keys/uuid.ts'
import type { Organization } from '../organizations/organization.ts'
import { lineId, personId } from '../phones/people.ts'
import { refuse } from './manifest.ts'

/** A line of the archive whose ids are those of the new organization already, but for its own. */
export type Line = Readonly<Record<string, unknown>>

/** What the database knows of the row that another hangs on. */
export interface Above {
  connectionId: string
  bucket: number
  remoteHash: Buffer | null
}

const text = (value: unknown): string => String(value)
const within = (value: unknown, name: string): unknown => (value as Record<string, unknown> | null)?.[name]

type NewId = (organization: Organization, line: Line, texts: Texts) => string | undefined
/** The texts that are sealed in the row, as they stand in the database. */
type Texts = Readonly<Record<string, string>>

/**
 * Tables whose rows have another id in another organization: it follows from the organization's key, so that whoever
 * hears of the same thing later finds the row. Any other row keeps its id. In this order:
 * users come after their connection, and before the lines that ring them. @returns undefined: it cannot be worked out
 */
export const newIds: Readonly<Record<string, NewId>> = {
  // may be in use beside this one, in the same installation
  connections: () => randomUUID(),
  users: (organization, line) =>
    userIdOf(organization, text(line['connection_id']), text(line['external_id'])),
  persons: (organization, line) => mirrored(organization, 'person', line).id,
  companies: (organization, line) => mirrored(organization, 'company', line).id,
  calls: (organization, line, texts) => {
    const { vendorCall } = factsIn(texts)
    return vendorCall === undefined
      ? uuidFrom(organization.keys.hash('imported call', text(line['id'])))
      : callIdOf(organization, text(line['connection_id']), vendorCall)
  },
  phone_people: (organization, line) =>
    personId(organization, text(line['connection_id']), text(within(line['person'], 'ref'))),
  phone_lines: (organization, line) =>
    lineId(organization, text(line['connection_id']), text(within(line['line'], 'number'))),
  requested_calls: (organization, line) =>
    requestedIdOf(organization, text(line['connection_id']), text(within(line['request'], 'ref'))),
  new_persons: (organization, line) => {
    const number = within(line['person'], 'number')
    return number === undefined
      ? undefined
      : newPersonIdOf(organization, text(line['connection_id']), number as never)
  },
}

const told = z.record(z.string(), z.unknown())
/** Of a call what has to be there to work anything out of it. */
const facts = z.looseObject({
  knowledge: z.looseObject({ firstAt: z.number(), facts: told, legs: told }),
  firstArrival: z.number(),
  endBase: z.number().optional(),
  vendorCall: z.string().optional(),
})

/** @throws RingfenceError `setting` when they are none */
function factsIn(texts: Texts): CallFactsAtRest {
  const read = JSON.parse(texts['facts'] ?? '{}') as unknown
  return facts.safeParse(read).success
    ? (read as CallFactsAtRest)
    : refuse('A call of this export says nothing that can be understood.')
}

/** The mirror's own order of things: @returns id and bucket of a person or company of the CRM */
export function mirrored(
  organization: Organization,
  kind: 'person' | 'company',
  line: Line,
): { id: string; bucket: number } {
  const mirror = { connectionId: text(line['connection_id']), keys: organization.keys }
  return rowOf(mirror, kind, text(line['external_id']))
}

/** The number that the row is found by, in E.164; undefined: there is none, or it is not in the row. */
export function numberIn(
  table: string,
  organization: Organization,
  line: Line,
  texts: Texts,
): string | undefined {
  const typed = (number: unknown) => keysOfTyped(text(number), { country: organization.country }).exact
  switch (table) {
    case 'calls': {
      const { knowledge } = factsIn(texts)
      const remote = remoteParty(callFrom(knowledge))
      return remote?.kind === 'e164' ? remote.e164 : undefined
    }
    case 'person_numbers':
      return typed(line['number'])
    case 'new_persons':
      return within(line['person'], 'number') as string | undefined
    case 'requested_calls': {
      const number = within(line['request'], 'number')
      return typed(number) ?? text(number)
    }
    default:
      return undefined
  }
}

export type NewHash = (of: {
  organization: Organization
  line: Line
  number: string | undefined
  above: Above | undefined
}) => Buffer | null | undefined

const ofNumber: NewHash = ({ organization, number }) =>
  number === undefined ? undefined : numberHash(organization.keys, number)
const ofCall: NewHash = ({ above }) => above?.remoteHash ?? undefined

/**
 * How each hash is made anew. A column that a later declaration hashes stands here too, or its test fails.
 * @returns null: as it is stored for such a value; undefined: the text it is the hash of stands nowhere
 */
export const newHashes: Readonly<Record<string, NewHash>> = {
  'calls.remote_hash': ofNumber,
  'call_logs.unlinked_hash': ofCall,
  'follow_ups.caller_hash': ofCall,
  'new_persons.number_hash': ofNumber,
  'requested_calls.number_hash': ofNumber,
  'person_numbers.exact_hash': ({ organization, number, above }) =>
    number === undefined || !above ? null : exactHash(organization.keys, above.connectionId, number),
  'person_numbers.typed_hash': ({ organization, line, above }) => {
    const { typed } = keysOfTyped(text(line['number']), { country: organization.country })
    return typed === undefined || !above ? null : typedHash(organization.keys, above.connectionId, typed)
  },
}
