import { describe, expect } from 'vitest'
import type { Colleague, Company } from '../../testing/company.ts'
import { tablesWith } from '../../testing/everything.ts'
import type { Hub } from '../../testing/hub.ts'
import { itWithHub } from '../../testing/it.ts'
import { otherLine, PlacetelAccount, placetelLine } from '../../testing/placetel-account.ts'
import { until } from '../../testing/until.ts'
import type { CallView, DialAnswer, FailureView, MyTelephones } from '../http/shapes.ts'

const it = itWithHub()
const ada = '+442079460123'

/** Two colleagues who have chosen no extension, and whose telephones are known at Placetel by their e-mails. */
async function company(
  hub: Hub,
): Promise<{ acme: Company; anna: Colleague; boris: Colleague; placetel: PlacetelAccount }> {
  const acme = await hub.given.organization()
  const [anna, boris] = [await colleague(acme, 'Anna'), await colleague(acme, 'Boris')]
  const people = [
    { ...anna, extension: '23', email: anna.email.toUpperCase() },
    { ...boris, extension: '24' },
    { name: 'Nobody of ours', email: 'nobody@else.example', extension: '30' },
  ]
  return { acme, anna, boris, placetel: await PlacetelAccount.of(acme, people) }
}

async function colleague(acme: Company, name: string): Promise<Colleague> {
  const made = await acme.given.user({ name })
  // As somebody who has just installed: nobody has said which phone is theirs.
  await acme.query('delete from user_extensions where user_id = $1', [made.id])
  await acme.query('update users set extensions_by_hand = false where id = $1', [made.id])
  acme.hub.app.changed(acme.id)
  return made
}

const extensionsOf = async (acme: Company) =>
  Object.fromEntries((await acme.users()).map(({ name, extensions }) => [name, extensions]))

