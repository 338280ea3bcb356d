import type { PhoneAdapter } from 'ringfence/adapter'
import { eventParser } from './parse-event.ts'
import { signatureVerifier } from './verify-signature.ts'

/** Connects Example Voice with Ringfence: what it posts to our address becomes calls. */
export const adapter: PhoneAdapter = {
  apiVersion: 1,
  kind: 'phone',
  name: 'example-voice',
  title: 'Example Voice',
  // Joined with the policy of the installation: who gets which of its data, and where they are.
  declaration: {
    data: ['call journal', 'connection settings', 'hook secrets'],
    // It is not spoken to: events come from it. Where it is, name its hosts, each with its region:
    // hosts: [{ host: 'api.example.com', region: 'EU' }],
    hosts: 'connection',
  },
  create(parts) {
    const verifySignature = signatureVerifier(parts)
    const parseEvent = eventParser(parts)
    return {
      name: 'example-voice',
      title: 'Example Voice',
      // What it cannot do is said here and never found out at run time. Each further ability has a part of its own.
      abilities: { hooks: true, listen: false, dial: false, recording: false, recent: false },
      // What an administrator may set for a connection; fields named in `secret` are never shown again, and go to no other
      // host than the one in the field that `sentTo` names for them.
      settings: { schema: parts.z.strictObject({}), secret: [], sentTo: {} },
      receive(request, connection) {
        verifySignature(request, connection.secret)
        return parseEvent(request.body, connection.numbers)
      },
    }
  },
}
