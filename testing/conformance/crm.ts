import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { CallToWrite, Contact, Crm, CrmEvent, CrmSession } from '../../server/crms/contract.ts'
import { type Failure, failureOf } from '../../server/failure.ts'
import type { RawRequest } from '../../server/phones/contract.ts'

/** One CRM connected to its stand-in, made anew for each test. */
export interface CrmStage {
  crm: Crm
  /** somebody who administers the CRM signs in; what is said of a user is in the stand-in's own ids */
  signIn(): Promise<CrmSession>
  /** somebody else, who does not */
  signInColleague(): Promise<CrmSession>
  /** what the browser brings back from signing in, once */
  code(): Promise<string>
  redirectUri: string
  persons: {
    add(name: string, number: string): string
    rename(externalId: string, name: string): void
    remove(externalId: string): void
    /** from now on for nobody but who administers the CRM */
    hide(externalId: string): void
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
  /** the deliveries that reached an address of ours since the hooks were made, as they came */
  hooks(): Promise<{ deliveries: RawRequest[]; secrets: { user: string; password: string } }>
  /** the user of this session uninstalls; @returns what the stand-in sent to tell it */
  uninstall(session: CrmSession): Promise<RawRequest>
  close(): Promise<void>
}

export interface CrmUnderTest {
  title: string
  stage(): Promise<CrmStage>
  call(more?: Partial<CallToWrite>): CallToWrite
  /** the same request by somebody who does not know the secret, each in a way of its own */
  forgeries(request: RawRequest): readonly RawRequest[]
}

/** What every CRM with a mirror has to do, whatever its own words are. Called inside a test file of the adapter. */
export function crmConformance(under: CrmUnderTest): void {
  let on: CrmStage
  beforeEach(async () => {
    on = await under.stage()
  })
  afterEach(() => on.close())
  const call = under.call

  describe(`${under.title}: signing in`, () => {
    it('PD-1 takes each code once, and no forged one', async () => {
      const code = await on.code()
      await on.crm.exchange(code, on.redirectUri)
      for (const spent of [code, 'forged', ''])
        expect(await failureFrom(on.crm.exchange(spent, on.redirectUri))).toMatchObject({
          code: 'provider-refused',
        })
    })

    it('goes on when a token has run out in the middle of the work', async () => {
      on.persons.add('Ada Lovelace', '+442079460123')
      const session = await on.signIn()
      await on.crm.contacts(session, {})
      on.expireTokens()
      expect(names(await readAll(on.crm, session))).toEqual(['Ada Lovelace'])
    })

    it('asks for a person when access was taken away, and writes nothing then', async () => {
      const session = await on.signIn()
      await on.uninstall(session)
      for (const work of [
        () => on.crm.identity(session),
        () => on.crm.contacts(session, {}),
        () => on.crm.writeActivity(session, call()),
      ])
        expect(await failureFrom(work())).toMatchObject({ code: 'provider-refused' })
      expect(on.held()).toBe(0)
    })

    it('PD-11 sends nothing to a host that is not its own', async () => {
      const session = { ...(await on.signIn()), apiBase: 'https://collector.example.org' }
      expect(await failureFrom(on.crm.identity(session))).toMatchObject({ code: 'undeclared' })
    })
  })

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
      const ada = on.persons.add('Ada Lovelace', '+442079460123')
      const [anna, colleague] = [await on.signIn(), await on.signInColleague()]
      const seen = async () => [await on.crm.canSee(anna, ada), await on.crm.canSee(colleague, ada)]
      expect(await seen()).toEqual([true, true])
      on.persons.hide(ada)
      expect(await seen()).toEqual([true, false])
      on.persons.remove(ada)
      expect(await seen()).toEqual([false, false])
      expect(await on.crm.canSee(anna, '987654321')).toBe(false)
    })

    it('PD-2 are not said to be for nobody where the CRM does not answer', async () => {
      const ada = on.persons.add('Ada Lovelace', '+442079460123')
      const session = await on.signIn()
      on.fault('503', 'contacts', 100)
      expect(await failureFrom(on.crm.canSee(session, ada))).toMatchObject({ code: 'provider-unavailable' })
    })

    it('refuses a place to go on from that is not of its own making', async () => {
      const session = await on.signIn()
      expect(await failureFrom(on.crm.contacts(session, { cursor: 'not ours' }))).toBeDefined()
    })
  })

  describe(`${under.title}: what it tells by itself`, () => {
    it('PD-2 is of whom was added, changed and removed, and each event has a name of its own', async () => {
      const { deliveries, secrets } = await on.hooks()
      const ada = on.persons.add('Ada Byron', '+442079460123')
      await on.idle()
      on.persons.rename(ada, 'Ada Lovelace')
      await on.idle()
      on.persons.remove(ada)
      await on.idle()
      const events = deliveries.flatMap((request) => on.crm.receive(request, secrets))
      expect(events.map(shortly)).toEqual(['Ada Byron', 'Ada Lovelace', `gone ${ada}`])
      // Twice and in another order they are the same events, known by their names.
      const again = deliveries.toReversed().flatMap((request) => on.crm.receive(request, secrets))
      expect(again.toReversed()).toEqual(events)
      expect(new Set(events.map(({ eventId }) => eventId)).size).toBe(events.length)
    })

    it('is refused when somebody else says it, and nothing of it is repeated', async () => {
      const { deliveries, secrets } = await on.hooks()
      on.persons.add('Ada Lovelace', '+442079460123')
      await on.idle()
      expect(deliveries.length).toBeGreaterThan(0)
      for (const forged of deliveries.flatMap(under.forgeries)) {
        const error = await errorFrom(async () => on.crm.receive(forged, secrets))
        expect(failureOf(error)).toEqual({ code: 'unauthorized' })
        expect(`${error}`).not.toMatch(/Ada|7946/)
      }
    })

    it('is refused when nobody can read it', async () => {
      const { deliveries, secrets } = await on.hooks()
      on.persons.add('Ada Lovelace', '+442079460123')
      await on.idle()
      const [genuine] = deliveries
      if (!genuine) throw new Error('nothing was delivered')
      for (const body of ['', 'x', 'null', '7', '[]', '{}', '{"a":']) {
        const error = await errorFrom(async () =>
          on.crm.receive({ ...genuine, body: Buffer.from(body) }, secrets),
        )
        expect(failureOf(error)?.code).toBe('invalid-input')
      }
    })
  })

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

  describe(`${under.title}: what becomes known after a call was written`, () => {
    it('PD-4 goes into the entry that is there, as often as it is told', async (context) => {
      if (!on.crm.abilities.amend) return context.skip()
      const session = await on.signIn()
      const personExternalId = on.persons.add('Ada Lovelace', '+442079460123')
      const written = await on.crm.writeActivity(session, call({ words: 'said first' }))
      const amendment = {
        words: { text: 'said later', ours: ['said first', 'said later'] },
        personExternalId,
      }
      for (const _ of ['once', 'again'])
        expect(await on.crm.amend(session, written, amendment)).toEqual({ person: 'linked' })
      expect(on.held()).toBe(1)
      expect(await on.crm.findWritten(session, call())).toBeDefined()
    })

    it('PD-4 may be a person, who is found by the number and by no other', async (context) => {
      if (!on.crm.abilities.createPerson) return context.skip()
      const session = await on.signIn()
      expect(await on.crm.findPerson(session, '+442079460123')).toBe(undefined)
      const ada = await on.crm.createPerson(session, {
        name: 'Ada Lovelace',
        number: '+442079460123',
        ownerExternalId: session.userRef,
      })
      expect(ada).toMatchObject({ name: 'Ada Lovelace', numbers: ['+442079460123'] })
      expect((await on.crm.findPerson(session, '+442079460123'))?.externalId).toBe(ada.externalId)
      expect(await on.crm.findPerson(session, '+442079460124')).toBe(undefined)
    })
  })

  describe(`${under.title}: uninstalling`, () => {
    it('PD-8 is read from whoever has the right to tell it, as often as it is told', async () => {
      const session = await on.signIn()
      const { companyRef, userRef } = await on.crm.identity(session)
      const request = await on.uninstall(session)
      for (const told of [request, request])
        expect(on.crm.readUninstall(told)).toEqual({ companyRef, userRef })
      for (const forged of under.forgeries(request))
        expect(await failureFrom(async () => on.crm.readUninstall(forged))).toEqual({ code: 'unauthorized' })
      for (const body of ['', 'x', '{}', '[]'])
        expect(
          await failureFrom(async () => on.crm.readUninstall({ ...request, body: Buffer.from(body) })),
        ).toMatchObject({ code: 'invalid-input' })
    })
  })
}

async function readAll(crm: Crm, session: CrmSession, changedSince?: Date): Promise<Contact[]> {
  const contacts: Contact[] = []
  let cursor: string | undefined
  do {
    const page = await crm.contacts(session, {
      ...(cursor === undefined ? {} : { cursor }),
      ...(changedSince === undefined ? {} : { changedSince }),
    })
    contacts.push(...page.contacts)
    cursor = page.next
  } while (cursor !== undefined)
  return contacts
}

const names = (contacts: readonly Contact[]): string[] => contacts.map(({ name }) => name)

function shortly(event: CrmEvent): string {
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
