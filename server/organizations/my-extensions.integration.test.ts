import { describe, expect } from 'vitest'
import { it } from '../../testing/it.ts'
import type { MyExtensions } from '../http/shapes.ts'

const path = '/api/v1/users/me/extensions'

describe('the phone of a user', () => {
  it('PD-3 is taken by themself, from those that ring and belong to nobody', async ({ hub }) => {
    const acme = await hub.given.organization()
    const colleague = await acme.given.user({ extension: '21' })
    await acme.phone.calls({ from: '+442079460123', to: '22' })
    const mine = () => colleague.client.ok<MyExtensions>('GET', path)
    expect(await mine()).toEqual({ extensions: ['21'], unmapped: ['22'] })
    expect((await acme.admin.client.ok<MyExtensions>('GET', '/api/v1/users')).unmapped).toEqual(['22'])

    await colleague.client.ok('PUT', path, { extensions: ['21', '22'] })

    expect(await mine()).toEqual({ extensions: ['21', '22'], unmapped: [] })
    const desk = await acme.deskOf(colleague)
    const call = await acme.phone.rings({ from: '+442079460124', to: '22' })
    await desk.shows(call.id)
  })

  it('is not taken from a colleague, and nothing else changes then', async ({ hub }) => {
    const acme = await hub.given.organization()
    const owner = await acme.given.user({ extension: '21' })
    const other = await acme.given.user({ extension: '22' })
    const answer = await other.client.request('PUT', path, { body: { extensions: ['21', '23'] } })
    expect([answer.status, answer.json]).toMatchObject([409, { code: 'conflict' }])
    expect((await owner.client.ok<MyExtensions>('GET', path)).extensions).toEqual(['21'])
    expect((await other.client.ok<MyExtensions>('GET', path)).extensions).toEqual(['22'])
  })

  it('is asked of people who are signed in, and of nobody for them', async ({ hub }) => {
    expect((await hub.client().request('GET', path)).status).toBe(401)
    expect((await hub.client().request('PUT', path, { body: { extensions: ['21'] } })).status).toBe(401)
    expect((await hub.operator.request('PUT', path, { body: { extensions: ['21'] } })).status).toBe(403)
  })
})
