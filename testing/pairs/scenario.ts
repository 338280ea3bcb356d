import { expect } from 'vitest'
import type { ConnectionView, DialAnswer, MyTelephones } from '../../server/http/shapes.ts'
import { untouched } from '../../server/privacy/check-policy.ts'
import { runPhoneNow } from '../jobs.ts'
import { until } from '../until.ts'
import { ada, type Pair, talkSeconds } from './pair.ts'

/*
 * What has to hold for every telephone system with every CRM, written once. What there is to check the abilities say; what
 * was lost and what is there twice the stand-ins' own ledger counts.
 */

/** An incoming call whose events come twice. */
export async function answeredCall(pair: Pair): Promise<void> {
  const { exchange, anna, desk, other } = pair
  exchange.disturb('duplicate', 2)
  pair.begins()
  const id = exchange.rings({ from: ada.number })
  const shown = await until('the card opens', () => desk.shown.find(({ state }) => state === 'ringing'))
  expect(shown).toMatchObject({ direction: 'inbound', mine: true, remote: { e164: ada.number } })
  await desk.shows(shown.id, ({ matches }) => matches[0]?.name === ada.name)
  await cardsOf(pair, [anna.vendorId])
  expect(other.shown).toEqual([])

  await pair.talk(id, () => exchange.answers(id, anna))
  await desk.shows(shown.id, ({ state }) => state === 'ended')
  expect(await held(pair, id)).toEqual({ user: anna.vendorId, from: ada.number, talked: true })
  await cardsOf(pair, [])
}

/**
 * Two that nobody takes; the first one's events come in another order, and the CRM refuses to hold it until it is asked
 * again, which the others do not wait for. Of the second the CRM's answer never comes, though it holds it.
 */
export async function missedCalls(pair: Pair): Promise<void> {
  const { hub, office, exchange, anna } = pair
  for (const [from, how] of [
    ['+442079460124', 'refused'],
    ['+442079460125', 'late'],
  ] as const) {
    if (how === 'refused') exchange.disturb('reorder', 1)
    office.disturb(how)
    const id = exchange.rings({ from })
    exchange.hangsUp(id)
    await hub.sandbox.idle()
    await until('the CRM has been told of it', () => !office.disturbed())
    if (how === 'late') expect(await held(pair, id)).toEqual({ user: anna.vendorId, from, talked: false })
  }
  await cardsOf(pair, [])
}

/** A number clicked on our page, and where the CRM tells us of clicks there too. */
export async function clickedNumber(pair: Pair): Promise<void> {
  const { office, exchange, anna } = pair
  const clicks: ((number: string) => unknown)[] = [
    (number) => anna.client.ok<DialAnswer>('POST', '/api/v1/dial', { number }),
  ]
  if (office.clicks) clicks.push((number) => office.clicks?.(anna, number))
  for (const [at, click] of clicks.entries()) {
    const to = `+44207946013${at}`
    pair.begins()
    await click(to)
    const id = await until('the own telephone rings', () => exchange.asked())
    await pair.talk(id, () => exchange.connects(id, anna, to))
    expect(await held(pair, id)).toMatchObject({ user: anna.vendorId, talked: true })
    await cardsOf(pair, [])
  }
}

/** The ways that both know are offered, and each of them works; no other is taken. */
export async function recordings(pair: Pair, ways: readonly string[]): Promise<void> {
  const { office, exchange, anna } = pair
  const { client } = office.admin
  const { connections } = await client.ok<{ connections: ConnectionView[] }>('GET', '/api/v1/connections')
  const card = connections.find(({ id }) => id === exchange.connectionId)
  expect(card?.recordingWays?.filter((way) => way !== 'leave') ?? []).toEqual(ways)
  for (const [at, way] of ['attach', 'copy', 'link'].entries()) {
    const path = `/api/v1/connections/${exchange.connectionId}/settings`
    const { status } = await client.request('PUT', path, { body: { recordings: way } })
    expect({ way, status }).toEqual({ way, status: ways.includes(way) ? 204 : 400 })
    if (!ways.includes(way)) continue
    // Somebody else each time: what looks like another call's recording is taken for nobody's.
    const from = `+44207946016${at}`
    await office.person(`Recorded ${way}`, from)
    pair.begins()
    const id = exchange.rings({ from })
    await pair.talk(id, () => exchange.answers(id, anna))
    if (way === 'link') await isHeardBy(pair)
    else await until('it is in the CRM', async () => (await pair.written(id)).some((one) => one.hasRecording))
  }
}

