import { describe, expect } from 'vitest'
import type { Colleague, Company } from '../../testing/company.ts'
import { tablesWith } from '../../testing/everything.ts'
import type { Hub } from '../../testing/hub.ts'
import { itWithHub } from '../../testing/it.ts'
import { PlacetelAccount, placetelLine } from '../../testing/placetel-account.ts'
import { until } from '../../testing/until.ts'
import type { CallView } from '../http/shapes.ts'

const it = itWithHub({ start: { findWaits: [0.2, 0.4, 0.4] } })
const ada = '+442079460123'

async function company(
  hub: Hub,
  choice: 'attach' | 'leave' | undefined,
  more: { recording?: boolean; recordingAfterSeconds?: number } = {
    recording: true,
    recordingAfterSeconds: 0,
  },
): Promise<{ acme: Company; anna: Colleague; placetel: PlacetelAccount }> {
  hub.sandbox.placetel.set({ fileHost: '127.0.0.1', fileAuth: 'key' })
  const acme = await hub.given.organization()
  const anna = await acme.given.user({ extension: '23' })
  const placetel = await PlacetelAccount.of(acme, [anna], more)
  await placetel.connect(choice ? { recordings: choice } : {})
  return { acme, anna, placetel }
}

/** Played faster than it is, so its times are as long ago as it is long, half of the longest there is. */
const play = (hub: Hub, acme: Company) =>
  hub.sandbox.placetel.play('answered', {
    account: acme.domain,
    outer: ada,
    number: placetelLine,
    speed: 400,
    startAt: Date.now() - 110_000,
  })

const recordingsOf = (acme: Company) =>
  acme.query<{ state: string; reason: string | null; kept: boolean }>(
    'select state, reason, address_sealed is not null as kept from recordings',
  )

describe('a recording of which no event tells', () => {
  it('BX-3 is looked for after the call, and attached as a stream; where it lies is kept nowhere', async ({
    hub,
  }) => {
    const { acme } = await company(hub, 'attach')
    await play(hub, acme)
    await until('it is attached', async () => (await recordingsOf(acme))[0]?.state === 'attached')
    expect(await recordingsOf(acme)).toEqual([{ state: 'attached', reason: null, kept: false }])
    expect(await tablesWith(hub, ['/placetel/files'])).toEqual([])
  })

  it('BX-3 is not taken where several fit equally, and that is shown', async ({ hub }) => {
    const { acme, anna, placetel } = await company(hub, 'attach', { recording: false })
    await play(hub, acme)
    await until('it is looked for', async () => (await recordingsOf(acme)).length === 1)
    const { calls } = await anna.client.ok<{ calls: CallView[] }>('GET', '/api/v1/calls')
    for (const _ of [1, 2])
      hub.sandbox.placetel.addRecording(acme.domain, {
        direction: 'in',
        from: ada,
        to: placetelLine,
        durationSeconds: calls[0]?.talkSeconds ?? 0,
        time: Date.parse(calls[0]?.startedAt ?? ''),
      })
    await until('it is doubtful', async () => (await recordingsOf(acme))[0]?.reason === 'phone-doubtful')
    expect(await recordingsOf(acme)).toEqual([{ state: 'left', reason: 'phone-doubtful', kept: false }])
    expect((await placetel.card())?.asked?.told).toBe('subscribed')
  })

  it('BX-3 is not asked for where nobody chose it, and is given up after some time where there is none', async ({
    hub,
  }) => {
    const { acme, placetel } = await company(hub, undefined, { recording: false })
    await play(hub, acme)
    await hub.settled()
    expect(await recordingsOf(acme)).toEqual([])
    await placetel.sets({ recordings: 'attach' })
    await play(hub, acme)
    await until('it is given up', async () => (await recordingsOf(acme))[0]?.state === 'left')
    expect(await recordingsOf(acme)).toEqual([{ state: 'left', reason: 'phone-none', kept: false }])
  })

  it('BX-3 is looked for although whoever planned it was killed before it was ordered', async ({ hub }) => {
    const { acme, placetel } = await company(hub, undefined)
    await play(hub, acme)
    await hub.settled()
    await acme.query(
      `insert into recordings (id, reason, next_at, expires_at) select id, 'phone-searching', now(), expires_at from calls`,
    )
    await placetel.sets({ recordings: 'attach' })
    const [call] = await acme.query<{ id: string }>('select id from calls')
    const ids = { organizationId: acme.id, callId: call?.id ?? '' }
    await hub.app.jobs.add('write-call', ids, { key: `write-call:${ids.callId}` })
    await until('it is attached', async () => (await recordingsOf(acme))[0]?.state === 'attached')
  })
})
