import { describe, expect, it } from 'vitest'
import { failureOf } from '../failure.ts'
import { approverIn } from './approvals.ts'

describe('who approves', () => {
  it('GD-1 is a person in a role', () => {
    expect(approverIn('Jana Nováková, managing director, Prague', '--by')).toEqual({
      name: 'Jana Nováková',
      role: 'managing director, Prague',
    })
  })

  it.each(['', 'Jana', 'Jana,', ', director', `Jana, ${'x'.repeat(200)}`])('GD-1 is not "%s"', (text) => {
    const refused = (() => {
      try {
        return approverIn(text, '--by')
      } catch (error) {
        return failureOf(error)
      }
    })()
    expect(refused).toMatchObject({ code: 'setting', sentence: expect.stringContaining('in which role') })
  })
})
