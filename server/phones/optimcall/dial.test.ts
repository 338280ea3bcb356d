import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dial } from './dial.ts'
import { settings } from './settings.ts'

const baseUrl = 'https://acme.optimcall.example:8443'
const template = {
  method: 'POST',
  path: '/api/command?to={{number}}',
  headers: [{ name: 'X-Phone', value: 'ext {{extension}}' }],
  body: '{ "name": "Ring", "from": "{{extension}}", "list": ["call {{number}} now"], "n": 1, "key": "s" }',
  success: { field: 'result.state', equals: 'ok' },
} as const
const call = { extension: '21', to: '+420777111222' }
const taken = (more: object) => settings.schema.safeParse({ baseUrl, dial: { ...template, ...more } }).success
const request = (more: object = {}, of = call) =>
  dial.request({ baseUrl, dial: { ...template, ...more } }, of)

describe('the command that an administrator wrote down', () => {
  it('PD-6 is filled with the phone that rings first and the number', () => {
    const { accepted, ...made } = request() ?? { accepted: () => false }
    expect(made).toEqual({
      method: 'POST',
      url: `${baseUrl}/api/command?to=%2B420777111222`,
      host: 'acme.optimcall.example:8443',
      headers: { 'content-type': 'application/json', 'x-phone': 'ext 21' },
      body: '{"name":"Ring","from":"21","list":["call +420777111222 now"],"n":1,"key":"s"}',
    })
    const answer = (status: number, body: string) => accepted({ status, body: Buffer.from(body) })
    expect(answer(200, '{"result":{"state":"ok"}}')).toBe(true)
    for (const [status, body] of [
      [200, '{"result":{"state":"no"}}'],
      [200, '{"result":"ok"}'],
      [200, 'null'],
      [200, ''],
      [302, '{"result":{"state":"ok"}}'],
      [500, '{"result":{"state":"ok"}}'],
    ] as const)
      expect(answer(status, body)).toBe(false)
  })

  it('PD-6 is none where nothing is configured', () => {
    expect(dial.request({}, call)).toBeUndefined()
    expect(dial.request({ baseUrl }, call)).toBeUndefined()
    expect(dial.request({ dial: template }, call)).toBeUndefined()
  })

  it.for([
    ['an address of its own', { path: 'https://elsewhere.example/{{number}}' }],
    ['another host', { path: '//elsewhere.example/{{number}}' }],
    ['another host by a backslash', { path: '/\\elsewhere.example/{{number}}' }],
    ['somebody before an @', { path: '@elsewhere.example/{{number}}' }],
    ['a way up', { path: '/api/../../{{number}}' }],
    ['a hidden way up', { path: '/api/%2e%2e/{{number}}' }],
    ['a second line', { path: '/api\r\nhost: elsewhere.example' }],
    ['another placeholder', { body: '{"a":"{{number}}{{extension}}{{secret}}"}' }],
    ['half a placeholder', { body: '{"a":"{{number}}{{extension}}{{"}' }],
    ['a number that is no text', { body: '{"a":{{number}},"b":"{{extension}}"}' }],
    ['no JSON', { body: 'number={{number}}&extension={{extension}}' }],
    ['a header of the message', { headers: [{ name: 'Host', value: 'elsewhere.example' }] }],
    ['a header of two lines', { headers: [{ name: 'x', value: 'a\r\nb' }] }],
    ['a body with GET', { method: 'GET' }],
    ['no extension', { headers: [], body: '{"a":"{{number}}"}' }],
    ['no number', { path: '/api', body: '{"a":"{{extension}}"}' }],
  ] as const)('PD-6 PD-11 is not taken with %s', ([, more]) => {
    expect(taken({})).toBe(true)
    expect(taken(more)).toBe(false)
  })

  it('PD-6 PD-11 leads to the connection’s own address and says what was written, whatever is to be dialled', () => {
    const piece = fc.constantFrom(
      '1',
      '0',
      '+',
      '"',
      '\\',
      '}',
      '{{',
      '\r\n',
      '/',
      '..',
      '@',
      '#',
      '?',
      'x',
      '%',
    )
    const text = fc.array(piece, { maxLength: 8 }).map((parts) => parts.join(''))
    const good = JSON.stringify(Object.keys(JSON.parse(template.body)))
    fc.assert(
      fc.property(text, text, (extension, to) => {
        const made = request({}, { extension, to })
        if (!made) return
        expect(`${extension}${to}`).toMatch(/^\d+\+?\d+$/)
        expect(new URL(made.url).origin).toBe(baseUrl)
        expect(JSON.stringify(Object.keys(JSON.parse(made.body ?? '')))).toBe(good)
        expect(JSON.stringify(made.headers)).not.toMatch(/\\[rn]/)
      }),
      { numRuns: 2_000 },
    )
  })
})
