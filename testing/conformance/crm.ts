import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { CallToWrite, Contact, Crm, CrmSession, MirrorEvent } from '../../server/crms/contract.ts'
import { type Failure, failureOf } from '../../server/failure.ts'
import type { RawRequest } from '../../server/phones/contract.ts'

/** What not every CRM can do, as far as it is tested here. */
const parts = ['oauth', 'portal', 'mirror', 'persons', 'live', 'identify', 'amend'] as const
type Part = (typeof parts)[number]

/** One CRM connected to its stand-in, made anew for each test. */
export interface CrmStage {
  crm: Crm
  /** somebody who administers the CRM signs in; what is said of a user is in the stand-in's own ids */
  signIn(): Promise<CrmSession>
  /** somebody else, who does not; where it has a mirror */
  signInColleague?(): Promise<CrmSession>
  /** signing in by a round trip of the browser, where the CRM has that */
  oauth?: { /** what the browser brings back, once */ code(): Promise<string>; redirectUri: string }
  persons: {
    add(name: string, number: string): string
    rename(externalId: string, name: string): void
    remove(externalId: string): void
    /** from now on for nobody but who administers the CRM; where it has a mirror */
    hide?(externalId: string): void
  }
  /** hits the next requests that write a call, or all requests, so many times */
  fault(
    kind: '429' | '500' | '503' | 'timeout' | 'late-effect',
    on: 'write' | 'contacts',
    times: number,
  ): void
  /** the access tokens handed out so far are over */
  expireTokens(): void
  /** calls that the stand-in holds, by its own ledger */
  held(): number
  /** requests that tried to write a call, by its own ledger */
  writes(): number
  /** until nothing is under way any more */
  idle(): Promise<void>
  /** the deliveries that reached an address of ours since the hooks were made, as they came; where it has a mirror */
  hooks?(): Promise<{ deliveries: RawRequest[]; secrets: { user: string; password: string } }>
  /** a user of a portal clicks a number there, where it is a portal */
  portal?: {
    click(number: string): Promise<{ told: RawRequest; ref: string }>
    applicationToken(): string
    companyRef: string
  }
  /** the user of this session uninstalls; @returns what the stand-in sent to tell it */
  uninstall(session: CrmSession): Promise<RawRequest>
  close(): Promise<void>
}

export interface CrmUnderTest {
  title: string
  /** what it can do of what not every CRM can: no more and no less, so that no part goes untested */
  parts: readonly Part[]
  stage(): Promise<CrmStage>
  call(more?: Partial<CallToWrite>): CallToWrite
  /** the same request by somebody who does not know the secret, each in a way of its own */
  forgeries(request: RawRequest): readonly RawRequest[]
}

/**
 * What every CRM has to do, whatever its own words are; tests of a part that it has not are left out. Called inside a test
 * file of the adapter.
 */
