import { declare, legitimateInterest } from './declare.ts'
import { whenTheCompanyGoes } from './ends.ts'
import { pipedrive } from './recipients.ts'

const withTheDeal = legitimateInterest('recording a call with the deal it is about', {
  balancing: 'docs/balancing/contact-mirror.md',
})

/**
 * Of the CRM's deals and leads only which ones are open and whose they are (PD-2): no title, no value, no stage. A title is
 * read when somebody looks, with their own rights, and is not kept.
 */
export const openDeals = declare({
  kind: 'open deals',
  database: 'organization',
  subjects: ['contact'],
  role: 'processor',
  purposes: ['show calls to the people they are for', 'log the call in the CRM'],
  ground: withTheDeal,
  columns: {
    'open_deals.external_id': 'clear',
    'open_deals.person_external_id': 'clear',
    'open_deals.told_at': 'clear',
  },
  sealedBy: 'nothing',
  keep: { while: 'installed by anybody of the company' },
  ends: whenTheCompanyGoes,
  recipients: [pipedrive],
  region: 'installation',
  source: 'CRM',
})
