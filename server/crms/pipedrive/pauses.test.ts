import { describe, expect, it } from 'vitest'
import type { CrmSession } from '../contract.ts'
import { Pauses } from './pauses.ts'

const session = (installationId: string, company = 'acme'): CrmSession => ({
  installationId,
  connectionId: 'c',
  organizationId: 'o',
  userRef: '1',
  apiBase: `https://${company}.pipedrive.com`,
  accessToken: async () => 'token',
  renewed: async () => 'token',
  spend: () => undefined,
  allowance: () => undefined,
})
const anna = session('anna')
const bob = session('bob')
const stranger = session('stranger', 'other')

function atNoon() {
  let now = Date.parse('2026-11-23T12:00:00Z')
  const pauses = new Pauses(() => new Date(now))
  return {
    pauses,
    pass: (seconds: number) => {
      now += seconds * 1000
    },
  }
}

describe('a pause', () => {
  it('after a burst holds this installation for the window, and nobody else', () => {
    const { pauses, pass } = atNoon()
    pauses.note(anna, { kind: 'burst', seconds: 2 })
    expect(pauses.secondsLeft(anna)).toBe(2)
    expect(pauses.secondsLeft(bob)).toBe(0)
    pass(2)
    expect(pauses.secondsLeft(anna)).toBe(0)
  })

  it('grows to minutes when bursts go on, until an answer comes through', () => {
    const { pauses, pass } = atNoon()
    const lengths: number[] = []
    for (let i = 0; i < 6; i += 1) {
      pauses.note(anna, { kind: 'burst', seconds: 2 })
      lengths.push(pauses.secondsLeft(anna))
      pass(pauses.secondsLeft(anna))
    }
    expect(lengths).toEqual([2, 2, 2, 60, 120, 240])
    pauses.clear(anna)
    pauses.note(anna, { kind: 'burst', seconds: 2 })
    expect(pauses.secondsLeft(anna)).toBe(2)
  })

  it('counts requests that met the limit together as one strike', () => {
    const { pauses } = atNoon()
    for (let i = 0; i < 10; i += 1) pauses.note(anna, { kind: 'burst', seconds: 2 })
    expect(pauses.secondsLeft(anna)).toBe(2)
  })

  it('is not ended by an answer to a request that was sent before it', () => {
    const { pauses } = atNoon()
    pauses.note(anna, { kind: 'burst', seconds: 2 })
    pauses.clear(anna)
    expect(pauses.secondsLeft(anna)).toBe(2)
  })

  it('after the firewall page lasts an hour', () => {
    const { pauses } = atNoon()
    pauses.note(anna, { kind: 'blocked' })
    expect(pauses.secondsLeft(anna)).toBe(3600)
  })

  it('for the day holds the whole company until midnight, then tries four times an hour', () => {
    const { pauses, pass } = atNoon()
    pauses.note(anna, { kind: 'daily', seconds: undefined })
    expect(pauses.secondsLeft(bob)).toBe(12 * 3600)
    expect(pauses.secondsLeft(stranger)).toBe(0)
    pass(12 * 3600)
    expect(pauses.secondsLeft(bob)).toBe(0)
    pauses.note(bob, { kind: 'daily', seconds: undefined })
    expect(pauses.secondsLeft(anna)).toBe(15 * 60)
  })
})
