import { describe, expect } from 'vitest'
import { it } from '../../testing/it.ts'
import type { ConnectionSettingsView, FailureView } from '../http/shapes.ts'

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

  it('never send a secret to another host than it was given for: with a new one it is given anew', async ({
    hub,
  }) => {
    const acme = await hub.given.organization({ set: 'installed' })
    const path = `/api/v1/connections/${acme.phoneId}/settings`
    const put = async (body: object) => {
      const { status, json } = await acme.admin.client.request('PUT', path, { body })
      if (status === 204) return 'taken'
      const { code, field } = json as FailureView
      return [status, code, field]
    }
    const refused = (field: string) => [400, 'invalid-input', field]
    const recordingAccess = { kind: 'bearer', token: 'opens-recordings' }
    const dial = { method: 'GET', path: '/{{extension}}/{{number}}', headers: [] }
    const home = { baseUrl: 'https://acme.example', socketUrl: 'wss://acme.example/ens' }
    const set = () => put({ ...home, recordingAccess, socketToken: 'opens-events', dial })

    expect(await set()).toBe('taken')
    for (const baseUrl of ['https://elsewhere.example', 'http://acme.example', 'https://acme.example:444']) {
      expect(await put({ baseUrl })).toEqual(refused('recordingAccess'))
      expect(await put({ baseUrl, recordingAccess })).toEqual(refused('dial'))
      expect(await put({ baseUrl, dial })).toEqual(refused('recordingAccess'))
    }
    expect(await put({ socketUrl: 'wss://elsewhere.example/ens' })).toEqual(refused('socketToken'))
    // Out and in again is a change too.
    expect(await put({ baseUrl: null, socketUrl: null })).toBe('taken')
    expect(await put({ baseUrl: 'https://elsewhere.example' })).toEqual(refused('recordingAccess'))
    expect(await put({ socketUrl: home.socketUrl })).toEqual(refused('socketToken'))

    // The same host may have another path; a new one takes what was given with it, or nothing.
    expect(await set()).toBe('taken')
    expect(await put({ baseUrl: 'https://ACME.example/', socketUrl: 'wss://acme.example/v2' })).toBe('taken')
    expect(await put({ baseUrl: 'https://elsewhere.example', recordingAccess, dial: null })).toBe('taken')
    expect(await put({ socketUrl: 'wss://elsewhere.example/', socketToken: 'another' })).toBe('taken')
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
