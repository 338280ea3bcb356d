import { createHmac } from 'node:crypto'
import type { Personal } from '../../policy/index.ts'
import { failed } from '../failure.ts'
import type { KeyChoice, OrganizationKeys, Place, RenewableKey } from './contract.ts'
import type { DerivedKeys } from './derived-keys.ts'
import { generationIn, hourIn, hourNumber } from './hour-parts.ts'
import type { HourKeys, OrganizationContent } from './ring-content.ts'
import { declaredContent } from './sealed-content.ts'
import {
  type KeyClass,
  keyName,
  openValue,
  readHeader,
  readKeyName,
  type SealedHeader,
  type SealingKey,
  sealValue,
} from './sealed-value.ts'

/** What the keys of one organization need of the ring they belong to. */
export interface RingAccess {
  /** The keys as they are now: asked anew for every value, so that a destroyed key has no second life in a handle. */
  find(): OrganizationContent | undefined
  hours(): HourKeys | undefined
  derived: DerivedKeys
  /** Looks at the disk; @returns whether another process has changed the ring */
  refresh(): boolean
  makeMirror(mirror: string): Promise<void>
  destroyMirror(mirror: string): Promise<void>
  renew(keys: readonly RenewableKey[]): Promise<void>
  destroyRetiring(): Promise<void>
}

/**
 * No key of the ring seals by itself. What seals is HMAC-SHA-256(key, purpose + organization's key; of an hour the
 * organization's part of it): with either gone nobody can work it out again.
 */
export class OrganizationKeysOfRing implements OrganizationKeys {
  readonly #id: string
  readonly #ring: RingAccess

  constructor(id: string, ring: RingAccess) {
    this.#id = id
    this.#ring = ring
  }

  seal(place: Place, content: string | object, choice: KeyChoice): Buffer {
    return this.#seal(place, declaredContent(place, content), choice)
  }

