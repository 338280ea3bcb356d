import { once } from 'node:events'
import { readdir, readFile } from 'node:fs/promises'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { declareSent, inForce, runUnder, sentField, sentId } from '../../policy/index.ts'
import { createEgress, type RefusedRequest } from './index.ts'
import { isUndeclared, isUndeclaredMessage, type Sent } from './sent-fields.ts'

const sends = declareSent(
  'Example',
  {
    'GET /persons': ['?limit={count}', '?status=open|won', '?since={time}', '?filter[date]={date}'],
    'GET /persons/{person id}': [],
    'GET /persons/search': ['?term={telephone number}'],
    'POST /persons': ['name', 'phones[].value', 'tags[]', 'address.city'],
    'POST /oauth/token/': ['grant_type', 'code'],
    'POST /calls/{call id}/recordings': ['file=(file)'],
    'PUT /raw/{call id}': ['(file)'],
    MESSAGE: ['name', 'token'],
  },
  { 'person id': 'digits', 'call id': 'uuid' },
)
const callId = '0198f3c2-7d1e-7000-8000-00000000ac3e'
const json = { 'content-type': 'application/json' }
const form = { 'content-type': 'application/x-www-form-urlencoded' }

function sent(method: string, path: string, more: Partial<Sent> = {}): Sent {
  const base = 'https://example.test/api'
  return { method, url: new URL(`${base}${path}`), base, headers: {}, ...more }
}
const post = (body: unknown): Sent => sent('POST', '/persons', { headers: json, body: JSON.stringify(body) })

/** A recipient on this machine, the way out to it, and what that way has refused. */
async function recipient(listener: RequestListener) {
  const server = createServer(listener).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  const refused: RefusedRequest[] = []
  const egress = createEgress({
    declared: [host],
    privateHosts: [host],
    record: (one) => refused.push(one),
  })
  onTestFinished(async () => {
    await egress.close()
    await new Promise((done) => server.close(done))
  })
  return { host, refused, egress }
}

