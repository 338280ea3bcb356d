import { describe, expect } from 'vitest'
import { it } from '../../testing/it.ts'

describe('an inbound call', () => {
  it('PD-3 shows who calls to the colleague whose extension rings, and to nobody else', async ({ hub }) => {
    const acme = await hub.given.organization()
    await acme.given.person({ name: 'Ada Lovelace', number: '020 7946 0123' })
    const colleague = await acme.given.user({ extension: '21' })
    const neighbour = await acme.given.user({ extension: '22' })
    const desk = await acme.deskOf(colleague)
    const silent = await acme.deskOf(neighbour)

    const call = await acme.phone.rings({ from: '+442079460123', to: '21' })
    expect(await desk.shows(call.id)).toMatchObject({
      state: 'ringing',
      direction: 'inbound',
      mine: true,
      remote: { kind: 'e164', e164: '+442079460123' },
      matches: [{ name: 'Ada Lovelace', typed: '020 7946 0123' }],
    })

    // What the neighbour is shown comes in order: were the first call theirs, it would have come before this one.
    const theirs = await acme.phone.rings({ from: '+442079460124', to: '22' })
    await silent.shows(theirs.id)
    expect(silent.shown.map((shown) => shown.id)).not.toContain(call.id)
    expect(silent.calls.has(call.id)).toBe(false)
  })

  it('PD-3 is matched without asking the CRM anything', async ({ hub }) => {
    const acme = await hub.given.organization()
    await acme.given.person({ name: 'Božena Němcová', number: '601 000 101' })
    const colleague = await acme.given.user({ extension: '21' })
    const desk = await acme.deskOf(colleague)
    const before = hub.crm.requests.length

    const call = await acme.phone.rings({ from: '+420601000101', to: '21' })
    const shown = await desk.shows(call.id)

    expect(shown.matches.map((match) => match.name)).toEqual(['Božena Němcová'])
    expect(hub.crm.requests.slice(before)).toEqual([])
  })

  it('PD-3 is told from ringing over answered to ended on the same card', async ({ hub }) => {
    const acme = await hub.given.organization()
    const colleague = await acme.given.user({ extension: '21', name: 'Boris Král' })
    const desk = await acme.deskOf(colleague)

    const call = await acme.phone.rings({ from: '+442079460123', to: '21' })
    await acme.phone.answers(call, '21')
    await desk.shows(call.id, ({ state }) => state === 'answered')
    await acme.phone.hangsUp(call)

    expect(await desk.shows(call.id, ({ log }) => log.state === 'written')).toMatchObject({
      state: 'ended',
      outcome: 'answered',
      answeredBy: 'Boris Král',
      endUnknown: false,
    })
    expect(await acme.query('select id from calls')).toEqual([{ id: call.id }])
    const versions = desk.shown.map(({ version }) => version)
    expect(new Set(versions).size).toBe(versions.length) // each message is news
  })

  it('is still shown as written when something of it is told after its entry was made', async ({ hub }) => {
    const acme = await hub.given.organization()
    const colleague = await acme.given.user({ extension: '21' })
    const desk = await acme.deskOf(colleague)
    const call = await acme.phone.calls({ from: '+442079460123', to: '21' })
    const before = await desk.shows(call.id, ({ log }) => log.state === 'written')

    const { endedAt: eventTime, startTime, from: callerNumber, to: calledNumber } = call.played
    const told = { callType: 'externalInbound', eventTime, startTime, callerNumber, calledNumber }
    const recording = { ...told, name: 'callRecordingReady', callOutcome: 'answered', conversationLength: 95 }
    expect(await acme.hook({ ...recording, callId: call.vendorId })).toBe(200)

    const after = await desk.shows(call.id, ({ version }) => version > before.version)
    expect(after).toMatchObject({ talkSeconds: 95, log: { state: 'written' } })
  })

  it('shows every person who has the number, and is logged in nobody’s name', async ({ hub }) => {
    const acme = await hub.given.organization()
    await acme.given.person({ name: 'Vlasta Burianová', number: '222 000 199' })
    await acme.given.person({ name: 'Oldřich Nový', number: '+420 222 000 199' })
    const colleague = await acme.given.user({ extension: '21' })
    const desk = await acme.deskOf(colleague)

    const call = await acme.phone.calls({ from: '+420222000199', to: '21' })
    const shown = await desk.shows(call.id)

    expect(shown.matches.map((match) => match.name).sort()).toEqual(['Oldřich Nový', 'Vlasta Burianová'])
    expect((await acme.written(call)).personId).toBeNull()
  })

  it('PD-2 hides the name of a record that is not shared from everybody but its owner', async ({ hub }) => {
    const acme = await hub.given.organization()
    const owner = await acme.given.user({ extension: '21' })
    const other = await acme.given.user({ extension: '22' })
    await acme.given.person({ name: 'Milena Jesenská', number: '+420222000104', owner, shared: false })
    const ofOwner = await acme.deskOf(owner)
    const ofOther = await acme.deskOf(other)

    const call = await acme.phone.rings({ from: '+420222000104', to: ['21', '22'] })

    expect((await ofOwner.shows(call.id)).matches).toMatchObject([{ name: 'Milena Jesenská', hidden: false }])
    const hidden = await ofOther.shows(call.id)
    expect(hidden.matches).toMatchObject([{ name: '', typed: '', url: '', hidden: true }])
    expect(JSON.stringify(ofOther.shown)).not.toContain('Jesenská')
  })

  it.for(['missing', 'empty', 'anonymous'] as const)(
    'with a withheld number is stored without one, however the phone system says it: %s',
    async (withheldAs, { hub }) => {
      const acme = await hub.given.organization()
      await acme.given.person({ number: '+442079460123' })
      const colleague = await acme.given.user({ extension: '21' })
      const desk = await acme.deskOf(colleague)

      const call = await acme.phone.rings({ from: 'withheld', withheldAs, to: '21' })
      await acme.phone.hangsUp(call)

      expect(await desk.shows(call.id)).toMatchObject({
        remote: { kind: 'withheld', shown: '' },
        matches: [],
      })
      expect(await acme.query('select remote_hash from calls')).toEqual([{ remote_hash: null }])
      expect(await acme.written(call)).toMatchObject({ personId: null, outcome: 'no_answer' })
    },
  )

  it('is written as missed when nobody answers, in the name of who was rung', async ({ hub }) => {
    const acme = await hub.given.organization()
    const ada = await acme.given.person({ number: '+442079460123' })
    const colleague = await acme.given.user({ extension: '21' })

    const call = await acme.phone.rings({ from: ada.number, to: '21' })
    await acme.phone.hangsUp(call)

    expect(await acme.written(call)).toMatchObject({
      personId: ada.id,
      userId: colleague.vendorId,
      outcome: 'no_answer',
      from: ada.number,
    })
  })

  it('that rings a group is one call with a leg for each phone', async ({ hub }) => {
    const acme = await hub.given.organization()
    await acme.given.user({ extension: '21' })
    const second = await acme.given.user({ extension: '22' })
    const desk = await acme.deskOf(second)

    const call = await acme.phone.rings({ from: '+442079460123', to: ['21', '22'] })
    await acme.phone.answers(call, '22')
    await acme.phone.hangsUp(call)

    const shown = await desk.shows(call.id, ({ state }) => state === 'ended')
    const rung = shown.legs.filter((leg) => leg.role === 'callee').map((leg) => leg.party.shown)
    expect(rung.sort()).toEqual(['21', '22'])
    expect((await acme.written(call)).userId).toBe(second.vendorId)
  })

  it('PD-3 that is transferred reaches the next desk and stays one call', async ({ hub }) => {
    const acme = await hub.given.organization()
    await acme.given.user({ extension: '21' })
    const next = await acme.given.user({ extension: '22' })
    const desk = await acme.deskOf(next)

    const call = await acme.phone.rings({ from: '+442079460123', to: '21' })
    await acme.phone.answers(call, '21')
    hub.sandbox.optimcall.transfer(call.vendorId, '22')
    await desk.shows(call.id)
    await acme.phone.answers(call, '22')
    await acme.phone.hangsUp(call)

    expect((await acme.written(call)).userId).toBe(next.vendorId)
    expect(await acme.query('select id from calls')).toHaveLength(1)
  })
})

