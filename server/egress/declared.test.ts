import { describe, expect, it } from 'vitest'
import { isDeclared } from './declared.ts'

const declared = ['oauth.pipedrive.com', '*.pipedrive.com', 'pbx.example.org:8443', '127.0.0.1:4010']

describe('a declared host', () => {
  it.each([
    'https://oauth.pipedrive.com/oauth/token',
    'https://OAUTH.Pipedrive.com/',
    'https://acme.pipedrive.com/api/v2/persons',
    'https://acme.eu.pipedrive.com/',
    'https://acme.pipedrive.com:443/',
    'https://pbx.example.org:8443/',
    'http://127.0.0.1:4010/x',
  ])('covers %s', (url) => {
    expect(isDeclared(new URL(url), declared)).toBe(true)
  })

  it.each([
    'https://pipedrive.com/',
    'https://evilpipedrive.com/',
    'https://acme.pipedrive.com.evil.example/',
    'https://acme.pipedrive.com:8443/',
    'https://acme.pipedrive.com./',
    'https://pbx.example.org/',
    'http://127.0.0.1:4011/',
    'http://127.0.0.1/',
  ])('does not cover %s', (url) => {
    expect(isDeclared(new URL(url), declared)).toBe(false)
  })
})
