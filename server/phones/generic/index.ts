import { configuredDial } from '../configured-dial.ts'
import type { PhoneSystem } from '../contract.ts'
import { parseEvent } from './parse-event.ts'
import { readGeneric, settings } from './settings.ts'
import { verifySignature } from './verify-signature.ts'

/** Any phone system that can call an address when something happens: what it says is set by an administrator. */
export const generic: PhoneSystem = {
  name: 'generic',
  // the same in every language
  title: 'PBX (HTTP)',
  abilities: { hooks: true, listen: false, dial: true, recording: false, recent: false },
  settings,
  dial: configuredDial((given) => settings.schema.parse(given)),
  receive(request, connection) {
    const read = readGeneric(connection.settings)
    verifySignature(request, connection.secret, read)
    return parseEvent(request, connection, read)
  },
}
