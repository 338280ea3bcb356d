import { describe, expect, it } from 'vitest'
import { failureOf } from '../../failure.ts'
import { partIn, readPhpForm, textIn } from './php-form.ts'

const read = (body: string) => readPhpForm(Buffer.from(body))
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value))

describe('a form with PHP’s names', () => {
  it('becomes what PHP makes of it', () => {
    const body =
      'event=ONCRMCONTACTADD&data%5BFIELDS%5D%5BID%5D=134806&ts=17&auth[domain]=a%26b&list[]=x&list[]=y&twice=1&twice=2'
    expect(plain(read(body))).toEqual({
      event: 'ONCRMCONTACTADD',
      data: { FIELDS: { ID: '134806' } },
      ts: '17',
      auth: { domain: 'a&b' },
      list: { 0: 'x', 1: 'y' },
      twice: '2',
    })
  })

  it.each(['[x]=1', 'a[b=1', 'a]=1', '=1', 'a[b]c=1', '%'])('takes %j for a name like any other', (body) => {
    expect(() => read(body)).not.toThrow()
  })

  it('has no names but its own', () => {
    const form = read('__proto__[polluted]=1&constructor[prototype][polluted]=1&a=1&a[b]=2&c[d]=1&c=2')
    expect(({} as Record<string, unknown>)['polluted']).toBe(undefined)
    expect(textIn(read(''), 'toString')).toBe(undefined)
    expect(textIn(partIn(form, 'a'), 'b')).toBe('2')
    expect(textIn(form, 'c')).toBe('2')
    expect(partIn(form, 'missing')).toEqual({})
  })

  it('is refused when it is no form of anybody’s', () => {
    for (const body of [
      Array.from({ length: 501 }, (_, n) => `a${n}=1`).join('&'),
      `a${'[b]'.repeat(9)}=1`,
    ]) {
      let code: string | undefined
      try {
        read(body)
      } catch (error) {
        code = failureOf(error)?.code
      }
      expect(code).toBe('invalid-input')
    }
  })
})
