/**
 * What is inside of what is sealed. A column says "sealed" and no more; these lists say which values it holds, so that
 * none more can be put into it: whoever seals is refused (`server/keys/sealed-content.ts`).
 *
 * `a.b` is a value inside of another, `a[]` each one of a list, and `a{}` each one of those that are named by ids.
 */
const number = (at: string) =>
  ['kind', 'e164', 'country', 'extension', 'digits'].map((name) => `${at}.${name}`)
/** A value that an event told, and how much that weighs. */
const told = (at: string, values: readonly string[] = [`${at}.value`]) => [
  ...values,
  `${at}.stage`,
  `${at}.at`,
]
const toldNumber = (at: string) => told(at, number(`${at}.value`))

const factsOfEvent = [
  'direction',
  'startedAt',
  ...['from', 'to', 'shownAs', 'answeredBy'].flatMap(number),
] as const

/** In place of a list: one text, or settings by the names that the adapter's own schema gives and checks. */
export type SealedContent = readonly string[] | 'one text' | 'settings of the adapter'

export const sealedContent: Readonly<Record<string, SealedContent>> = {
  'calls.facts_sealed': [
    'firstArrival',
    'endBase',
    'vendorCall',
    'knowledge.firstAt',
    'knowledge.answeredAt',
    ...told('knowledge.facts.direction'),
    ...told('knowledge.facts.startedAt'),
    ...toldNumber('knowledge.facts.from'),
    ...toldNumber('knowledge.facts.to'),
    ...toldNumber('knowledge.facts.shownAs'),
    ...toldNumber('knowledge.facts.answeredBy'),
    ...told('knowledge.end', ['knowledge.end.value.outcome', 'knowledge.end.value.talkSeconds']),
    ...told('knowledge.legs{}.who', [
      ...number('knowledge.legs{}.who.value.party'),
      'knowledge.legs{}.who.value.role',
    ]),
    'knowledge.legs{}.ringingAt',
    'knowledge.legs{}.joinedAt',
    'knowledge.legs{}.leftAt',
    ...told('knowledge.legs{}.outcome'),
  ],
  'spool.request': [
    'organizationId',
    'connectionId',
    'arrivedAt',
    'side',
    // of a phone system
    'events[].kind',
    'events[].call',
    'events[].key',
    'events[].at',
    'events[].approximate',
    'events[].outcome',
    'events[].talkSeconds',
    'events[].leg.id',
    'events[].leg.role',
    ...number('events[].leg.party'),
    ...factsOfEvent.map((name) => `events[].facts.${name}`),
    'recordings[].call',
    'recordings[].address',
    // of a CRM
    'events[].externalId',
    'events[].contact.externalId',
    'events[].contact.name',
    'events[].contact.companyExternalId',
    'events[].contact.ownerExternalId',
    'events[].contact.shared',
    'events[].contact.numbers[]',
    'events[].contact.updatedAt',
    'events[].mergedFrom',
    'events[].mergedInto',
    'events[].eventId',
    'events[].company.externalId',
    'events[].company.name',
    'events[].deal.kind',
    'events[].deal.externalId',
    'events[].deal.personExternalId',
    'events[].deal.toldAt',
    'events[].user.externalId',
    'events[].user.name',
    'events[].user.active',
    'events[].user.administrator',
    'events[].user.extension',
  ],
  'recordings.address_sealed': 'one text',
  'live_calls.live_sealed': [
    'words.marker',
    'words.direction',
    'words.outer',
    'words.line',
    'words.startedAt',
    'words.ownerExternalId',
    'begunAt',
    'ref',
    'requestId',
    'cards{}',
  ],
  'requested_calls.request_sealed': ['number', 'ref', 'userRef', 'askedAt'],
  'call_notes.note_sealed': ['text', 'result.id', 'result.label', 'result.outcome'],
  'call_notes.sent_sealed': ['[]'],
  'new_persons.person_sealed': ['name', 'number'],
  'rules.numbers_sealed': ['[].typed', '[].e164'],
  'persons.name_sealed': 'one text',
  'companies.name_sealed': 'one text',
  'person_numbers.number_sealed': 'one text',
  'correction_changes.changes_sealed': ['name.was', 'name.now', 'numbers[].was', 'numbers[].now'],
  'users.name_sealed': 'one text',
  'phone_people.person_sealed': ['ref', 'extension'],
  'phone_lines.line_sealed': ['number', 'users[]'],
  'connections.own_numbers_sealed': ['[]'],
  'connections.settings_sealed': 'settings of the adapter',
  'installations.tokens_sealed': ['accessToken', 'refreshToken'],
  'phone_accesses.tokens_sealed': ['accessToken', 'refreshToken'],
  'hook_keys.secret_sealed': 'one text',
  'portals.application_token_sealed': 'one text',
  'notice_contacts.address_sealed': 'one text',
  'breach_notices.notice_sealed': ['subject', 'text'],
  'breach_entries.entry_sealed': 'one text',
  'approvers.entry_sealed': 'one text',
  // a paragraph, or a version of the record with who approved it, signed
  'organization_documents.entry_sealed': ['document', 'place', 'texts{}', 'jws'],
}

/** "sealed calls.facts_sealed: vendorCall", as `field-list.ts` spells the others. */
export const sealedField = (column: string, path: string): string => `sealed ${column}: ${path}`

/** Every value inside of what is sealed. */
export const sealedFields: readonly string[] = Object.entries(sealedContent).flatMap(([column, content]) =>
  (typeof content === 'string' ? [content] : content).map((path) => sealedField(column, path)),
)
