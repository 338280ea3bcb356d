import { declareSent } from '../../../policy/index.ts'

/** Everything that Placetel is sent. The administrator's key stands in a header of each. */
export const sentToPlacetel = declareSent('Placetel', {
  'GET /v2/sip_users': ['page', 'per_page'],
  'GET /v2/numbers': ['page', 'per_page'],
  'GET /v2/calls': ['page', 'per_page', 'filter[date]'],
  'GET /v2/call_detail_records': ['page', 'per_page', 'date'],
  'GET /v2/recordings': ['page', 'per_page', 'filter[date]', 'order'],
  'GET /v2/recordings/{id}': [],
  // who is to be called, from which telephone
  'POST /v2/calls': ['sipuid', 'target'],
  // where it tells us of calls, and of which lines
  'GET /v2/subscriptions': ['page', 'per_page'],
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
  'DELETE /v2/subscriptions/{id}': [],
})
