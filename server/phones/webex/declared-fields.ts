import { declareSent } from '../../../policy/index.ts'

/** Everything that Webex is sent. The token that says in whose name stands in a header of each. */
export const sentToWebex = declareSent(
  'Webex',
  {
    'POST /v1/access_token': [
      'grant_type',
      'code',
      'redirect_uri',
      'refresh_token',
      'client_id',
      'client_secret',
    ],
    'GET /v1/people/me': [],
    'GET /v1/telephony/calls/history': ['?type=received|missed'],
    'GET /v1/convergedRecordings': [
      '?from={time}',
      '?to={time}',
      '?status=available',
      '?serviceType=calling',
      '?max={count}',
    ],
    'GET /v1/convergedRecordings/{recording id}': [],
    // who is to be called, from the telephone of whose token it is
    'POST /v1/telephony/calls/dial': ['destination'],
    // where it tells us of calls
    'GET /v1/webhooks': ['?max={count}'],
    'GET /v1/webhooks/{webhook id}': [],
    'POST /v1/webhooks': ['name', 'targetUrl', 'resource', 'event', 'secret'],
    'PUT /v1/webhooks/{webhook id}': ['name', 'targetUrl', 'secret', 'status'],
    'DELETE /v1/webhooks/{webhook id}': [],
  },
  { 'recording id': 'code', 'webhook id': 'code' },
)
