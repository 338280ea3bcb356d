import { declare, legitimateInterest } from './declare.ts'
import { whenTheCompanyGoes } from './ends.ts'
import { phoneSystemAndPipedrive } from './recipients.ts'

const knowingWhoCalls = legitimateInterest('answering calls knowing who calls', {
  balancing: 'docs/balancing/contact-mirror.md',
})

/** The mirror of the CRM's persons: names, numbers, and the names of their companies (PD-2). One per CRM company. */
export const contactMirror = declare({
  kind: 'contact mirror',
  database: 'organization',
  subjects: ['contact'],
  role: 'processor',
  purposes: [
    'identify the caller',
    'show calls to the people they are for',
    'log the call in the CRM',
    'follow up missed calls in the CRM',
    'place a call',
  ],
  ground: knowingWhoCalls,
  columns: {
    'persons.external_id': 'clear',
    'persons.name_sealed': 'sealed',
    'persons.company_external_id': 'clear',
    'persons.owner_external_id': 'clear',
    'persons.updated_at': 'clear',
    'companies.external_id': 'clear',
    'companies.name_sealed': 'sealed',
    'person_numbers.number_sealed': 'sealed',
    'person_numbers.exact_hash': 'hashed',
    'person_numbers.typed_hash': 'hashed',
  },
  sealedBy: 'mirror bucket',
  keep: { while: 'installed by anybody of the company' },
  ends: whenTheCompanyGoes,
  recipients: phoneSystemAndPipedrive,
  region: 'installation',
  source: 'CRM',
})
