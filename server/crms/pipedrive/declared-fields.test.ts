import { expect, it } from 'vitest'
import { sentToPipedrive } from './declared-fields.ts'
import { endpoints } from './endpoints.ts'

it('GD-9 declares what is sent with each operation of Pipedrive that is used, and with no other', () => {
  const signingIn = ['POST /oauth/token', 'POST /oauth/revoke']
  const used = Object.values(endpoints).map(({ method, path }) => `${method} ${path}`)
  expect(Object.keys(sentToPipedrive.operations).sort()).toEqual([...signingIn, ...used].sort())
})
