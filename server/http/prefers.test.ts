import { describe, expect, it } from 'vitest'
import { prefers } from './prefers.ts'

describe('what a client wants most', () => {
  it.each<[string | undefined, string | undefined]>([
    ['cs', 'cs'],
    ['cs-CZ,cs;q=0.9,en;q=0.8', 'cs'],
    ['en-GB,en;q=0.9,cs;q=0.8', 'en'],
    ['de-DE,de;q=0.9,cs;q=0.4,en;q=0.3', 'cs'],
    ['de', undefined],
    ['de,*;q=0.1', 'en'],
    ['en;q=0,*', 'cs'],
    ['CS', 'cs'],
    ['cs,en', 'cs'],
    ['', undefined],
    [undefined, undefined],
    ['cs;q=nonsense,en;q=0.1', 'en'],
  ])('%s', (header, wanted) => {
    expect(prefers(header, ['en', 'cs'])).toBe(wanted)
  })

  it.each<[string | undefined, string | undefined]>([
    ['text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', 'text/html'],
    ['application/json', 'application/json'],
    ['application/json, text/plain, */*', 'application/json'],
    ['*/*', 'text/html'],
    ['text/*;q=0.5, application/json;q=0.6', 'application/json'],
  ])('%s', (header, wanted) => {
    expect(prefers(header, ['text/html', 'application/json'])).toBe(wanted)
  })
})
