import { describe, expect, it } from 'vitest'
import { alongWays, type Way } from './map-graph.ts'

const ways: Way[] = [
  { from: 'source:phone', to: 'kind:calls', live: true },
  { from: 'source:phone', to: 'kind:lines', live: true },
  { from: 'source:crm', to: 'kind:contacts', live: true },
  { from: 'kind:calls', to: 'recipient:crm', live: true },
  { from: 'kind:contacts', to: 'recipient:phone', live: false },
]

describe('the ways through', () => {
  it.each([
    ['source:phone', ['kind:calls', 'kind:lines', 'recipient:crm', 'source:phone']],
    ['kind:calls', ['kind:calls', 'recipient:crm', 'source:phone']],
    ['recipient:phone', ['kind:contacts', 'recipient:phone', 'source:crm']],
    ['kind:lines', ['kind:lines', 'source:phone']],
  ])('%s lead to what it comes from and goes to, and nowhere else', (id, along) => {
    expect([...alongWays(ways, id)].sort()).toEqual(along)
  })
})
