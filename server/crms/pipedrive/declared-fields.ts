import { declareSent } from '../../../policy/index.ts'

const page = [
  '?limit={count}',
  '?cursor={cursor}',
  '?sort_by=id',
  '?sort_direction=asc',
  '?updated_since={time}',
] as const

/** Everything that Pipedrive is sent. The token that says in whose name stands in a header of each. */
export const sentToPipedrive = declareSent(
  'Pipedrive',
  {
    // signing in, and the end of it
    'POST /oauth/token': ['grant_type', 'code', 'redirect_uri', 'refresh_token'],
    'POST /oauth/revoke': ['token', 'token_type_hint'],
    'GET /api/v1/users/me': [],
    'GET /api/v1/users': [],
    // reading contacts
    'GET /api/v2/persons': [...page, '?custom_fields={field codes}'],
    'GET /api/v2/persons/{person id}': [],
    'GET /api/v2/persons/search': ['?term={telephone number}', '?fields=phone', '?limit={count}'],
    'GET /api/v2/organizations': [...page],
    'GET /api/v2/personFields': ['?limit={count}', '?cursor={cursor}'],
    // a person whom a user makes from a number
    'POST /api/v2/persons': ['name', 'phones[].value', 'phones[].primary', 'owner_id'],
    // one who is put right on request
    'PATCH /api/v2/persons/{person id}': ['name', 'phones[].value', 'phones[].label', 'phones[].primary'],
    'DELETE /api/v2/persons/{person id}': [],
    // deals
    'GET /api/v2/deals': [...page, '?status=open'],
    'GET /api/v2/deals/{deal id}': [],
    'GET /api/v1/leads': ['?limit={count}', '?start={count}'],
    'GET /api/v1/leads/{lead id}': [],
    // hooks, by which it tells us what changed
    'GET /api/v1/webhooks': [],
    'POST /api/v1/webhooks': [
      'subscription_url',
      'event_action',
      'event_object',
      'name',
      'version',
      'http_auth_user',
      'http_auth_password',
    ],
    'DELETE /api/v1/webhooks/{webhook id}': [],
    // calls
    'GET /api/v1/callLogs': ['?start={count}', '?limit={count}'],
    'POST /api/v1/callLogs': [
      'subject',
      'note',
      'outcome',
      'duration',
      'from_phone_number',
      'to_phone_number',
      'start_time',
      'end_time',
      'user_id',
      'person_id',
      'deal_id',
      'lead_id',
    ],
    'POST /api/v1/callLogs/{call log id}/recordings': ['file=(file)'],
    'DELETE /api/v1/callLogs/{call log id}': [],
    // activities: what a call log makes, and who still has to be called back
    'GET /api/v2/activities': [
      '?updated_since={time}',
      '?limit={count}',
      '?cursor={cursor}',
      '?ids={list of digits}',
    ],
    'GET /api/v2/activities/{activity id}': [],
    'POST /api/v2/activities': [
      'subject',
      'type',
      'done',
      'due_date',
      'note',
      'owner_id',
      'participants[].person_id',
      'participants[].primary',
    ],
    'PATCH /api/v2/activities/{activity id}': [
      'note',
      'done',
      'participants[].person_id',
      'participants[].primary',
      'deal_id',
      'lead_id',
    ],
    'DELETE /api/v2/activities/{activity id}': [],
  },
  {
    'person id': 'digits',
    'deal id': 'digits',
    'lead id': 'uuid',
    'webhook id': 'digits',
    'call log id': 'code',
    'activity id': 'digits',
    'field codes': 'list of codes',
  },
)
