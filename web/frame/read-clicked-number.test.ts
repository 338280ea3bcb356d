import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readClickedNumber } from './read-clicked-number.ts'

describe('a click on a number', () => {
  it.each([
    [{ phone: '+44 20 7946 0123' }, { number: '+44 20 7946 0123' }],
    [
      { phone_number: '020 7946 0123', deal_id: 7 },
      { number: '020 7946 0123', dealId: '7' },
    ],
    [{ number: 442079460123 }, { number: '442079460123' }],
    [
      { invoker: 'user', data: { phone: '(202) 555-0143', person_id: 8 } },
      { number: '(202) 555-0143', personId: '8' },
    ],
    [
      { person_id: '8', org_id: 3, phone: ' 030 23125-001 ' },
      { number: '030 23125-001', personId: '8', companyId: '3' },
    ],
    [{ person_id: 8 }, { personId: '8' }],
    [{ phone: '030 23125 ext. 21' }, { number: '030 23125 ext. 21' }],
    [{ phone: '', number: '+420601000101' }, { number: '+420601000101' }],
    [{ phone: 'none', other: { phone_number: '+420601000101' } }, { number: '+420601000101' }],
  ])('%j is understood', (context, understood) => {
    expect(readClickedNumber(context)).toEqual(understood)
  })

  it.each([
    [undefined],
    [null],
    ['+442079460123'],
    [['+442079460123']],
    [{}],
    [{ invoker: 'user' }],
    [{ phone: 'call me', number: null, phone_number: { deep: { number: '+442079460123' } } }],
    [{ a: { b: { phone: '+442079460123' } } }],
    [{ phone: 'javascript:alert(1)', person_id: '8; drop' }],
    [{ phone: '<b>+44</b> 20 7946 0123' }],
    [{ phone: '12' }],
    [{ phone: '1'.repeat(40), person_id: -1 }],
  ])('that says %j is left alone', (context) => {
    expect(readClickedNumber(context)).toBeUndefined()
  })

  it('never fails, whatever the host sends', () => {
    fc.assert(
      fc.property(fc.anything(), fc.constantFrom('phone', 'number', 'data', 'person_id'), (value, key) => {
        const read = readClickedNumber({ [key]: value })
        expect(read === undefined || Object.values(read).every((one) => typeof one === 'string')).toBe(true)
      }),
    )
  })
})