describe('an outbound call', () => {
  it('shows whom the colleague called and is written with its direction', async ({ hub }) => {
    const acme = await hub.given.organization()
    const ada = await acme.given.person({ name: 'Ada Lovelace', number: '+442079460123' })
    const colleague = await acme.given.user({ extension: '21' })
    const desk = await acme.deskOf(colleague)

    const call = await acme.phone.dials({ from: '21', to: ada.number })
    await acme.phone.answers(call, ada.number)
    await acme.phone.hangsUp(call)

    expect(await desk.shows(call.id)).toMatchObject({
      direction: 'outbound',
      mine: true,
      matches: [{ name: 'Ada Lovelace' }],
    })
    const held = await acme.written(call)
    expect(held).toMatchObject({ personId: ada.id, to: ada.number, userId: colleague.vendorId })
    expect(held.subject).toContain('Outgoing call')
  })
})

describe('an internal call', () => {
  it('is shown to both colleagues and goes into no CRM', async ({ hub }) => {
    const acme = await hub.given.organization()
    const one = await acme.given.user({ extension: '21' })
    const other = await acme.given.user({ extension: '22' })
    const desks = [await acme.deskOf(one), await acme.deskOf(other)]

    const call = await acme.phone.dials({ from: '21', to: '22' })
    await acme.phone.answers(call, '22')
    await acme.phone.hangsUp(call)

    for (const desk of desks) {
      expect(await desk.shows(call.id, ({ log }) => log.state === 'left-out')).toMatchObject({
        direction: 'internal',
        log: { state: 'left-out', why: 'internal' },
      })
    }
    expect(hub.crm.heldFor(call.played)).toEqual([])
  })
})

describe('another organization', () => {
  it('does not see the call, and is told that there is none by its id', async ({ hub }) => {
    const acme = await hub.given.organization()
    const rival = await hub.given.organization()
    await acme.given.user({ extension: '21' })
    const theirs = await rival.given.user({ extension: '21', sees: 'all' })
    const desk = await rival.deskOf(theirs)

    const call = await acme.phone.rings({ from: '+442079460123', to: '21' })
    const own = await rival.phone.rings({ from: '+442079460124', to: '21' })
    await desk.shows(own.id)

    expect(desk.shown.map((shown) => shown.id)).not.toContain(call.id)
    const asked = await theirs.client.request('GET', `/api/v1/calls/${call.id}`)
    expect(asked.status).toBe(404)
    const journal = await theirs.client.ok<{ calls: { id: string }[] }>('GET', '/api/v1/calls')
    expect(journal.calls.map(({ id }) => id)).toEqual([own.id])
  })
})