export function crmConformance(under: CrmUnderTest): void {
  let on: CrmStage
  beforeEach(async () => {
    on = await under.stage()
  })
  afterEach(() => on.close())
  const call = under.call

  const can = (part: Part) => under.parts.includes(part)

  it(`${under.title} can do what it says, and no more`, () => {
    expect(parts.filter((part) => on.crm[part] !== undefined)).toEqual(parts.filter(can))
  })

  describe(`${under.title}: signing in`, () => {
    if (can('oauth'))
      it('PD-1 takes each code once, and no forged one', async () => {
        const { exchange } = the(on.crm.oauth)
        const { code, redirectUri } = the(on.oauth)
        const first = await code()
        await exchange(first, redirectUri)
        for (const spent of [first, 'forged', ''])
          expect(await failureFrom(exchange(spent, redirectUri))).toMatchObject({ code: 'provider-refused' })
      })

    it('goes on when a token has run out in the middle of the work', async () => {
      const session = await on.signIn()
      const users = await on.crm.users(session)
      on.expireTokens()
      expect(await on.crm.users(session)).toEqual(users)
      await on.crm.writeActivity(session, call())
      expect(on.held()).toBe(1)
    })

    it('asks for a person when access was taken away, and writes nothing then', async () => {
      const session = await on.signIn()
      await on.uninstall(session)
      for (const work of [() => on.crm.users(session), () => on.crm.writeActivity(session, call())])
        expect(await failureFrom(work())).toMatchObject({ code: 'provider-refused' })
      expect(on.held()).toBe(0)
    })

    it('PD-11 sends nothing to a host that is not its own', async () => {
      const session = { ...(await on.signIn()), apiBase: 'https://collector.example.org' }
      expect(await failureFrom(on.crm.users(session))).toMatchObject({ code: 'undeclared' })
    })
  })

  if (can('mirror')) mirrorConformance()
  if (can('portal')) portalConformance()

  describe(`${under.title}: writing a call`, () => {
    it('PD-4 makes one entry, which is found by its marker and by no other', async () => {
      const session = await on.signIn()
      const written = await on.crm.writeActivity(session, call())
      expect(on.held()).toBe(1)
      const found = await on.crm.findWritten(session, call())
      expect(found?.activityId ?? found?.logId).toBe(found?.activityId ? written.activityId : written.logId)
      const other = call({ marker: 'RF-2345678A', startedAt: new Date('2026-11-23T11:01:00Z') })
      expect(await on.crm.findWritten(session, other)).toBe(undefined)
    })

    it('PD-4 is asked for, not sent again, when the answer never came', async () => {
      const session = await on.signIn()
      on.fault('late-effect', 'write', 1)
      expect(await failureFrom(on.crm.writeActivity(session, call()))).toMatchObject({
        code: 'provider-outcome-unknown',
      })
      await on.idle()
      await expect.poll(() => on.held()).toBe(1)
      expect(await on.crm.findWritten(session, call())).toBeDefined()
    })

    it('PD-4 is known not to be there when it was never taken', async () => {
      const session = await on.signIn()
      on.fault('timeout', 'write', 1)
      expect(await failureFrom(on.crm.writeActivity(session, call()))).toMatchObject({
        code: 'provider-outcome-unknown',
      })
      expect(await on.crm.findWritten(session, call())).toBe(undefined)
    })

    it.each(['500', '503', 'timeout', '429'] as const)(
      'PD-4 is never sent twice by itself: after %s somebody else decides',
      async (kind) => {
        const session = await on.signIn()
        on.fault(kind, 'write', 1)
        const failure = await failureFrom(on.crm.writeActivity(session, call()))
        // A request that was turned away has no effect; of any other answer nobody knows.
        expect(failure?.code).toBe(kind === '429' ? 'provider-unavailable' : 'provider-outcome-unknown')
        expect(on.writes()).toBe(1)
        expect(on.held()).toBe(0)
      },
    )
  })

  if (can('amend'))
    describe(`${under.title}: what becomes known after a call was written`, () => {
      it('PD-4 goes into the entry that is there, as often as it is told', async () => {
        const session = await on.signIn()
        const personExternalId = on.persons.add('Ada Lovelace', '+442079460123')
        const written = await on.crm.writeActivity(session, call({ words: 'said first' }))
        const amendment = {
          words: { text: 'said later', ours: ['said first', 'said later'] },
          personExternalId,
        }
        for (const _ of ['once', 'again'])
          expect(await on.crm.amend?.(session, written, amendment)).toEqual({ person: 'linked' })
        expect(on.held()).toBe(1)
        expect(await on.crm.findWritten(session, call())).toBeDefined()
      })
    })

  if (can('persons'))
    describe(`${under.title}: somebody new`, () => {
      it('PD-4 is found by the number and by no other', async () => {
        const session = await on.signIn()
        const { find, create } = the(on.crm.persons)
        expect(await find(session, '+442079460123')).toBe(undefined)
        const ada = await create(session, {
          name: 'Ada Lovelace',
          number: '+442079460123',
          ownerExternalId: session.userRef,
        })
        expect(ada).toMatchObject({ name: 'Ada Lovelace', numbers: ['+442079460123'] })
        expect((await find(session, '+442079460123'))?.externalId).toBe(ada.externalId)
        expect(await find(session, '+442079460124')).toBe(undefined)
      })
    })

  if (can('identify'))
    describe(`${under.title}: who is calling`, () => {
      it('BX-11 is asked for, and nobody is made up', async () => {
        const session = await on.signIn()
        const ada = on.persons.add('Ada Lovelace', '+442079460123')
        expect(await on.crm.identify?.(session, '+442079460123')).toMatchObject([
          { externalId: ada, kind: 'person', name: 'Ada Lovelace', url: expect.stringMatching(/^https?:/) },
        ])
        expect(await on.crm.identify?.(session, '+442079460124')).toEqual([])
      })
    })

  if (can('live'))
    describe(`${under.title}: a call while it lasts`, () => {
      it('BX-2 is one, however often it is begun, and is written as the same', async () => {
        const session = await on.signIn()
        const { begin, show, hide } = the(on.crm.live)
        const { marker, direction, startedAt } = call()
        const words = {
          marker,
          direction,
          startedAt,
          outer: '+442079460123',
          line: '+420222333444',
          ownerExternalId: session.userRef,
        }
        const ref = await begin(session, words)
        expect(await begin(session, words)).toBe(ref)
        expect(await begin(session, { ...words, marker: `${marker}2` })).not.toBe(ref)
        for (const change of [show, hide, hide]) await change(session, ref, [session.userRef])
        expect(on.held()).toBe(0)
        const written = await on.crm.writeActivity(session, call({ liveRef: ref }))
        expect(on.held()).toBe(1)
        for (const change of [show, hide]) await change(session, ref, [session.userRef])
        expect(await on.crm.findWritten(session, call({ liveRef: ref }))).toEqual(written)
      })
    })

  if (can('oauth'))
    describe(`${under.title}: uninstalling`, () => {
      it('PD-8 is read from whoever has the right to tell it, as often as it is told', async () => {
        const session = await on.signIn()
        const { identity, readUninstall } = the(on.crm.oauth)
        const { companyRef, userRef } = await identity(session)
        const request = await on.uninstall(session)
        for (const told of [request, request]) expect(readUninstall(told)).toEqual({ companyRef, userRef })
        for (const forged of under.forgeries(request))
          expect(await failureFrom(async () => readUninstall(forged))).toEqual({ code: 'unauthorized' })
        for (const body of ['', 'x', '{}', '[]'])
          expect(
            await failureFrom(async () => readUninstall({ ...request, body: Buffer.from(body) })),
          ).toMatchObject({ code: 'invalid-input' })
      })
    })

  function portalConformance(): void {
    describe(`${under.title}: what a portal tells`, () => {
      it('BX-4 BX-7 is whom somebody wants to call, and that the app is gone', async () => {
        const session = await on.signIn()
        const { receive, companyOf } = the(on.crm.portal)
        const { click, applicationToken, companyRef } = the(on.portal)
        const { told, ref } = await click('+442079460123')
        const token = applicationToken()
        expect(companyOf(told)).toBe(companyRef)
        const [event] = receive(told, token)
        expect(event).toMatchObject({
          kind: 'call-requested',
          userRef: session.userRef,
          number: '+442079460123',
          ref,
        })
        expect(receive(told, token)).toEqual([event])
        const removed = await on.uninstall(session)
        expect(receive(removed, token)).toMatchObject([{ kind: 'app-removed' }])
        expect(receive(removed, token)[0]?.eventId).not.toBe(event?.eventId)
      })

      it('is refused when somebody else says it or nobody can read it, and nothing of it is repeated', async () => {
        await on.signIn()
        const { receive } = the(on.crm.portal)
        const { click, applicationToken } = the(on.portal)
        const { told } = await click('+442079460123')
        for (const forged of under.forgeries(told)) {
          const error = await errorFrom(async () => receive(forged, applicationToken()))
          expect(failureOf(error)).toEqual({ code: 'unauthorized' })
          expect(`${error}`).not.toMatch(/7946/)
        }
        expect(await failureFrom(async () => receive(told, ''))).toEqual({ code: 'unauthorized' })
        for (const body of ['', 'x', 'null', '{}', '[]'])
          expect(
            await failureFrom(async () => receive({ ...told, body: Buffer.from(body) }, applicationToken())),
          ).toMatchObject({ code: 'invalid-input' })
      })
    })
  }

  function mirrorConformance(): void {
    describe(`${under.title}: contacts`, () => {
      it('PD-2 are read to the last, each once, although it stumbles on the way', async () => {
        const expected = Array.from({ length: 7 }, (_, n) => `Person ${n + 1}`)
        for (const [n, name] of expected.entries()) on.persons.add(name, `+44207946012${n}`)
        const session = await on.signIn()
        on.fault('500', 'contacts', 1)
        on.fault('503', 'contacts', 1)
        expect(names(await readAll(on.crm, session)).sort()).toEqual(expected)
      })

      it('PD-2 that changed since are read without the others', async () => {
        const ada = on.persons.add('Ada Byron', '+442079460123')
        on.persons.add('Grace Hopper', '+442079460124')
        const session = await on.signIn()
        const since = new Date(Date.now() + 60_000)
        on.expireTokens() // its clock moves on by more than a minute
        on.persons.rename(ada, 'Ada Lovelace')
        expect(names(await readAll(on.crm, session, since))).toEqual(['Ada Lovelace'])
      })

      it('PD-2 are for whoever the CRM shows them to, and nobody sees who is gone or never was', async () => {
        const { canSee } = the(on.crm.mirror)
        const ada = on.persons.add('Ada Lovelace', '+442079460123')
        const [anna, colleague] = [await on.signIn(), await the(on.signInColleague)()]
        const seen = async () => [await canSee(anna, ada), await canSee(colleague, ada)]
        expect(await seen()).toEqual([true, true])
        the(on.persons.hide)(ada)
        expect(await seen()).toEqual([true, false])
        on.persons.remove(ada)
        expect(await seen()).toEqual([false, false])
        expect(await canSee(anna, '987654321')).toBe(false)
      })

      it('PD-2 are not said to be for nobody where the CRM does not answer', async () => {
        const ada = on.persons.add('Ada Lovelace', '+442079460123')
        const session = await on.signIn()
        on.fault('503', 'contacts', 100)
        expect(await failureFrom(the(on.crm.mirror).canSee(session, ada))).toMatchObject({
          code: 'provider-unavailable',
        })
      })

      it('refuses a place to go on from that is not of its own making', async () => {
        const session = await on.signIn()
        expect(await failureFrom(the(on.crm.mirror).contacts(session, { cursor: 'not ours' }))).toBeDefined()
      })
    })

    describe(`${under.title}: what it tells by itself`, () => {
      it('PD-2 is of whom was added, changed and removed, and each event has a name of its own', async () => {
        const { deliveries, secrets } = await the(on.hooks)()
        const ada = on.persons.add('Ada Byron', '+442079460123')
        await on.idle()
        on.persons.rename(ada, 'Ada Lovelace')
        await on.idle()
        on.persons.remove(ada)
        await on.idle()
        const events = deliveries.flatMap((request) => the(on.crm.mirror).receive(request, secrets))
        expect(events.map(shortly)).toEqual(['Ada Byron', 'Ada Lovelace', `gone ${ada}`])
        // Twice and in another order they are the same events, known by their names.
        const again = deliveries
          .toReversed()
          .flatMap((request) => the(on.crm.mirror).receive(request, secrets))
        expect(again.toReversed()).toEqual(events)
        expect(new Set(events.map(({ eventId }) => eventId)).size).toBe(events.length)
      })

      it('is refused when somebody else says it, and nothing of it is repeated', async () => {
        const { deliveries, secrets } = await the(on.hooks)()
        on.persons.add('Ada Lovelace', '+442079460123')
        await on.idle()
        expect(deliveries.length).toBeGreaterThan(0)
        for (const forged of deliveries.flatMap(under.forgeries)) {
          const error = await errorFrom(async () => the(on.crm.mirror).receive(forged, secrets))
          expect(failureOf(error)).toEqual({ code: 'unauthorized' })
          expect(`${error}`).not.toMatch(/Ada|7946/)
        }
      })

      it('is refused when nobody can read it', async () => {
        const { deliveries, secrets } = await the(on.hooks)()
        on.persons.add('Ada Lovelace', '+442079460123')
        await on.idle()
        const [genuine] = deliveries
        if (!genuine) throw new Error('nothing was delivered')
        for (const body of ['', 'x', 'null', '7', '[]', '{}', '{"a":']) {
          const error = await errorFrom(async () =>
            the(on.crm.mirror).receive({ ...genuine, body: Buffer.from(body) }, secrets),
          )
          expect(failureOf(error)?.code).toBe('invalid-input')
        }
      })
    })
  }
}

