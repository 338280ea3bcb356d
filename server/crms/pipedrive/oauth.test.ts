import { describe, expect, it } from 'vitest'
import { failureOf } from '../../failure.ts'
import { readApiBase } from './oauth.ts'

const vendor = 'https://oauth.pipedrive.com'
const standIn = 'http://127.0.0.1:4010/pipedrive/oauth-host'

describe('the address a company is asked at', () => {
  it.each([
    ['https://acme.pipedrive.com', vendor, 'https://acme.pipedrive.com'],
    ['https://acme.pipedrive.com/', vendor, 'https://acme.pipedrive.com'],
    ['http://127.0.0.1:4010/pipedrive/acme', standIn, 'http://127.0.0.1:4010/pipedrive/acme'],
    ['http://127.0.0.1:4011', standIn, 'http://127.0.0.1:4011'],
  ])('may be %s beside %s', (apiDomain, oauthUrl, base) => {
    expect(readApiBase(apiDomain, oauthUrl)).toBe(base)
  })

  it.each([
    ['http://acme.pipedrive.com', vendor],
    ['https://acme.pipedrive.com:8443', vendor],
    ['https://acme.pipedrive.com.evil.example', vendor],
    ['https://evilpipedrive.com', vendor],
    ['https://127.0.0.1', vendor],
    ['acme.pipedrive.com', vendor],
    ['', vendor],
    ['http://127.0.0.2:4010', standIn],
    ['https://127.0.0.1:4010', standIn],
  ])('may not be %j beside %s, because tokens would go there', (apiDomain, oauthUrl) => {
    let failure: unknown
    try {
      readApiBase(apiDomain, oauthUrl)
    } catch (error) {
      failure = failureOf(error)
    }
    expect(failure).toEqual({ code: 'undeclared', what: 'api_domain' })
  })
})
