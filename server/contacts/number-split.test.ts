import { describe, expect, it } from 'vitest'
import { splitTyped } from './numbers.ts'

describe('a field with several numbers', () => {
  it.each([
    ['0777 111 222 / 0777 333 444', ['0777 111 222', '0777 333 444']],
    ['777111222/777333444', ['777111222', '777333444']],
    ['+420777111222/777333444', ['+420777111222', '777333444']],
    ['030 123456, 0170 1234567; 040 123456', ['030 123456', '0170 1234567', '040 123456']],
    ['030 123456 | 0170 1234567', ['030 123456', '0170 1234567']],
    ['030 123456\n0170 1234567', ['030 123456', '0170 1234567']],
    ['+49 30 123456 +49 170 1234567', ['+49 30 123456', '+49 170 1234567']],
    ['777111222 777333444 777555666', ['777111222', '777333444', '777555666']],
    ['030 123456 (Büro), 0151 12345678 (mobil)', ['030 123456 (Büro)', '0151 12345678 (mobil)']],
    ['030-123456 x21 / 0170-1234567', ['030-123456 x21', '0170-1234567']],
    ['030 123456/57', ['030 123456', '030 123457']],
  ])('is taken apart: %s', (raw, expected) => {
    expect(splitTyped(raw)).toEqual(expected)
  })

  it.each([
    '030 123456 or 0170 1234567',
    '030 123456 oder 0170 1234567',
    '030 123456 nebo 0170 1234567',
    'Tel 030 123456 Fax 0170 1234567',
  ])('is taken apart at a word: %s', (raw) => {
    expect(splitTyped(raw)).toEqual([
      expect.stringContaining('030 123456'),
      expect.stringContaining('0170 1234567'),
    ])
  })

  it.each([
    '030/123456',
    '033638/12345',
    '0049 33638/123456',
    '0 30 / 12 34 56',
    '030 123456; 21',
    '030 123456, 21',
    '030 123456 ext. 21',
    '+1 202 555 0123,,21',
    '1-800-FLOWERS',
    'mobile: +49 170 1234567',
    '06/30/123-4567',
    'tel:7042;phone-context=+4930',
  ])('stays whole if it is one number: %s', (raw) => {
    expect(splitTyped(raw)).toEqual([raw])
  })

  it('yields nothing without a digit, and at most ten of a pasted list', () => {
    for (const raw of ['', '-', 'n/a', '+', 'ask Ada']) expect(splitTyped(raw)).toEqual([])
    expect(splitTyped('030 123456; '.repeat(1000))).toHaveLength(10)
  })
})