/** A part that the adapter says it has. */
function the<T>(part: T | undefined): T {
  if (part === undefined) throw new Error('this part is not there')
  return part
}

async function readAll(crm: Crm, session: CrmSession, changedSince?: Date): Promise<Contact[]> {
  const contacts: Contact[] = []
  let cursor: string | undefined
  do {
    const page = await the(crm.mirror).contacts(session, {
      ...(cursor === undefined ? {} : { cursor }),
      ...(changedSince === undefined ? {} : { changedSince }),
    })
    contacts.push(...page.contacts)
    cursor = page.next
  } while (cursor !== undefined)
  return contacts
}

const names = (contacts: readonly Contact[]): string[] => contacts.map(({ name }) => name)

function shortly(event: MirrorEvent): string {
  if (event.kind === 'contact-changed') return event.contact.name
  return event.kind === 'contact-gone' ? `gone ${event.externalId}` : event.kind
}

async function errorFrom(work: (() => Promise<unknown>) | Promise<unknown>): Promise<unknown> {
  try {
    await (typeof work === 'function' ? work() : work)
    return undefined
  } catch (error) {
    return error
  }
}

async function failureFrom(work: (() => Promise<unknown>) | Promise<unknown>): Promise<Failure | undefined> {
  const error = await errorFrom(work)
  const failure = failureOf(error)
  if (error !== undefined && failure === undefined) throw error
  return failure
}