/** A call of which no event came is found in the telephone system's own list, where it has one. */
export async function untoldCall(pair: Pair, phone: string): Promise<void> {
  const { hub, office, exchange } = pair
  if (!hub.app.phones.get(phone)?.abilities.recent) return
  // As if it were connected for an hour: what was before is none of ours.
  await hub.control(
    `update phone_accesses set created_at = created_at - interval '1 hour' where organization_id = $1`,
    [office.id],
  )
  exchange.disturb('drop', 2)
  // So long ago that nobody tells of it any more.
  hub.sandbox.clock.advance(-1_200)
  const id = exchange.rings({ from: '+442079460140' })
  exchange.hangsUp(id)
  hub.sandbox.clock.advance(1_200)
  await hub.sandbox.idle()
  await runPhoneNow(hub, 'night-phone', { organizationId: office.id, connectionId: exchange.connectionId })
  expect(await pair.written(id)).toHaveLength(1)
}

/** By the ledger, when everything has come to its end. */
export async function nothingLostOrTwice({ hub, office }: Pair): Promise<void> {
  await hub.settled(60_000, [office])
  const counted = hub.crm.summary()
  const ours = (all: readonly { company: string | null }[]) =>
    all.filter((one) => one.company === office.domain)
  expect({
    lost: ours(counted.lostCalls),
    twice: ours(counted.duplicatedCalls),
    unexpected: ours(counted.unexpectedCalls),
    strays: ours(counted.strayActivities),
    wrongPerson: ours(counted.wrongPersonCalls),
  }).toEqual({ lost: [], twice: [], unexpected: [], strays: [], wrongPerson: [] })
}

/** "Disconnect my phone": its calls are shown to them no more, and nothing is kept of whose it was. */
export async function disconnectedPhone({ hub, office, exchange, anna, desk }: Pair): Promise<void> {
  await anna.client.ok('DELETE', '/api/v1/users/me/telephones')
  const { telephones } = await anna.client.ok<MyTelephones>('GET', '/api/v1/users/me/telephones')
  expect(telephones.filter(({ state }) => state !== 'not-connected')).toEqual([])
  const database = await hub.databases.of(office.id)
  for (const table of ['user_extensions', 'phone_people']) {
    const rows = await hub.databases.in(database, `select 1 from ${table} where user_id = $1`, [anna.id])
    expect({ table, rows }).toEqual({ table, rows: [] })
  }
  const before = desk.shown.length
  const id = exchange.rings({ from: '+442079460150' })
  exchange.hangsUp(id)
  await hub.sandbox.idle()
  expect(desk.shown.slice(before).filter(({ mine }) => mine)).toEqual([])
}

/** The app is removed: nothing is left here, nor anything of ours at the CRM and the telephone system. */
export async function removedApp(pair: Pair): Promise<void> {
  const { hub, office, exchange } = pair
  await pair.close()
  const organization = await hub.app.organizations.get(office.id)
  await office.uninstall()
  await until('there is a receipt', async () => {
    const receipts = await hub.control(
      `select 1 from receipts where organization_id = $1 and ended = 'company' and done_at is not null`,
      [office.id],
    )
    return receipts.length > 0
  })
  expect(await untouched(hub.app, organization)).toEqual([])
  expect(office.left()).toEqual([])
  expect(exchange.left()).toEqual([])
}

/** The CRM's only entry of a call. */
async function held(pair: Pair, id: string) {
  const [call, ...more] = await pair.written(id)
  if (!call || more.length > 0) throw new Error(`the CRM holds the call ${more.length + 1} times`)
  const seconds = Number(call.duration)
  const isTalk = seconds >= talkSeconds && seconds <= talkSeconds + 2 // a part of a second more on a busy machine
  if (!isTalk && seconds !== 0) throw new Error(`nobody talked for ${call.duration} s`)
  return { user: call.userId, from: call.from, talked: isTalk }
}

/** Whose screens have a card of the CRM's own, where it shows any. */
async function cardsOf({ office }: Pair, users: readonly number[]): Promise<void> {
  const { cards } = office
  if (cards) await until(`the CRM’s cards are open at [${users}]`, () => `${cards()}` === `${users}`)
}

/** Whoever took part follows the link in the CRM, and hears it from the telephone system. */
async function isHeardBy({ office, anna }: Pair): Promise<void> {
  const link = await until('the CRM leads to it', () => office.linkedRecording?.())
  const clicked = await anna.client.request('GET', link)
  expect({ status: clicked.status, text: clicked.text }).toMatchObject({ status: 302 })
  const sound = await fetch(clicked.headers.get('location') ?? '')
  expect(sound.headers.get('content-type')).toMatch(/^audio\//)
  await sound.arrayBuffer()
}
