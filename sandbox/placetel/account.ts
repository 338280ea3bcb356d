import type { z } from 'zod'
import type { Random } from '../random.ts'
import { Bucket } from './bucket.ts'
import type { AccountFacts, ContactInput, NewNumber, NewSipUser } from './new-account.ts'
import { written } from './numbers.ts'

export type SipUser = z.output<typeof NewSipUser> & { id: number; sipuid: string; password: string }
export type PublicNumber = z.output<typeof NewNumber> & { id: number }
export type Contact = ContactInput & { id: number; updatedAt: number; createdAt: number }
export type Subscription = {
  id: string
  service: string
  url: string
  incoming: boolean
  outgoing: boolean
  hungup: boolean
  accepted: boolean
  phone: boolean
  /** In E.164; empty when none were named. */
  numbers: string[]
}

/** An incoming call as `/calls` lists it. */
export type LoggedCall = {
  id: number
  type: 'voicemail' | 'missed' | 'blocked' | 'accepted'
  /** null: withheld. */
  from: string | null
  number: PublicNumber
  durationSeconds: number
  receivedAt: number
}
export type DetailRecord = {
  description: string
  /** As a number is written; null: withheld. */
  from: string | null
  to: string
  lengthSeconds: number
  answerUri: string
  receivedAt: number
}
export type Recording = {
  id: number
  callId: string | null
  direction: 'in' | 'out' | 'queue'
  /** E.164; null: withheld. */
  from: string | null
  to: string
  durationSeconds: number
  time: number
  /** From when on it is in the list. */
  readyAt: number
  /** Downloads of its file, whatever was answered, and those that carried the API key. */
  asked: number
  askedWithKey: number
}

/** A customer of Placetel: what is set up there and what has happened. */
export class Account {
  readonly name: string
  facts: AccountFacts
  sipUsers: SipUser[] = []
  numbers: PublicNumber[] = []
  readonly contacts = new Map<number, Contact>()
  readonly subscriptions = new Map<string, Subscription>()
  readonly calls = new Map<number, LoggedCall>()
  readonly detailRecords: DetailRecord[] = []
  readonly recordings = new Map<number, Recording>()
  readonly bucket = new Bucket()
  readonly createdAt: number
  /** Whether the API key still works. */
  keyWorks = true
  readonly #random: Random
  #lastId = 0
  #lastRecordingId = 9000

  constructor(facts: AccountFacts, { random, now }: { random: Random; now: number }) {
    this.#random = random
    this.createdAt = now
    this.name = facts.name
    this.facts = facts
    this.#setUp(facts)
    for (const contact of facts.contacts) this.addContact(contact, now)
  }

  /** Users and numbers that stay keep their ids. */
  change(facts: AccountFacts): void {
    this.facts = facts
    this.#setUp(facts)
  }

  newId(): number {
    this.#lastId += 1
    return this.#lastId
  }

  newRecordingId(): number {
    this.#lastRecordingId += 1
    return this.#lastRecordingId
  }

  addContact(input: ContactInput, now: number): Contact {
    const contact = { ...input, id: this.newId(), updatedAt: now, createdAt: now }
    this.contacts.set(contact.id, contact)
    return contact
  }

  /** Throws when there is no such extension. */
  sipUser(did: string): SipUser {
    const user = this.sipUsers.find((item) => item.did === did)
    if (user === undefined) throw new Error(`account ${this.name} has no extension ${did}`)
    return user
  }

  /** The public number of that E.164 form, or the first. Throws when there is none. */
  number(e164?: string): PublicNumber {
    const number = e164 === undefined ? this.numbers[0] : this.numbers.find((item) => item.number === e164)
    if (number === undefined) throw new Error(`account ${this.name} has no number ${e164 ?? ''}`)
    return number
  }

  /** The contact that has this number, if any. */
  contactOf(e164: string | null): Contact | undefined {
    if (e164 === null) return undefined
    return [...this.contacts.values()].find((contact) =>
      [contact.phone, contact.phone_work, contact.mobile, contact.mobile_work].includes(e164),
    )
  }

  #setUp(facts: AccountFacts): void {
    const dids = facts.sipUsers.map(({ did }) => did)
    if (new Set(dids).size < dids.length) throw new Error('two SIP users with the same extension')
    this.sipUsers = facts.sipUsers.map((user) => {
      const before = this.sipUsers.find(({ did }) => did === user.did)
      return {
        ...user,
        id: before?.id ?? this.newId(),
        sipuid: user.sipuid ?? before?.sipuid ?? `7777${this.#digits(8)}@fpbx.de`,
        password: before?.password ?? this.#random.hex(16),
      }
    })
    this.numbers = facts.numbers.map((number) => ({
      ...number,
      id: this.numbers.find((item) => item.number === number.number)?.id ?? this.newId(),
    }))
  }

  #digits(count: number): string {
    return Array.from({ length: count }, () => this.#random.int(0, 9)).join('')
  }
}

/** `022129191999`, whatever form events have. */
export const nationalOf = ({ number }: PublicNumber): string => written(number, 'national')
