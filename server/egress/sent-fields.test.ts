import { once } from 'node:events'
import { readdir, readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it } from 'vitest'
import { declareSent, inForce, runUnder, sentField } from '../../policy/index.ts'
import { createEgress, type RefusedRequest } from './index.ts'
import { isUndeclared, type Sent } from './sent-fields.ts'

const sends = declareSent('Example', {
  'GET /persons': ['limit'],
  'GET /persons/{id}': [],
  'GET /persons/search': ['term'],
  'POST /persons': ['name', 'phones[].value', 'tags[]', 'address.city'],
  'POST /oauth/token': ['grant_type', 'code'],
  'POST /calls/{id}/recordings': ['(file)'],
})
const json = { 'content-type': 'application/json' }
const form = { 'content-type': 'application/x-www-form-urlencoded' }

function sent(method: string, path: string, more: Partial<Sent> = {}): Sent {
  return { method, url: new URL(`https://example.test/api${path}`), headers: {}, ...more }
}
const post = (body: unknown): Sent => sent('POST', '/persons', { headers: json, body: JSON.stringify(body) })

describe('GD-9 what a recipient is sent', () => {
  it.each<Sent>([
    sent('GET', '/persons?limit=10'),
    sent('GET', '/persons/42'),
    sent('GET', '/persons/search?term=0123'),
    post({ name: 'Ada', phones: [{ value: '+442079460123' }], tags: [], address: { city: null } }),
    post({}),
    post({ phones: [{}], address: {} }),
    sent('POST', '/oauth/token', { headers: form, body: 'grant_type=x&code=y' }),
    sent('POST', '/calls/7/recordings', { headers: { 'content-type': 'multipart/form-data' }, file: true }),
  ])('is what its adapter declares: $method $url.pathname', (one) => {
    expect(isUndeclared(sends, one)).toBe(false)
  })

  it.each<[string, Sent]>([
    ['a field of the query', sent('GET', '/persons?limit=10&name=Ada')],
    ['another operation’s field', sent('GET', '/persons/search?limit=1')],
    ['an operation', sent('DELETE', '/persons/42')],
    ['an address', sent('GET', '/people')],
    ['a field of JSON', post({ name: 'Ada', email: 'ada@acme.example' })],
    ['a field inside another', post({ address: { city: 'Brno', street: 'Veveří 1' } })],
    ['a field of an item', post({ phones: [{ value: '1' }, { value: '2', label: 'Ada' }] })],
    ['an object in place of a text', post({ name: { first: 'Ada' } })],
    ['a list in place of a text', post({ name: ['Ada'] })],
    ['a text in place of an object', post('Ada')],
    ['a name with an empty object', post({ 'Ada of +44 20 7946 0123': {} })],
    ['a name with a list of empty objects', post({ address: { 'Veveří 1': [{}] } })],
    ['a field of a form', sent('POST', '/oauth/token', { headers: form, body: 'grant_type=x&user=Ada' })],
    [
      'a body that is neither',
      sent('POST', '/persons', { headers: { 'content-type': 'text/plain' }, body: 'Ada' }),
    ],
    ['JSON that is none', sent('POST', '/persons', { headers: json, body: '{name: Ada}' })],
    ['a file', sent('POST', '/persons', { headers: json, file: true })],
    ['a header', sent('GET', '/persons', { headers: { 'x-caller': 'Ada' } })],
  ])('and not %s that is not declared', (_, one) => {
    expect(isUndeclared(sends, one)).toBe(true)
  })

  it('does not leave with an undeclared field, and the refusal is recorded like others', async () => {
    let arrived = 0
    const server = createServer((_, response) => {
      arrived += 1
      response.end('{}')
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
    const refused: RefusedRequest[] = []
    const egress = createEgress({
      declared: [host],
      privateHosts: [host],
      record: (one) => refused.push(one),
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
    await egress.close()
    await new Promise((done) => server.close(done))
  })

  it('OC-9 does not hold a field that the policy in force does not name yet', () => {
    const rules = inForce()
    try {
      runUnder({ ...rules, withheld: new Set([sentField('Example', 'POST /persons', 'name')]) })
      expect(isUndeclared(sends, post({ name: 'Ada' }))).toBe(true)
      expect(isUndeclared(sends, post({ tags: [] }))).toBe(false)
      runUnder({ ...rules, withheld: new Set([sentField('Example', 'GET /persons/{id}')]) })
      expect(isUndeclared(sends, sent('GET', '/persons/42'))).toBe(true)
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