describe('a phone system that is asked with an administrator’s key', () => {
  it('BX-1 is set up by the key alone: calls are told, telephones are whose their e-mail says, lines are ours', async ({
    hub,
  }) => {
    const { acme, anna, boris, placetel } = await company(hub)
    const refused = await acme.admin.client.request('PUT', `/api/v1/connections/${placetel.id}/settings`, {
      body: { apiKey: 'wrong', delivery: 'subscription' },
    })
    expect({ status: refused.status, ...(refused.json as FailureView) }).toMatchObject({
      status: 400,
      code: 'invalid-input',
      field: 'apiKey',
    })
    expect(placetel.subscriptions).toEqual([])

    await placetel.connect()
    expect(placetel.subscriptions).toMatchObject([
      { incoming: true, numbers: [placetelLine, otherLine].sort() },
    ])
    await until('telephones are matched', async () => (await extensionsOf(acme))[anna.name]?.length === 1)
    expect(await extensionsOf(acme)).toMatchObject({ [anna.name]: ['23'], [boris.name]: ['24'] })
    expect((await placetel.telephones()).telephones).toEqual(
      expect.arrayContaining([
        { name: anna.name, extension: '23', userId: anna.id },
        { name: 'Nobody of ours', extension: '30' },
      ]),
    )
    // Of e-mails and of those who are nobody's here nothing is kept, nor is the key in clear.
    const sipUsers = hub.sandbox.placetel.account(acme.domain).sipUsers.map(({ sipuid }) => sipuid)
    expect(
      await tablesWith(hub, [placetel.key, 'nobody@else.example', anna.email.toUpperCase(), ...sipUsers]),
    ).toEqual([])
    expect((await acme.query('select 1 from phone_people')).length).toBe(2)
  })

  it('BX-2 rings everybody mapped to the number, or whom an administrator said, and is one call', async ({
    hub,
  }) => {
    const { acme, anna, boris, placetel } = await company(hub)
    await placetel.connect()
    await until(
      'telephones are matched',
      async () => (await acme.query('select 1 from phone_people')).length === 2,
    )
    const [desk, other] = [await acme.deskOf(anna), await acme.deskOf(boris)]
    const lines = `/api/v1/connections/${placetel.id}/lines`
    await acme.admin.client.ok('PUT', lines, { number: otherLine, users: [boris.id] })

    const call = hub.sandbox.placetel.ring({ account: acme.domain, from: ada, to: placetelLine })
    await hub.sandbox.idle()
    const shown = await until('the card opens', () => desk.shown.find(({ state }) => state === 'ringing'))
    await other.shows(shown.id, ({ mine }) => mine)
    expect(shown).toMatchObject({ phone: 'Placetel', approximate: true, remote: { e164: ada } })
    hub.sandbox.placetel.answer(call.id, 23)
    await hub.sandbox.idle()
    await desk.shows(shown.id, ({ here }) => here === 'talking')
    hub.sandbox.placetel.hangUp(call.id)
    await hub.sandbox.idle()
    expect(await desk.shows(shown.id, ({ state }) => state === 'ended')).toMatchObject({
      outcome: 'answered',
      answeredBy: anna.name,
    })

    const second = hub.sandbox.placetel.ring({ account: acme.domain, from: '+442079460124', to: otherLine })
    await hub.sandbox.idle()
    const his = await until('the card opens at Boris', () =>
      other.shown.find((one: CallView) => one.id !== shown.id && one.state === 'ringing'),
    )
    hub.sandbox.placetel.hangUp(second.id)
    await hub.sandbox.idle()
    await other.shows(his.id, ({ state }) => state === 'ended')
    expect(desk.shown.filter(({ id, mine }) => id === his.id && mine)).toEqual([])
    expect(await acme.query('select 1 from calls')).toHaveLength(2)
  })

  it('BX-4 rings the telephone of whoever asks', async ({ hub }) => {
    const { acme, anna, placetel } = await company(hub)
    await placetel.connect()
    await until(
      'telephones are matched',
      async () => (await acme.query('select 1 from phone_people')).length === 2,
    )
    expect(
      await anna.client.ok<DialAnswer>('POST', '/api/v1/dial', { number: '+49221223344' }),
    ).toMatchObject({
      how: 'ringing',
      extension: '23',
    })
    const [live] = hub.sandbox.placetel.liveCalls().filter(({ account }) => account === acme.domain)
    expect(live).toMatchObject({ direction: 'outbound' })
    hub.sandbox.placetel.pickUp(live?.id ?? '')
    hub.sandbox.placetel.hangUp(live?.id ?? '')
    await hub.sandbox.idle()
  })

  it('BX-6 a user who disconnects stays so, also after the night, until they connect again', async ({
    hub,
  }) => {
    const { acme, anna, placetel } = await company(hub)
    await placetel.connect()
    await until(
      'telephones are matched',
      async () => (await acme.query('select 1 from phone_people')).length === 2,
    )
    await anna.client.ok('DELETE', '/api/v1/users/me/telephones')
    const mine = async () =>
      (await anna.client.ok<MyTelephones>('GET', '/api/v1/users/me/telephones')).telephones.find(
        ({ connectionId }) => connectionId === placetel.id,
      )
    expect(await mine()).toMatchObject({ state: 'not-connected' })
    await acme.admin.client.ok('POST', `/api/v1/connections/${placetel.id}/telephones/read`)
    expect(await mine()).toMatchObject({ state: 'not-connected' })
    expect((await acme.query('select 1 from phone_people')).length).toBe(1)
    await anna.client.ok('POST', `/api/v1/users/me/telephones/${placetel.id}/connect`)
    await until('it is connected', async () => (await mine())?.state === 'connected')
    expect(await extensionsOf(acme)).toMatchObject({ [anna.name]: ['23'] })
  })

  it('what somebody chose stays: an extension of another, and none', async ({ hub }) => {
    const { acme, anna, boris, placetel } = await company(hub)
    await acme.admin.client.ok('PUT', `/api/v1/users/${boris.id}/extensions`, { extensions: ['23'] })
    await acme.admin.client.ok('PUT', `/api/v1/users/${anna.id}/extensions`, { extensions: [] })
    await placetel.connect()
    await acme.admin.client.ok('POST', `/api/v1/connections/${placetel.id}/telephones/read`)
    expect(await extensionsOf(acme)).toMatchObject({ [anna.name]: [], [boris.name]: ['23'] })
    expect((await placetel.telephones()).telephones).toContainEqual(
      expect.objectContaining({ extension: '23', userId: boris.id }),
    )
  })

  it('BX-1 another key, or none, ends what was made with the old one; set up by hand it still works', async ({
    hub,
  }) => {
    const { acme, placetel } = await company(hub)
    await placetel.connect()
    const [before] = placetel.subscriptions
    expect(await placetel.sets({ apiKey: null, delivery: null })).toBe(204)
    expect(placetel.subscriptions).toEqual([])
    expect((await fetch(before?.url ?? '', { method: 'POST', body: 'event=x' })).status).toBe(404)
    hub.sandbox.placetel.configure(acme.domain, {
      apiKey: placetel.key,
      endpointUrl: placetel.made.hookUrl,
      secret: placetel.made.secret,
      numbers: [{ number: placetelLine, rings: [] }],
    })
    const call = hub.sandbox.placetel.ring({ account: acme.domain, from: ada })
    hub.sandbox.placetel.hangUp(call.id)
    await hub.sandbox.idle()
    expect(await acme.query('select 1 from calls')).toHaveLength(1)
  })

  it('BX-1 that is removed forgets us, and its telephones, lines and accesses are gone here', async ({
    hub,
  }) => {
    const { acme, placetel } = await company(hub)
    await placetel.connect()
    await until(
      'telephones are matched',
      async () => (await acme.query('select 1 from phone_people')).length === 2,
    )
    await acme.admin.client.ok('DELETE', `/api/v1/connections/${placetel.id}`)
    expect(placetel.subscriptions).toEqual([])
    for (const table of ['phone_people', 'phone_lines'])
      expect(await acme.query(`select 1 from ${table}`)).toEqual([])
    expect(await hub.control('select 1 from phone_accesses where connection_id = $1', [placetel.id])).toEqual(
      [],
    )
  })
})
