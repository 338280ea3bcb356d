import { z } from 'zod'
import type { Needle } from '../needle.ts'
import type { Random } from '../random.ts'
import type { CdrEntry } from './cdr.ts'
import { webexId } from './ids.ts'
import type { Recording } from './recordings.ts'
import type { Webhook } from './webhook.ts'

const digits = z.string().regex(/^\d{2,6}$/)
const outer = z.string().regex(/^\+\d{5,15}$/)

export const NewPerson = z.strictObject({
  name: z.string().min(1),
  email: z.email(),
  extension: digits,
  /** Direct number in E.164. */
  number: outer.optional(),
  /** May use administrators' scopes, CDR and recordings of all included. */
  admin: z.boolean().default(false),
  timezone: z.string().default('Europe/Prague'),
})
export type NewPerson = z.input<typeof NewPerson>

const NewService = z.strictObject({
  number: outer,
  extension: digits.optional(),
  name: z.string().min(1),
  /** Extensions that ring, all at once. */
  rings: z.array(digits),
  /** How long callers have been waiting in a queue when a call begins for the ledger, with phones that ring. */
  waitSeconds: z.number().nonnegative().default(0),
})

export const regions = ['us', 'eu', 'in', 'au', 'gov'] as const
export type Region = (typeof regions)[number]

export const NewOrg = z.strictObject({
  name: z.string().regex(/^[a-z0-9-]+$/),
  /** Domain of the Pipedrive company whose calls these are; for the ledger. */
  company: z.string().optional(),
  /** Which host has its detailed call history; others answer 451. */
  region: z.enum(regions).default('us'),
  location: z.string().default('Prague'),
  /** Minutes from UTC, as CDR tells it. */
  siteOffsetMinutes: z.number().int().default(60),
  people: z.array(NewPerson).default([]),
  queues: z.array(NewService).default([]),
  huntGroups: z.array(NewService).default([]),
  /** Names by number that the carrier tells. */
  callerNames: z.record(z.string(), z.string()).default({}),
  /** Answered calls with the outside are recorded; `afterSeconds` is how long the processing takes. Null: never. */
  recording: z
    .strictObject({
      afterSeconds: z.number().nonnegative(),
      /** `on-demand`: only once somebody starts it. */
      mode: z.enum(['always', 'on-demand']).default('always'),
    })
    .nullable()
    .default(null),
})
export type NewOrg = z.input<typeof NewOrg>

export type Person = z.output<typeof NewPerson> & {
  uuid: string
  id: string
  active: boolean
  created: number
}
export type Service = z.output<typeof NewService> & { kind: 'callQueue' | 'huntGroup'; uuid: string }

/** An organization of Webex with what belongs to it. */
export class Org {
  readonly name: string
  readonly company: string | undefined
  readonly uuid: string
  readonly id: string
  readonly locationUuid: string
  readonly people: Person[] = []
  readonly services: Service[] = []
  readonly webhooks = new Map<string, Webhook>()
  readonly cdrs: CdrEntry[] = []
  readonly recordings = new Map<string, Recording>()
  settings: z.output<typeof NewOrg>
  readonly #random: Random
  readonly #needle: Needle

  constructor(settings: z.output<typeof NewOrg>, parts: { random: Random; needle: Needle; now: number }) {
    this.settings = settings
    this.name = settings.name
    this.company = settings.company
    this.#random = parts.random
    this.#needle = parts.needle
    this.uuid = parts.random.uuid()
    this.id = webexId('ORGANIZATION', this.uuid)
    this.locationUuid = parts.random.uuid()
    for (const person of settings.people) this.addPerson(person, parts.now)
    for (const kind of ['huntGroup', 'callQueue'] as const) {
      const list = kind === 'callQueue' ? settings.queues : settings.huntGroups
      for (const service of list) this.services.push({ ...service, kind, uuid: parts.random.uuid() })
    }
  }

  /** Names and addresses carry the needle from the beginning. */
  addPerson(input: z.output<typeof NewPerson>, now: number): Person {
    if (this.people.some((person) => person.extension === input.extension)) {
      throw new Error(`extension ${input.extension} is taken`)
    }
    const uuid = this.#random.uuid()
    const person: Person = {
      ...input,
      name: this.#needle.name(input.name),
      email: this.#needle.email(input.email),
      uuid,
      id: webexId('PEOPLE', uuid),
      active: true,
      created: now,
    }
    this.people.push(person)
    return person
  }

  /** By id, bare UUID, e-mail (with or without the needle), extension or direct number. */
  find(key: string): Person | undefined {
    const wanted = key.toLowerCase()
    return this.people.find(
      (person) =>
        person.id === key ||
        person.uuid === wanted ||
        person.email.toLowerCase() === this.#needle.email(wanted).toLowerCase() ||
        person.extension === key ||
        person.number === key,
    )
  }

  /** Throws when there is none. */
  person(key: string): Person {
    const person = this.find(key)
    if (person === undefined) throw new Error(`organization ${this.name} has no ${key}`)
    return person
  }

  /** The queue or hunt group with this number or extension. */
  service(number: string): Service | undefined {
    return this.services.find((service) => service.number === number || service.extension === number)
  }

  /** What the carrier says of a number. */
  callerName(number: string): string | undefined {
    const name = this.settings.callerNames[number]
    return name === undefined ? undefined : this.#needle.name(name)
  }
}

/** The number by which others know a person. */
export function numberOf(person: Person): string {
  return person.number ?? person.extension
}
