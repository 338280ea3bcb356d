import type { PhoneSystem } from '../contract.ts'
import { dial } from './dial.ts'
import { listening } from './listen.ts'
import { parseEvent } from './parse-event.ts'
import { recordings } from './recording.ts'
import { settings } from './settings.ts'
import { verifySignature } from './verify-signature.ts'

/** OptimCall's Event Notification Service, in webhook and in WebSocket mode. */
export const optimcall: PhoneSystem = {
  name: 'optimcall',
  title: 'OptimCall',
  policyUrl: 'https://www.optimcall.cz/integrace/privacy-policy-for-the-optimcall-pipedrive-app',
  abilities: { hooks: true, listen: true, dial: true, recording: true, recent: false },
  settings,
  recordings,
  listening,
  dial,
  receive(request, connection) {
    verifySignature(request, connection.secret)
    return parseEvent(request.body, connection.numbers)
  },
}
