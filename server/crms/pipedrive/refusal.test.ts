import { describe, expect, it } from 'vitest'
import { refusalIn } from './refusal.ts'

function answer(status: number, body: unknown = {}, headers: Record<string, string> = {}) {
  const bytes = Buffer.from(typeof body === 'string' ? body : JSON.stringify(body))
  return { status, headers, body: bytes }
}

describe("what Pipedrive's answer means", () => {
  it.each([200, 201, 204])('%i is a success', (status) => {
    expect(refusalIn(answer(status))).toBeUndefined()
  })

  it.each([
    [401, 'token'],
    [402, 'account'],
    [415, 'account'],
    [404, 'not-found'],
    [410, 'gone'],
    [302, 'wrong'],
    [400, 'wrong'],
    [405, 'wrong'],
    [409, 'wrong'],
    [422, 'wrong'],
    [500, 'unwell'],
    [503, 'unwell'],
  ])('%i is "%s"', (status, kind) => {
    expect(refusalIn(answer(status))?.kind).toBe(kind)
  })

  it.each([
    ['scope', { success: false, error: 'Scope and URL mismatch', errorCode: 403 }, {}],
    ['account', { success: false, error: 'limit', code: 'feature_capping_deals_limit' }, {}],
    ['permission', { success: false, error: "You don't have permission to change this resource." }, {}],
    ['permission', { success: false, message: 'Forbidden' }, {}],
    ['blocked', '<!DOCTYPE html><title>Access denied</title>', {}],
    ['blocked', 'nothing to see', { 'content-type': 'text/html; charset=UTF-8' }],
  ])('403 is "%s" by what comes with it', (kind, body, headers) => {
    expect(refusalIn(answer(403, body, headers))?.kind).toBe(kind)
  })

  it.each([
    [{}, { kind: 'burst', seconds: 2 }],
    [
      { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1' },
      { kind: 'burst', seconds: 1 },
    ],
    [
      { 'x-ratelimit-remaining': '0', 'retry-after': '9' },
      { kind: 'burst', seconds: 9 },
    ],
    [{ 'x-ratelimit-reset': '1795570922' }, { kind: 'burst', seconds: 2 }],
    [{ 'x-daily-ratelimit-token-remaining': '0' }, { kind: 'daily', seconds: undefined }],
    [
      { 'x-ratelimit-remaining': '79', 'x-ratelimit-reset': '2' },
      { kind: 'daily', seconds: undefined },
    ],
    [
      { 'x-daily-ratelimit-token-remaining': '0', 'retry-after': '60' },
      { kind: 'daily', seconds: 60 },
    ],
    [
      { 'x-daily-ratelimit-token-remaining': '500', 'x-ratelimit-remaining': '0' },
      { kind: 'burst', seconds: 2 },
    ],
  ])('429 with %j is %j', (headers, refusal) => {
    expect(refusalIn(answer(429, {}, headers as Record<string, string>))).toEqual(refusal)
  })
})
