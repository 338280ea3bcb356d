import type { LookupAddress } from 'node:dns'
import { describe, expect, it } from 'vitest'
import { guardedLookup, PrivateAddressError } from './guarded-lookup.ts'

const outside = { address: '2606:4700::1111', family: 6 }
const inside = { address: '127.0.0.1', family: 4 }

/** What a socket would be told, for each of the resolver's answers in turn. */
async function lookUp(answers: LookupAddress[][], all: boolean) {
  let asked = 0
  const lookup = guardedLookup((_, __, done) => {
    const answer = answers[asked]
    asked += 1
    done(null, answer ?? [])
  })
  const told: unknown[] = []
  for (const _ of answers) {
    told.push(
      await new Promise((resolve) => {
        lookup('acme.pipedrive.com', { all }, (error, address) => resolve(error ?? address))
      }),
    )
  }
  return told
}

describe('the look-up of a socket', () => {
  it('hands on the addresses that were checked, in either form', async () => {
    expect(await lookUp([[outside]], true)).toEqual([[outside]])
    expect(await lookUp([[outside]], false)).toEqual([outside.address])
  })

  it('checks each answer anew, so a name that changes its mind gains nothing', async () => {
    const [first, second] = await lookUp([[outside], [inside]], true)
    expect(first).toEqual([outside])
    expect(second).toBeInstanceOf(PrivateAddressError)
  })

  it('refuses all when one is inside', async () => {
    const [told] = await lookUp([[outside, inside]], false)
    expect(told).toBeInstanceOf(PrivateAddressError)
  })

  it('fails when there is no address', async () => {
    const [told] = await lookUp([[]], true)
    expect(told).toMatchObject({ code: 'ENOTFOUND' })
  })
})
