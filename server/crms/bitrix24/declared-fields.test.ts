import { expect, it } from 'vitest'
import { sentToBitrix24 } from './declared-fields.ts'
import { methods } from './methods.ts'

it('GD-9 declares what is sent with each method of Bitrix24 that is used, and with no other', () => {
  const used = Object.values(methods).map(({ name }) => `POST /${name}`)
  expect(Object.keys(sentToBitrix24.operations).sort()).toEqual(['POST /oauth/token/', ...used].sort())
})
