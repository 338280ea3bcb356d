import { describe, expect, it } from 'vitest'
import { failureOf } from '../../failure.ts'
import { hostsOf, isSamePortal, portalOf, readApiBase, serverOf } from './addresses.ts'

const vendor = 'https://oauth.bitrix.info'
const places = { oauthUrl: vendor, portalHosts: ['crm.acme.example', 'intra.acme.example:8443'] }
const standIn = { oauthUrl: 'http://127.0.0.1:4010/bitrix24-oauth', portalHosts: [] }

function refused(address: string, at = places): boolean {
  try {
    readApiBase(address, at)
    return false
  } catch (error) {
    return failureOf(error)?.code === 'undeclared'
  }
}

describe('the address of a portal', () => {
  it.each([
    ['https://acme.bitrix24.de', 'https://acme.bitrix24.de/rest'],
    ['https://acme.bitrix24.com.br/rest/', 'https://acme.bitrix24.com.br/rest'],
    ['https://ACME.bitrix24.eu/', 'https://acme.bitrix24.eu/rest'],
    ['https://crm.acme.example/rest/', 'https://crm.acme.example/rest'],
    ['https://intra.acme.example:8443', 'https://intra.acme.example:8443/rest'],
  ])('%s is taken', (address, base) => {
    expect(readApiBase(address, places)).toBe(base)
    expect(hostsOf(base, places)).toEqual([new URL(address).host])
  })

  it.each([
    'http://acme.bitrix24.de',
    'https://acme.bitrix24.de:8443',
    'https://bitrix24.de',
    'https://acme.bitrix24.de.example.org',
    'https://acmebitrix24.de',
    'https://user:x@acme.bitrix24.de',
    'https://intra.acme.example',
    'https://10.0.0.1',
    'https://[::1]',
    'javascript:alert(1)',
    'not an address',
  ])('BX-8 %s is not taken', (address) => {
    expect(refused(address)).toBe(true)
    expect(hostsOf(address, places)).toEqual([])
  })

  it('may be the stand-in’s where one stands in, on any of its ports, and nothing else inside', () => {
    expect(readApiBase('http://127.0.0.1:5000/portals/acme', standIn)).toBe(
      'http://127.0.0.1:5000/portals/acme/rest',
    )
    expect(refused('http://127.0.0.2:4010', standIn)).toBe(true)
    expect(refused('http://127.0.0.1:4010', places)).toBe(true)
  })

  it('is the same whether of the portal or of its methods', () => {
    expect(isSamePortal('https://acme.bitrix24.de/rest', 'https://acme.bitrix24.de')).toBe(true)
    expect(isSamePortal('https://acme.bitrix24.de/rest', 'https://acme.bitrix24.de/rest/')).toBe(true)
    expect(isSamePortal('https://acme.bitrix24.de/rest', 'https://acme.bitrix24.com')).toBe(false)
    expect(isSamePortal('https://acme.bitrix24.de/rest', 'nothing')).toBe(false)
    expect(portalOf('https://acme.bitrix24.de/rest')).toBe('https://acme.bitrix24.de')
  })
})

describe('the OAuth server', () => {
  it.each([
    ['https://oauth.bitrix.info/rest/', vendor],
    ['https://oauth.bitrix24.tech/rest/', 'https://oauth.bitrix24.tech'],
    ['https://oauth.bitrix24.tech.example.org/rest/', vendor],
    ['http://oauth.bitrix24.tech/rest/', vendor],
    [undefined, vendor],
  ])('named as %s is %s', (endpoint, server) => {
    expect(serverOf(endpoint, vendor)).toBe(server)
  })

  it('is the stand-in alone where one stands in', () => {
    expect(serverOf('https://oauth.bitrix.info/rest/', standIn.oauthUrl)).toBe(standIn.oauthUrl)
  })
})
