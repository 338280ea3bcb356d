import { describe, expect } from 'vitest'
import { itWithHub } from '../../testing/it.ts'
import { filledCompany } from './filled.fixture.ts'
import { PolicyCopies, policyLines } from './policy-lines.fixture.ts'
import { expectNoticed, more } from './policy-mutations.fixture.ts'

const it = itWithHub()

/** Side by side, because one check is mostly a process that starts. */
const processes = 2

describe('every line of policy/', () => {
  it('is noticed by the checks of the start and the rehearsal when it is taken out', async ({ hub }) => {
    await filledCompany(hub)
    // Nothing may change the databases from here on: the watchdog ends calls, the sweep deletes.
    await hub.node(0).stop()
    const waiting = await policyLines()
    const unnoticed: string[] = []
    const work = async () => {
      const copies = new PolicyCopies(hub.env)
      try {
        expect(await copies.without(undefined, { types: true })).toEqual([])
        for (let line = waiting.shift(); line; line = waiting.shift()) {
          const told = await copies.without(line, { types: true })
          if (told.length === 0) unnoticed.push(`${line.file}:${line.at + 1} ${line.text}`)
        }
        // Otherwise everything would have been "noticed" since the databases themselves changed.
        expect(await copies.without(undefined, { types: false })).toEqual([])
      } finally {
        await copies.close()
      }
    }
    await Promise.all(Array.from({ length: processes }, work))
    expect(unnoticed).toEqual([])
  }, 1_800_000)
})

describe('a line of policy/ that says something else', () => {
  it('is noticed by the checks of the start and the rehearsal', async ({ hub }) => {
    await hub.node(0).start()
    await expectNoticed(hub, more)
  })
})
