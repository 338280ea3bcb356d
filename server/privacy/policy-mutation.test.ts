import { describe } from 'vitest'
import { itWithHub } from '../../testing/it.ts'
import { expectNoticed, sample } from './policy-mutations.fixture.ts'

const it = itWithHub()

describe('a line of policy/ that is taken out', () => {
  it('is noticed by the checks of the start and the rehearsal, whatever it said', ({ hub }) =>
    expectNoticed(hub, sample))
})