describe('GD-9 what a recipient is sent', () => {
  it.each<Sent>([
    sent('GET', '/persons?limit=10&status=won&since=2026-11-23T06:01:00Z'),
    sent('GET', `/persons?${new URLSearchParams({ 'filter[date]': '2026-11-23' })}`),
    sent('GET', '/persons/42'),
    sent('GET', `/persons/search?${new URLSearchParams({ term: '+442079460123' })}`),
    post({ name: 'Ada', phones: [{ value: '+442079460123' }], tags: [], address: { city: null } }),
    post({}),
    post({ phones: [{}], address: {} }),
    sent('POST', '/oauth/token/', { headers: form, body: 'grant_type=x&code=y' }),
    sent('POST', `/calls/${callId}/recordings`, { file: 'file=(file)' }),
    sent('PUT', `/raw/${callId}`, { file: '(file)' }),
    { ...sent('GET', '/persons/42'), base: 'https://example.test/api/' },
    { ...sent('GET', ''), url: new URL('https://example.test/persons/42'), base: undefined },
  ])('is what its adapter declares: $method $url.pathname', (one) => {
    expect(isUndeclared(sends, one)).toBe(false)
  })

  it.each<[string, Sent]>([
    ['a field of the query', sent('GET', '/persons?limit=10&name=Ada')],
    ['another operation’s field', sent('GET', '/persons/search?limit=1')],
    ['a word of the query', sent('GET', '/persons?status=Ada')],
    ['a value of the query in another form', sent('GET', '/persons?limit=+442079460123')],
    ['one of two values of the query', sent('GET', '/persons?limit=1&limit=Ada')],
    ['a search for a name', sent('GET', '/persons/search?term=Ada')],
    ['a field of the body in the query', sent('POST', '/persons?name=Ada')],
    ['a field of the query in the body', sent('GET', '/persons', { headers: json, body: '{"limit":1}' })],
    ['an operation', sent('DELETE', '/persons/42')],
    ['an address', sent('GET', '/people')],
    ['a name in place of an id', sent('GET', '/persons/Ada%20Novak')],
    ['a number that can be called in place of an id', sent('GET', '/persons/+442079460123')],
    ['the same in the form that a path has', sent('GET', '/persons/%2B442079460123')],
    ['an e-mail address in place of an id', sent('PUT', '/raw/ada@acme.example', { file: '(file)' })],
    ['more behind the id', sent('GET', '/persons/42/Ada')],
    ['an empty piece', sent('GET', '/persons//42')],
    ['something between the API and its operation', sent('GET', '/Ada/persons/42')],
    ['an address beside the API', { ...sent('GET', ''), url: new URL('https://example.test/apis/persons') }],
    ['the API of another host', { ...sent('GET', '/persons'), base: 'https://elsewhere.test/api' }],
    ['a part of another name', sent('POST', `/calls/${callId}/recordings`, { file: 'ada=(file)' })],
    ['a body in place of a part', sent('POST', `/calls/${callId}/recordings`, { file: '(file)' })],
    ['a field of JSON', post({ name: 'Ada', email: 'ada@acme.example' })],
    ['a field inside another', post({ address: { city: 'Brno', street: 'Veveří 1' } })],
    ['a field of an item', post({ phones: [{ value: '1' }, { value: '2', label: 'Ada' }] })],
    ['an object in place of a text', post({ name: { first: 'Ada' } })],
    ['a list in place of a text', post({ name: ['Ada'] })],
    ['a text in place of an object', post('Ada')],
    ['a name with an empty object', post({ 'Ada of +44 20 7946 0123': {} })],
    ['a name with a list of empty objects', post({ address: { 'Veveří 1': [{}] } })],
    ['a field of a form', sent('POST', '/oauth/token/', { headers: form, body: 'grant_type=x&user=Ada' })],
    [
      'a body that is neither',
      sent('POST', '/persons', { headers: { 'content-type': 'text/plain' }, body: 'Ada' }),
    ],
    ['JSON that is none', sent('POST', '/persons', { headers: json, body: '{name: Ada}' })],
    ['a file', sent('POST', '/persons', { headers: json, file: '(file)' })],
    ['a header', sent('GET', '/persons', { headers: { 'x-caller': 'Ada' } })],
  ])('and not %s that is not declared', (_, one) => {
    expect(isUndeclared(sends, one)).toBe(true)
  })

  it.each([
    ['{"name":"authenticate","token":"x"}', false],
    ['{}', false],
    ['{"name":"authenticate","caller":"Ada"}', true],
    ['{"token":{"of":"Ada"}}', true],
    ['Ada', true],
    ['"Ada"', true],
  ])('over an open WebSocket is what its adapter declares: %s', (text, refused) => {
    expect(isUndeclaredMessage(sends, text)).toBe(refused)
    expect(isUndeclaredMessage(undefined, text)).toBe(true)
    expect(isUndeclaredMessage(declareSent('Mute', { 'GET /a': [] }), text)).toBe(true)
  })

  it.each<[Parameters<typeof declareSent>[1], Parameters<typeof declareSent>[2], RegExp]>([
    [{ 'GET /persons/{person id}': [] }, {}, /names \{person id\} in an address/],
    [{ 'GET /persons': ['?term={name}'] }, {}, /names \{name\} in an address/],
    [{ 'GET /persons': [] }, { 'person id': 'digits' }, /stands in no address, "person id"/],
    [{ 'GET /persons': ['?term'] }, {}, /Invalid|invalid/],
    [{ 'GET persons': [] }, {}, /Invalid|invalid/],
  ])('cannot be declared with an address of which a piece has no form: %j', (operations, ids, told) => {
    expect(() => declareSent('Example', operations, ids)).toThrow(told)
  })

  it('goes to the hosts of its recipient, and not to those of another', async () => {
    const hosts: Record<string, string[]> = { Example: ['api.example.test'], Other: ['api.other.test'] }
    const refused: RefusedRequest[] = []
    const egress = createEgress({
      declared: (recipient) =>
        recipient === undefined ? Object.values(hosts).flat() : (hosts[recipient] ?? []),
      privateHosts: [],
      record: (one) => refused.push(one),
      resolve: (_, __, done) => done(Object.assign(new Error('none'), { code: 'ENOTFOUND' }), []),
    })
    const ask = (host: string) =>
      egress
        .request({ url: `https://${host}/persons/42`, method: 'GET', provider: 'example', sends })
        .catch(() => undefined)
    await ask('api.other.test')
    expect(refused).toEqual([{ host: 'api.other.test', why: 'undeclared' }])
    await ask('api.example.test')
    expect(refused).toHaveLength(1)
    await egress.close()
  })

  it('does not leave with an undeclared field, and the refusal is recorded like others', async () => {
    let arrived = 0
    const { host, refused, egress } = await recipient((_, response) => {
      arrived += 1
      response.end('{}')
    })
    const ask = (body: object) =>
      egress.request({
        url: `http://${host}/persons`,
        method: 'POST',
        headers: json,
        body: JSON.stringify(body),
        provider: 'example',
        sends,
      })
    await expect(ask({ name: 'Ada', mother: 'Anne' })).rejects.toMatchObject({
      failure: { code: 'undeclared', what: 'field' },
    })
    expect([arrived, refused]).toEqual([0, [{ host, why: 'field' }]])
    await ask({ name: 'Ada' })
    expect(arrived).toBe(1)
  })

  it('and a recording leaves as the one declared part, under no name of anybody', async () => {
    let body = ''
    const { host, refused, egress } = await recipient(async (request, response) => {
      for await (const piece of request) body += String(piece)
      response.end('{}')
    })
    async function* pieces() {
      yield Buffer.from('sound')
    }
    const plain = { name: 'file', fileName: 'recording.mp3', contentType: 'audio/mpeg' }
    const send = (part: typeof plain | undefined, path = 'calls', headers = {}) =>
      egress.upload({
        url: `http://${host}/${path}/${callId}${path === 'calls' ? '/recordings' : ''}`,
        method: path === 'calls' ? 'POST' : 'PUT',
        pieces: pieces(),
        ...(part ? { part } : {}),
        headers,
        provider: 'example',
        sends,
      })
    const strange = [
      send({ ...plain, fileName: 'Ada Novak.mp3' }),
      send({ ...plain, fileName: 'recording.mp3"\r\nx: Ada' }),
      send({ ...plain, contentType: 'audio/mpeg\r\nx: Ada' }),
      send({ ...plain, contentType: 'text/plain' }),
      send({ ...plain, name: 'note' }),
      send(undefined),
      send(undefined, 'raw', { 'Content-Type': 'multipart/form-data; boundary=x' }),
    ]
    for (const one of strange)
      await expect(one).rejects.toMatchObject({ failure: { code: 'undeclared', what: 'field' } })
    expect([body, refused.length]).toEqual(['', strange.length])
    await send(plain)
    expect(body).toMatch(
      /^--(ringfence-\w+)\r\ncontent-disposition: form-data; name="file"; filename="recording.mp3"\r\ncontent-type: audio\/mpeg\r\n\r\nsound\r\n--\1--\r\n$/,
    )
  })

  it('OC-9 does not hold a field that the policy in force does not name yet', () => {
    const rules = inForce()
    try {
      runUnder({ ...rules, withheld: new Set([sentField('Example', 'POST /persons', 'name')]) })
      expect(isUndeclared(sends, post({ name: 'Ada' }))).toBe(true)
      expect(isUndeclared(sends, post({ tags: [] }))).toBe(false)
      for (const field of [
        sentField('Example', 'GET /persons/{person id}'),
        sentId('Example', sends.ids, 'person id'),
      ]) {
        runUnder({ ...rules, withheld: new Set([field]) })
        expect(isUndeclared(sends, sent('GET', '/persons/42'))).toBe(true)
        expect(isUndeclared(sends, sent('GET', '/persons?limit=1'))).toBe(false)
      }
      runUnder({ ...rules, withheld: new Set([sentField('Example', 'GET /persons', '?limit={count}')]) })
      expect(isUndeclared(sends, sent('GET', '/persons?limit=1'))).toBe(true)
      expect(isUndeclared(sends, sent('GET', '/persons?status=won'))).toBe(false)
      runUnder({ ...rules, withheld: new Set([sentField('Example', 'MESSAGE', 'token')]) })
      expect(isUndeclaredMessage(sends, '{"token":"x"}')).toBe(true)
    } finally {
      runUnder(rules)
    }
  })
})

describe('a request whose fields are chosen by others', () => {
  it('is made in three places only', async () => {
    const root = new URL('../', import.meta.url)
    const files = (await readdir(root, { recursive: true })).filter((name) => /(?<!\.test)\.ts$/.test(name))
    const found: string[] = []
    for (const file of files)
      if (/sends: 'as /.test(await readFile(new URL(file, root), 'utf8'))) found.push(file)
    expect(found.sort()).toEqual(['phones/dial.ts', 'phones/line.ts', 'recordings/transfer.ts'])
  })
})
