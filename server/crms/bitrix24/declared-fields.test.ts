import { expect, it } from 'vitest'
import { isUndeclared } from '../../egress/sent-fields.ts'
import { sentToBitrix24 } from './declared-fields.ts'
import { methods } from './methods.ts'

it('GD-9 declares what is sent with each method of Bitrix24 that is used, and with no other', () => {
  const used = Object.values(methods).map(({ name }) => `POST /${name}`)
  expect(Object.keys(sentToBitrix24.operations).sort()).toEqual(['POST /oauth/token/', ...used].sort())
})

it('GD-9 lets nothing into a portal by a batch, in which requests hide in one text', () => {
  const base = 'https://acme.bitrix24.de/rest'
  const asked = (method: string, params: object) =>
    isUndeclared(sentToBitrix24, {
      method: 'POST',
      url: new URL(`${base}/${method}`),
      base,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ auth: 'token', ...params }),
    })
  expect(asked('crm.contact.get', { id: '7' })).toBe(false)
  expect(asked('batch', { cmd: { one: 'crm.contact.add?fields[NAME]=Ada' } })).toBe(true)
  expect(asked('crm.contact.get', { id: '7', cmd: ['crm.contact.add?fields[NAME]=Ada'] })).toBe(true)
  expect(asked('crm.contact.get?NAME=Ada', { id: '7' })).toBe(true)
  expect(asked('crm.contact.get/Ada', { id: '7' })).toBe(true)
})
