import { createCipheriv, createHmac, randomBytes, randomUUID } from 'node:crypto'
import pg from 'pg'
import { Agent, request } from 'undici'
import type { Target } from '../server/database/connections.ts'
import { serve } from './children.ts'
import { BinaryRows, bigint, boolean, copyInto, type Field, smallint, text, timestamp, uuid } from './copy.ts'
import { authorize, type CrmPlace } from './crm-place.ts'
import { numberColumns, personColumns } from './seed-contacts.ts'

/** Reading, parsing, sealing and COPY, page by page, and nothing that knows what a contact is. */
export type MirrorFloor = typeof tasks

interface Page {
  data: {
    id: number
    name: string
    owner_id: number
    update_time: string
    phones: { value: string }[]
  }[]
  additional_data: { next_cursor: string | null }
}
interface Rows {
  persons: Buffer
  numbers: Buffer
}

const agent = new Agent({ connections: 1 })
const key = randomBytes(32)
let client: pg.Client | undefined
let base = ''
let token = ''
let connectionId = ''
let ready: Rows[] = []

const tasks = {
  prepare: async (input: { target: Target; connectionId: string; crm: CrmPlace }): Promise<void> => {
    const { host, port, user, password, database } = input.target
    client = new pg.Client({ host, port, user, password, database })
    await client.connect()
    connectionId = input.connectionId
    const tokens = await signIn(input.crm)
    token = tokens.access_token
    base = tokens.api_domain
  },

  /** @returns seconds */
  floor: async (): Promise<number> => {
    await empty()
    ready = []
    const startedAt = performance.now()
    let cursor: string | null = null
    do {
      const page: Page = await read(cursor)
      const rows = sealed(page)
      await store(rows)
      ready.push(rows)
      cursor = page.additional_data.next_cursor
    } while (cursor !== null)
    return (performance.now() - startedAt) / 1000
  },

  /** The rows of the last floor again, which are ready. @returns seconds */
  bare: async (): Promise<number> => {
    await empty()
    const startedAt = performance.now()
    for (const rows of ready) await store(rows)
    return (performance.now() - startedAt) / 1000
  },
}

function database(): pg.Client {
  if (!client) throw new Error('prepare comes first')
  return client
}

async function empty(): Promise<void> {
  await database().query('truncate persons, companies cascade')
}

async function read(cursor: string | null): Promise<Page> {
  const query = new URLSearchParams({ limit: '500', sort_by: 'id', sort_direction: 'asc' })
  if (cursor !== null) query.set('cursor', cursor)
  const answer = await request(`${base}/api/v2/persons?${query}`, {
    dispatcher: agent,
    headers: { authorization: `Bearer ${token}` },
  })
  if (answer.statusCode !== 200) throw new Error(`the stand-in answered ${answer.statusCode}`)
  return (await answer.body.json()) as Page
}

function sealed(page: Page): Rows {
  const persons = new BinaryRows()
  const numbers = new BinaryRows()
  for (const one of page.data) {
    const person = randomUUID()
    persons.add([
      uuid(person),
      uuid(connectionId),
      text(String(one.id)),
      smallint(one.id % 256),
      seal(one.name, person),
      text(String(one.owner_id)),
      boolean(true),
      timestamp(new Date(one.update_time)),
      bigint(1),
    ])
    for (const { value } of one.phones) {
      const number = randomUUID()
      numbers.add([
        uuid(number),
        uuid(person),
        seal(value, number),
        keyedHash(value),
        keyedHash(`typed ${value}`),
      ])
    }
  }
  return { persons: persons.end(), numbers: numbers.end() }
}

function seal(plain: string, row: string): Field {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  cipher.setAAD(Buffer.from(row))
  return Buffer.concat([nonce, cipher.update(plain, 'utf8'), cipher.final(), cipher.getAuthTag()])
}

function keyedHash(value: string): Field {
  return createHmac('sha256', key).update(value).digest()
}

async function store(rows: Rows): Promise<void> {
  await database().query('begin')
  await copyInto(database(), 'persons', personColumns, rows.persons)
  await copyInto(database(), 'person_numbers', numberColumns, rows.numbers)
  await database().query('commit')
}

async function signIn(crm: CrmPlace): Promise<{ access_token: string; api_domain: string }> {
  const answer = await fetch(`${crm.oauthUrl}/oauth/token`, {
    method: 'POST',
    headers: {
      authorization: `Basic ${Buffer.from(`${crm.clientId}:${crm.clientSecret}`).toString('base64')}`,
    },
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      code: await authorize(crm, crm.users[1]),
      redirect_uri: crm.redirectUri,
    }),
  })
  return (await answer.json()) as { access_token: string; api_domain: string }
}

serve(tasks, async () => {
  await client?.end()
  await agent.close()
})
