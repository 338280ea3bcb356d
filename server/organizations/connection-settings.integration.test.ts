import { describe, expect } from 'vitest'
import { it } from '../../testing/it.ts'
import type { ConnectionSettingsView } from '../http/shapes.ts'

describe('the settings of a connection', () => {
  it('are changed one by one, and secrets are never shown again', async ({ hub }) => {
    const acme = await hub.given.organization()
    const { client } = acme.admin
    const path = `/api/v1/connections/${acme.phoneId}/settings`
    const access = { kind: 'bearer', token: 'opens-recordings' }

    await client.ok('PUT', path, { baseUrl: 'https://Acme.optimcall.example/', recordingAccess: access })
    await client.ok('PUT', path, { recordings: 'attach', socketToken: 'opens-events' })

    const shown = await client.request('GET', path)
    expect(shown.json).toEqual({
      values: { baseUrl: 'https://acme.optimcall.example', recordings: 'attach' },
      secretsSet: ['recordingAccess', 'socketToken'],
      ownNumbers: ['+420222333444'],
    } satisfies ConnectionSettingsView)
    expect(shown.text).not.toContain('opens-')

    await client.ok('PUT', path, { recordingAccess: null, socketToken: null })
    expect((await client.ok<ConnectionSettingsView>('GET', path)).secretsSet).toEqual([])
  })

  it.for([
    [{ baseUrl: 'acme' }, 'baseUrl'],
    [{ baseUrl: 'https://acme.example/path' }, 'baseUrl'],
    [{ baseUrl: 'https://anna@acme.example' }, 'baseUrl'],
    [{ recordings: 'perhaps' }, 'recordings'],
    [{ recordingAccess: { kind: 'header', name: 'x', value: 'a\r\nb' } }, 'recordingAccess.value'],
    [{ delivery: 'websocket' }, 'socketUrl'],
    [{ socketUrl: 'https://acme.example/ens' }, 'socketUrl'],
    [{ socketUrl: 'wss://anna@acme.example/ens' }, 'socketUrl'],
    [{ socketToken: 'a\r\nb' }, 'socketToken'],
    [{ nothing: 1 }, 'nothing'],
  ] as const)('refuse %j and name the field', async ([wrong, field], { hub }) => {
    const acme = await hub.given.organization({ set: 'installed' })
    const answer = await acme.admin.client.request('PUT', `/api/v1/connections/${acme.phoneId}/settings`, {
      body: wrong,
    })
    expect([answer.status, answer.json]).toMatchObject([400, { code: 'invalid-input', field }])
  })

  it('are an administrator’s, of their own organization', async ({ hub }) => {
    const acme = await hub.given.organization()
    const other = await hub.given.organization({ set: 'installed' })
    const agent = await acme.given.user({ extension: '21' })
    const path = `/api/v1/connections/${acme.phoneId}/settings`
    const change = { body: { recordings: 'leave' } }
    expect((await agent.client.request('PUT', path, change)).status).toBe(403)
    expect((await other.admin.client.request('PUT', path, change)).status).toBe(404)
    expect((await hub.client().request('PUT', path, change)).status).toBe(401)
  })
})
