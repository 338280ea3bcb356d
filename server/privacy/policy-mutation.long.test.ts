import { describe, expect } from 'vitest'
import { itWithHub } from '../../testing/it.ts'
import { filledCompany } from './filled.fixture.ts'
import { MutableCopy, policyLines } from './policy-lines.fixture.ts'

const it = itWithHub()

describe('every line of policy/', () => {
  it('is noticed by the checks of the start and the rehearsal when it is taken out', async ({ hub }) => {
    await filledCompany(hub)
    const copy = await MutableCopy.make(hub.env)
    const unnoticed: string[] = []
    try {
      expect(await copy.without(undefined)).toBe('')
      for (const line of await policyLines()) {
        if ((await copy.without(line)) === '') unnoticed.push(`${line.file}:${line.at + 1} ${line.text}`)
      }
    } finally {
      await copy.remove()
    }
    expect(unnoticed).toEqual([])
  }, 1_800_000)
})
