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

  it('PD-3 shows its calls from then on; earlier ones when an administrator confirms', async ({ hub }) => {
    const acme = await hub.given.organization()
    const ada = await acme.given.person({ name: 'Ada Lovelace', number: '+442079460123' })
    const colleague = await acme.given.user({ extension: '21' })
    const { client } = colleague
    const before = await acme.phone.calls({ from: ada.number, to: '22' })
    const under = await acme.phone.rings({ from: '+442079460124', to: '22' })
    const taken = ['21', '22']
    await client.ok('PUT', path, { extensions: taken })
    const desk = await acme.deskOf(colleague)
    await acme.phone.answers(under, '22')
    const after = await acme.phone.rings({ from: ada.number, to: '22' })
    await desk.shows(after.id)

    const journal = async (query = '') =>
      (await client.ok<{ calls: { id: string }[] }>('GET', `/api/v1/calls${query}`)).calls
        .map(({ id }) => id)
        .sort()
    const found = async (id: string) => (await client.request('GET', `/api/v1/calls/${id}`)).status === 200
    expect(await journal()).toEqual([after.id])
    expect(await journal(`?person=${ada.id}`)).toEqual([after.id])
    expect((await client.ok<{ calls: { id: string }[] }>('GET', '/api/v1/desk')).calls).toMatchObject([
      { id: after.id },
    ])
    expect([await found(before.id), await found(under.id), await found(after.id)]).toEqual([
      false,
      false,
      true,
    ])
    const note = { note: 'mine', version: 0 }
    expect((await client.request('PUT', `/api/v1/calls/${before.id}/note`, { body: note })).status).toBe(404)
    expect(desk.calls.has(under.id)).toBe(false)
    // Saved again it stays as it was.
    await client.ok('PUT', path, { extensions: taken })
    expect(await journal()).toEqual([after.id])

    await acme.admin.client.ok('PUT', `/api/v1/users/${colleague.id}/extensions`, { extensions: taken })
    expect(await journal()).toEqual([before.id, under.id, after.id].sort())
    expect(await journal(`?person=${ada.id}`)).toEqual([before.id, after.id].sort())
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
