import { z } from 'zod'
import type { Random } from '../random.ts'
import { Bucket } from './bucket.ts'
import { Did, E164, written } from './numbers.ts'

const NewSipUser = z.strictObject({
  /** `777712345678@fpbx.de`; made up when left out. */
  sipuid: z
    .string()
    .regex(/^[^@\s]+@[^@\s]+$/)
    .optional(),
  name: z.string().min(1),
  did: Did,
  /** Number shown to the far end; without one nothing is told of calls that this user makes. */
  callerid: E164.nullable().default(null),
  type: z.enum(['legacy_standard', 'blf', 'standard', 'fax', 'trunk']).default('standard'),
  /** A user that is offline has no phone that could ring. */
  online: z.boolean().default(true),
  /** Put before what this user dials. */
  automaticPrefix: z.string().optional(),
  /** With it there is a user of the portal besides the SIP user. */
  email: z.email().optional(),
})

const NewNumber = z.strictObject({
  number: E164,
  name: z.string().optional(),
  /** Extensions that ring when it is called. */
  rings: z.array(Did).default([]),
  /** The tick in the portal: whether calls of this number are told to the endpoint set there. */
  notify: z.boolean().default(true),
  activated: z.boolean().default(true),
  /** Whether it leads into a queue; its recordings have the direction `queue`. */
  queue: z.boolean().default(false),
  /** Whether there is a mailbox behind it. */
  voicemail: z.boolean().default(true),
})

export const ContactInput = z.strictObject({
  speeddial: z.string().optional(),
  first_name: z.string().optional(),
  last_name: z.string().optional(),
  company: z.string().optional(),
  email: z.string().optional(),
  email_work: z.string().optional(),
  address: z.string().optional(),
  address_work: z.string().optional(),
  phone_work: z.string().optional(),
  mobile_work: z.string().optional(),
  phone: z.string().optional(),
  mobile: z.string().optional(),
  fax: z.string().optional(),
  fax_work: z.string().optional(),
  facebook_url: z.string().optional(),
  linkedin_url: z.string().optional(),
  xing_url: z.string().optional(),
  twitter_account: z.string().optional(),
  user_id: z.int().optional(),
  blocked: z.boolean().optional(),
})
export type ContactInput = z.infer<typeof ContactInput>

export const NewAccount = z.strictObject({
  name: z.string().regex(/^[a-z0-9-]+$/),
  /** Domain of the CRM's company whose calls these are; for the ledger. */
  company: z.string().optional(),
  /** Of the REST API; the key says which account is meant. */
  apiKey: z.string().min(1),
  /** The portal's page "External APIs": where events go (`https://user:password@host/…` is possible), and the secret. */
  endpointUrl: z.url().optional(),
  secret: z.string().min(1).optional(),
  sipUsers: z.array(NewSipUser).default([]),
  numbers: z.array(NewNumber).default([]),
  contacts: z.array(ContactInput).default([]),
  /** Whether answered calls with the outside are recorded. */
  recording: z.boolean().default(false),
  /** How long after the end of the call its recording is in the list. */
  recordingAfterSeconds: z.number().nonnegative().default(45),
  /** Whether the user of the key sees other users' numbers masked in call lists. */
  obfuscateOthers: z.boolean().default(false),
})
export type NewAccount = z.input<typeof NewAccount>
type Facts = z.output<typeof NewAccount>

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
  facts: Facts
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

  constructor(facts: Facts, { random, now }: { random: Random; now: number }) {
    this.#random = random
    this.createdAt = now
    this.name = facts.name
    this.facts = facts
    this.#setUp(facts)
    for (const contact of facts.contacts) this.addContact(contact, now)
  }

  /** Users and numbers that stay keep their ids. */
  change(facts: Facts): void {
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

  #setUp(facts: Facts): void {
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
