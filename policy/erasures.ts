import { type Declaration, declare, legitimateInterest } from './declare.ts'
import { whenTheCompanyGoes } from './ends.ts'
import { pipedrive } from './recipients.ts'

const keepingErased = legitimateInterest('showing that a person was erased, and keeping them erased', {
  balancing: 'docs/balancing/erasures.md',
})

/**
 * That somebody was erased, when, by whom, and what came of telling those who had received something. Counts and times;
 * the CRM's ids of what was written there until the CRM has confirmed that it is gone, of what people erase there by
 * themselves as long as the record: nobody tells us that they have.
 */
export const erasures = declare({
  kind: 'erasures',
  database: 'organization',
  subjects: ['caller', 'contact', 'user'],
  role: 'processor',
  purposes: ['answer requests of people'],
  ground: keepingErased,
  columns: {
    'erasures.asked_by': 'clear',
    'erasures.asked_at': 'clear',
    'erasure_recipients.external_id': 'clear',
    'erasure_recipients.activity_id': 'clear',
    'erasure_recipients.told_at': 'clear',
  },
  sealedBy: 'nothing',
  keep: { hours: 3 * 365 * 24, from: 'creation' },
  ends: whenTheCompanyGoes,
  recipients: [pipedrive],
  region: 'installation',
  source: 'the user',
})

/** Wherever somebody who was erased could come back. */
const keptOut: Declaration['purposes'] = [
  'answer requests of people',
  'identify the caller',
  'log the call in the CRM',
  'show calls to the people they are for',
]

/** Keyed hashes of erased numbers and persons, so that the CRM's next reading does not bring them back (L-17.4). */
export const erasedPeople = declare({
  kind: 'erased people',
  database: 'organization',
  subjects: ['caller', 'contact'],
  role: 'processor',
  purposes: keptOut,
  ground: keepingErased,
  columns: { 'erased.hash': 'hashed', 'erased.erased_at': 'clear' },
  sealedBy: 'nothing',
  keep: { while: 'installed by anybody of the company' },
  ends: whenTheCompanyGoes,
  recipients: [],
  region: 'installation',
  source: 'Ringfence',
})
