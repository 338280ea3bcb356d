import type { Declaration } from './declare.ts'

/** Of what the operator has to be able to show (Art. 5(2) GDPR): who of its staff answers for it, whoever is a customer. */
export const accountability = {
  database: 'control',
  subjects: ['operator staff'],
  role: 'controller',
  sealedBy: 'installation',
  keep: { hours: 5 * 365 * 24, from: 'creation' },
  ends: [],
  recipients: [],
  region: 'installation',
  source: 'the operator',
} as const satisfies Partial<Declaration>
