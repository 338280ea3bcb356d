import { declareSent } from '../../../policy/index.ts'

const page = ['?page={count}', '?per_page={count}'] as const

/** Everything that Placetel is sent. The administrator's key stands in a header of each. */
export const sentToPlacetel = declareSent(
  'Placetel',
  {
    'GET /v2/sip_users': [...page],
    'GET /v2/numbers': [...page],
    'GET /v2/calls': [...page, '?filter[date]={date}'],
    'GET /v2/call_detail_records': [...page, '?date={date}'],
    'GET /v2/recordings': [...page, '?filter[date]={date}', '?order=desc'],
    'GET /v2/recordings/{recording id}': [],
    // who is to be called, from which telephone
    'POST /v2/calls': ['sipuid', 'target'],
    // where it tells us of calls, and of which lines
    'GET /v2/subscriptions': [...page],
    'PUT /v2/subscriptions': [
      'service',
      'url',
      'incoming',
      'outgoing',
      'hungup',
      'accepted',
      'phone',
      'numbers[]',
    ],
    'DELETE /v2/subscriptions/{subscription id}': [],
  },
  { 'recording id': 'code', 'subscription id': 'code' },
)
