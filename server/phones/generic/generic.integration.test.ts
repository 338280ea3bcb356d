import { describe, expect } from 'vitest'
import { it } from '../../../testing/it.ts'
import { until } from '../../../testing/until.ts'
import type { ConnectionMade, ConnectionSettingsView, DeskState } from '../../http/shapes.ts'

const settings = {
  proof: { kind: 'header', name: 'X-Key' },
  format: 'query',
  fields: { event: 'event', call: 'call', from: 'from', to: 'to', extension: 'phone' },
  events: [
    { says: 'ring', means: 'ringing' },
    { says: 'end', means: 'ended' },
  ],
}

describe('a phone system that can only call an address', () => {
  it('PD-3 makes the desk of the colleague light up whose extension rings, and proves itself', async ({
    hub,
  }) => {
    const acme = await hub.given.organization()
    const ada = await acme.given.person()
    const boris = await acme.given.user()
    const { client } = acme.admin
    const made = await client.ok<ConnectionMade>('POST', '/api/v1/connections', {
      side: 'phone',
      adapter: 'generic',
    })
    const path = `/api/v1/connections/${made.id}/settings`
    await client.ok('PUT', path, { ...settings, ownSecret: 'opens-events' })
    const shown = await client.ok<ConnectionSettingsView>('GET', path)
    expect(shown).toMatchObject({ values: settings, secretsSet: ['ownSecret'] })

    const call = async (event: string, key: string) => {
      const query = new URLSearchParams({ event, call: '17.10', from: ada.number, phone: boris.extension })
      const answer = await fetch(`${made.hookUrl}?${query}`, { headers: { 'x-key': key } })
      return answer.status
    }
    expect(await call('ring', 'guessed')).toBe(401)
    expect(await call('ring', 'opens-events')).toBe(200)
    const ringing = await until('the call is on the desk', async () => {
      const { calls } = await boris.client.ok<DeskState>('GET', '/api/v1/desk')
      return calls[0]
    })
    expect(ringing).toMatchObject({ state: 'ringing', direction: 'inbound' })
    expect(JSON.stringify(ringing)).toContain(ada.name)
    expect(await call('end', 'opens-events')).toBe(200)
    const said = hub.log.raw.join('')
    expect(said).not.toContain(ada.number.slice(1))
    expect(said).not.toContain('opens-events')
  })
})
