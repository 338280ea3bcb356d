import type { DocumentView } from '../../server/http/shapes.ts'
import type { Scenario } from './fixtures.ts'

/** Documents of an organization, or of the operator, one of which waits for approval. */
export function documents(scenario: Scenario): DocumentView[] {
  const isOperator = scenario === 'operator'
  const approval = { at: '2026-11-03T09:20:00Z', name: 'Jana Nováková', role: 'managing director' }
  const inForce = { version: '9ce8217b4987', since: approval.at, approval }
  return [
    {
      document: 'policy',
      title: 'Privacy policy of Ringfence for OptimCall with Pipedrive',
      ...inForce,
      read: '/privacy/policy',
      compare: '/api/v1/documents/policy/compare',
      mayApprove: isOperator,
      ...(isOperator
        ? {
            waiting: {
              version: 'e23aff3eb3a9',
              announcedDays: 30,
              changes: ['Calls: kept longer, for 14 days after the end of the call.'],
              read: '/api/v1/documents/policy/page',
            },
          }
        : {}),
      versions: [
        { version: '9ce8217b4987', approval, read: '/privacy/policy/9ce8217b4987' },
        {
          version: '1f0a5b7c2d34',
          approval: { at: '2026-09-14T08:00:00Z' },
          read: '/privacy/policy/1f0a5b7c2d34',
        },
      ],
      languages: ['en', 'de', 'cs', 'sl', 'nb', 'ro'],
      places: isOperator ? [{ place: 'rights', heading: 'Your rights, and whom to ask', texts: {} }] : [],
    },
    {
      document: 'agreement',
      title: 'Agreement on processing',
      ...inForce,
      version: '6342f7aaaa90',
      read: '/api/v1/documents/agreement/page',
      mayApprove: false,
      versions: [],
      places: [],
      languages: [],
    },
    {
      document: 'record',
      title: 'Record of processing activities',
      ...inForce,
      version: '082f15c54e98',
      read: '/api/v1/documents/record/page',
      data: '/api/v1/documents/record/data',
      mayApprove: true,
      versions: [],
      places: [{ place: 'who', heading: 'Whose record this is', texts: { cs: 'Pověřenec: Karel Čapek.' } }],
      languages: ['en', 'de', 'cs', 'sl', 'nb', 'ro'],
    },
    {
      document: 'measures',
      title: 'Statement of technical and organisational measures',
      since: '2026-11-28T03:12:00Z',
      read: '/api/v1/documents/measures/page',
      mayApprove: false,
      versions: [],
      places: [],
      languages: [],
    },
  ]
}
