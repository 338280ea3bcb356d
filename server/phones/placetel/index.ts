import { z } from 'zod'
import { parseE164 } from '../../contacts/numbers.ts'
import { type ApiClient, type ApiOptions, removeAll } from '../api-client.ts'
import type { PhoneSession, PhoneSystem } from '../contract.ts'
import { createClient } from './client.ts'
import { readHistory } from './history.ts'
import { dialledFromGermany } from './numbers.ts'
import { parseEvent } from './parse-event.ts'
import { readLines, readUsers } from './people.ts'
import { recordingsOf } from './recordings.ts'
import { readPlacetel, settings } from './settings.ts'
import { isSubscribed, path, subscribe } from './subscriptions.ts'
import { verifySignature } from './verify-signature.ts'

/** Placetel: notifications (Notify API) and the API v2, with an administrator's key. */
export function createPlacetel(options: ApiOptions): PhoneSystem {
  const client = createClient(options)
  return {
    name: 'placetel',
    title: 'Placetel',
    abilities: { hooks: true, listen: false, dial: true, recording: true, recent: true },
    settings,
    recordings: recordingsOf(client, options.url),
    api: {
      access: 'key',
      subscribes: (given) => readPlacetel(given).delivery === 'subscription',
      ready: (given) => readPlacetel(given).apiKey !== undefined,
      users: (session) => readUsers(client, session),
      lines: (session) => readLines(client, session),
      subscribe: (session, hook) => subscribe(client, session, hook),
      isSubscribed: (session, ids) => isSubscribed(client, session, ids),
      unsubscribe: (session, ids) => removeAll(client, session, path, ids),
      dial: (session, call) => dial(client, session, call),
      history: (session, since) => readHistory(client, session, since),
    },
    receive(request, connection) {
      verifySignature(request, connection.secret, readPlacetel(connection.settings))
      return parseEvent(request.body, connection)
    },
  }
}

/** It answers 201 and nothing else: which call it became is told by its events. */
async function dial(
  client: ApiClient,
  session: PhoneSession,
  { ref, to }: { ref: string; to: string },
): Promise<void> {
  const target = parseE164(to) === undefined ? to : dialledFromGermany(to)
  await client(session, {
    method: 'POST',
    path: '/calls',
    body: { sipuid: ref, target },
    answer: z.unknown(),
  })
}
