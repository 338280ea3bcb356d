import { z } from 'zod'
import { removeAll } from '../api-client.ts'
import type { PhoneSystem } from '../contract.ts'
import { createClient, type WebexOptions } from './client.ts'
import { grantsOf } from './grants.ts'
import { readHistory } from './history.ts'
import { parseEvent } from './parse-event.ts'
import { readMe } from './people.ts'
import { recordingsOf } from './recordings.ts'
import { settings } from './settings.ts'
import { verifySignature } from './verify-signature.ts'
import { isSubscribed, path, subscribe } from './webhooks.ts'

/** Webex Calling (multi-tenant): every user grants access to their own telephone. */
export function createWebex(options: WebexOptions): PhoneSystem {
  const client = createClient(options)
  return {
    name: 'webex',
    title: 'Webex Calling',
    abilities: { hooks: true, listen: false, dial: true, recording: true, recent: true },
    settings,
    recordings: recordingsOf(client, options.url),
    api: {
      access: 'user',
      ready: () => true,
      grants: grantsOf(options),
      users: async (session) => [await readMe(client, session)],
      lines: async () => [],
      subscribe: (session, hook) => subscribe(client, session, hook),
      isSubscribed: (session, ids) => isSubscribed(client, session, ids),
      unsubscribe: (session, ids) => removeAll(client, session, path, ids),
      // It rings the token's own user, so it needs no name.
      dial: async (session, { to }) => {
        const body = { destination: to }
        await client(session, { method: 'POST', path: '/telephony/calls/dial', body, answer: z.unknown() })
      },
      history: (session, since) => readHistory(client, session, since),
    },
    receive(request, connection) {
      verifySignature(request, connection.secret)
      return parseEvent(request.body, connection)
    },
  }
}
