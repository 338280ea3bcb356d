import type { CorrectionView, ErasureView, HeldView } from '../../server/http/shapes.ts'

export const held: HeldView = {
  numbers: ['+442079460123'],
  shared: [],
  persons: [
    {
      connectionId: 'c2',
      externalId: '21',
      name: 'Ada Lovelace',
      numbers: ['+44 20 7946 0123', '020 7946 0199'],
      crm: 'Pipedrive',
      corrects: true,
    },
    {
      connectionId: 'c2',
      externalId: '22',
      name: 'Charles Babbage',
      numbers: ['+44 20 7946 0123'],
      crm: 'Pipedrive',
      corrects: true,
    },
  ],
  kinds: [
    {
      kind: 'call journal',
      name: 'Calls',
      rows: { calls: 3, call_logs: 3 },
      total: 6,
      purposes: ['to say who is calling', 'to log the call in the CRM'],
      ground: 'answering calls knowing who calls, and recording them in the CRM',
      source: 'the connected phone system',
      recipients: [
        'the connected phone system',
        'Pipedrive (oauth.pipedrive.com, api.pipedrive.com, *.pipedrive.com)',
      ],
      stored: 'the database of the organization',
      kept: '7 days from the end of the call',
      until: '2026-12-05T10:00:00.000Z',
    },
    {
      kind: 'contact mirror',
      name: 'Copy of the CRM’s contacts',
      rows: { persons: 2, person_numbers: 2 },
      total: 4,
      purposes: ['to say who is calling'],
      ground: 'answering calls knowing who calls',
      source: 'the CRM',
      recipients: [],
      stored: 'the database of the organization',
      kept: 'as long as anybody of the company has it installed',
    },
  ],
  map: {
    sources: [
      { id: 'phone system', name: 'the connected phone system', systems: ['OptimCall'], connected: true },
      { id: 'CRM', name: 'the CRM', systems: ['Pipedrive'], connected: true },
    ],
    recipients: [
      {
        id: 'the connected phone system',
        name: 'the connected phone system',
        systems: ['OptimCall'],
        connected: true,
        countries: ['CZ'],
        ground: 'in-region',
        hosts: [],
      },
      {
        id: 'Pipedrive',
        name: 'Pipedrive',
        systems: ['Pipedrive'],
        connected: true,
        countries: ['EE'],
        ground: 'in-region',
        hosts: ['oauth.pipedrive.com', 'api.pipedrive.com', '*.pipedrive.com'],
      },
    ],
    ways: [
      {
        kind: 'call journal',
        source: 'phone system',
        received: [
          { recipient: 'the connected phone system' },
          { recipient: 'Pipedrive', recorded: { entries: 3, last: '2026-11-28T08:12:00.000Z' } },
        ],
      },
      {
        kind: 'contact mirror',
        source: 'CRM',
        received: [{ recipient: 'the connected phone system' }],
      },
    ],
  },
}

export const erasures: ErasureView[] = [
  {
    id: 'e1',
    cause: 'page',
    askedAt: '2026-11-28T09:00:00.000Z',
    askedBy: 'Anna Nováková',
    removed: { calls: 3, call_logs: 3, persons: 1, person_numbers: 2 },
    levels: {
      unreachable: { at: '2026-11-28T09:00:00.000Z' },
      unreadable: { at: '2026-11-28T09:00:01.000Z' },
      files: { by: '2026-11-29T09:00:00.000Z' },
      log: { by: '2026-11-29T09:00:00.000Z' },
      backups: { by: '2026-12-28T09:00:00.000Z' },
    },
    recipients: [
      { recipient: 'OptimCall', what: 'calls', state: 'by people', count: 1, finalBy: null },
      {
        recipient: 'Pipedrive',
        what: 'call',
        state: 'confirmed',
        count: 3,
        finalBy: '2026-12-28T09:00:00.000Z',
      },
      { recipient: 'Pipedrive', what: 'person', state: 'by people', count: 1, finalBy: null },
    ],
    toErase: [{ what: 'person', url: 'https://compilers.pipedrive.com/person/21' }],
    lifted: false,
  },
]

export const corrections: CorrectionView[] = [
  {
    id: 'k1',
    cause: 'page',
    askedAt: '2026-11-28T09:30:00.000Z',
    askedBy: 'Anna Nováková',
    fields: ['name', 'number'],
    levels: {
      unreachable: { at: '2026-11-28T09:30:00.000Z' },
      files: { by: '2026-11-29T09:30:00.000Z' },
      log: { by: '2026-11-29T09:30:00.000Z' },
      backups: { by: '2026-12-28T09:30:00.000Z' },
    },
    recipients: [
      { recipient: 'OptimCall', what: 'calls', state: 'stays', count: 1, finalBy: null },
      { recipient: 'Pipedrive', what: 'call', state: 'stays', count: 3, finalBy: null },
      { recipient: 'Pipedrive', what: 'call', state: 'by people', count: 1, finalBy: null },
      {
        recipient: 'Pipedrive',
        what: 'person',
        state: 'by people',
        reason: 'not-taken',
        count: 1,
        finalBy: null,
      },
    ],
    toCorrect: [{ what: 'person', url: 'https://compilers.pipedrive.com/person/21' }],
  },
]