  #seal(place: Place, plain: string, choice: KeyChoice): Buffer {
    const key = this.#keyFor(choice) ?? (this.#ring.refresh() ? this.#keyFor(choice) : undefined)
    if (!key) return unreadable(place)
    return sealValue(key, place, plain)
  }

  open(place: Place, sealed: Uint8Array): Personal<string> {
    const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength)
    const header = readHeader(bytes)
    if (!header) return unreadable(place)
    const attempt = () => {
      const key = this.#key(header.class, numberOf(header))
      return key && openValue(key, place, bytes)
    }
    return attempt() ?? (this.#ring.refresh() ? attempt() : undefined) ?? unreadable(place)
  }

  hash(label: string, text: string, mirror?: string): Buffer {
    const attempt = () => this.#hashKey(mirror)
    const key = attempt() ?? (this.#ring.refresh() ? attempt() : undefined) ?? gone('hash key')
    return createHmac('sha256', key).update(`${label.length}:${label}${text}`, 'utf8').digest()
  }

  derive(label: string): string {
    const attempt = () => this.#ownKey('derive')
    const key = attempt() ?? (this.#ring.refresh() ? attempt() : undefined) ?? gone('organization key')
    return inLettersAndDigits(createHmac('sha256', key).update(label, 'utf8').digest())
  }

  makeMirror(mirror: string): Promise<void> {
    return this.#ring.makeMirror(mirror)
  }

  destroyMirror(mirror: string): Promise<void> {
    return this.#ring.destroyMirror(mirror)
  }

  renew(keys: readonly RenewableKey[]): Promise<void> {
    return this.#ring.renew(keys)
  }

  destroyRetiring(): Promise<void> {
    return this.#ring.destroyRetiring()
  }

  retiring(): Buffer[] {
    const content = this.#ring.find()
    if (!content) return []
    const buckets = [...content.mirrors.values()].flatMap(({ retiring }) =>
      retiring.map(({ serial }) => keyName({ class: 'mirror bucket', number: serial })),
    )
    const hours = content.hourParts.flatMap(({ of, hour, generation, retiring }) =>
      retiring ? [keyName({ class: of, number: hourNumber(hour, generation) })] : [],
    )
    return [...buckets, ...hours]
  }

  resealed(place: Place, sealed: Uint8Array): Buffer {
    const plain = this.open(place, sealed)
    const choice = this.keyOf(sealed)
    // What a row of before holds stays in it, whatever is declared today.
    return choice ? this.#seal(place, plain, choice) : unreadable(place)
  }

  has(sealed: Uint8Array): boolean {
    const header = readKeyName(Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength))
    return header !== undefined && this.#key(header.class, numberOf(header)) !== undefined
  }

  keyOf(sealed: Uint8Array): KeyChoice | undefined {
    const header = readKeyName(Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength))
    switch (header?.class) {
      case undefined:
        return undefined
      case 'organization':
        return { by: 'organization' }
      case 'arrival hour':
      case 'call hour':
        return { by: header.class, hour: header.number }
      case 'mirror bucket':
        for (const [mirror, { buckets, retiring }] of this.#ring.find()?.mirrors ?? []) {
          const at = buckets.findIndex(({ serial }) => serial === header.number)
          const bucket = at >= 0 ? at : retiring.find(({ serial }) => serial === header.number)?.bucket
          if (bucket !== undefined) return { by: 'mirror bucket', mirror, bucket }
        }
        return undefined
    }
  }

  #keyFor(choice: KeyChoice): SealingKey | undefined {
    switch (choice.by) {
      case 'organization':
        return this.#key('organization', 0)
      case 'mirror bucket': {
        const bucket = this.#ring.find()?.mirrors.get(choice.mirror)?.buckets[choice.bucket]
        return bucket && this.#key('mirror bucket', bucket.serial)
      }
      case 'arrival hour':
      case 'call hour': {
        const generation = this.#ring.find()?.parts.generation(choice.by, choice.hour) ?? 0
        return this.#key(choice.by, hourNumber(choice.hour, generation))
      }
    }
  }

  #key(by: KeyClass, number: number): SealingKey | undefined {
    const content = this.#ring.find()
    const source = content && this.#source(content, by, number)
    if (!source) return undefined
    const key = this.#ring.derived.take(this.#id, by, number, () =>
      derivedFrom(source.key, by, source.with()),
    )
    return { key, class: by, number, organization: this.#id }
  }

  #source(
    content: OrganizationContent,
    by: KeyClass,
    number: number,
  ): { key: Buffer; with(): Buffer } | undefined {
    switch (by) {
      case 'organization':
        return number === 0 ? { key: content.key, with: () => content.key } : undefined
      case 'mirror bucket': {
        const key = content.bySerial.get(number)
        return key && { key, with: () => content.key }
      }
      case 'arrival hour':
      case 'call hour': {
        const hour = hourIn(number)
        const generation = generationIn(number)
        const key = content.parts.has(by, hour, generation) && this.#ring.hours()?.[by].get(hour)
        return key ? { key, with: () => content.parts.part(by, hour, generation) } : undefined
      }
    }
  }

  #hashKey(mirror: string | undefined): Buffer | undefined {
    if (mirror === undefined) return this.#ownKey('hash')
    return this.#ring.find()?.mirrors.get(mirror)?.hashKey
  }

  #ownKey(purpose: 'hash' | 'derive'): Buffer | undefined {
    const own = this.#ring.find()?.key
    return own && this.#ring.derived.take(this.#id, purpose, 0, () => derivedFrom(own, purpose, own))
  }
}

const numberOf = (header: Omit<SealedHeader, 'nonce'>): number =>
  header.class === 'arrival hour' || header.class === 'call hour'
    ? hourNumber(header.number, header.generation)
    : header.number

function derivedFrom(source: Buffer, purpose: string, organizationKey: Buffer): Buffer {
  return createHmac('sha256', source).update(`ringfence/1/${purpose}\0`).update(organizationKey).digest()
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'

/** 256 bits as one number to the base of 62: 43 characters, none lost, none more likely than the others but the first. */
function inLettersAndDigits(bytes: Buffer): string {
  let rest = BigInt(`0x${bytes.toString('hex')}`)
  let text = ''
  for (let count = 0; count < 43; count++) {
    text += alphabet.charAt(Number(rest % 62n))
    rest /= 62n
  }
  return text
}

function unreadable(place: Place): never {
  return gone(`${place.table}.${place.column}`)
}

function gone(what: string): never {
  return failed({ code: 'unreadable', what })
}
