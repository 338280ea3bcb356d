import { createHmac } from 'node:crypto'
import type { HourClass } from './hours.ts'

/**
 * An organization's own part of an hour's key. The hour's key is one for the whole installation and dies for all at once;
 * what seals is derived from it and from this part. Replacing the part makes one organization's values of that hour
 * unreadable, and nobody else's (erasure of one person).
 */
export interface HourPart {
  of: HourClass
  hour: number
  /** counts up with each replacement; it stands in the header of what it seals */
  generation: number
  /** replaced, and kept until everything it sealed is sealed anew */
  retiring: boolean
  key: Buffer
}

/**
 * Hours that are not listed have a part that follows from the base, so that an hour costs nothing until somebody is
 * erased in it. Whoever replaces one part writes down all others that exist and replaces the base too: else the part
 * could be worked out again from it.
 */
export class HourParts {
  readonly #key: Buffer
  readonly #base: Buffer
  readonly #listed = new Map<string, Buffer>()
  readonly #current = new Map<string, number>()

  constructor(organizationKey: Buffer, base: Buffer, listed: readonly HourPart[]) {
    this.#key = organizationKey
    this.#base = base
    for (const part of listed) {
      const name = `${part.of}:${part.hour}`
      this.#listed.set(`${name}:${part.generation}`, part.key)
      if (!part.retiring) this.#current.set(name, part.generation)
    }
  }

  /** The generation under which the hour seals now. */
  generation(of: HourClass, hour: number): number {
    return this.#current.get(`${of}:${hour}`) ?? 0
  }

  has(of: HourClass, hour: number, generation: number): boolean {
    const name = `${of}:${hour}`
    return this.#listed.has(`${name}:${generation}`) || (generation === 0 && !this.#current.has(name))
  }

  /** @param generation one that there is */
  part(of: HourClass, hour: number, generation: number): Buffer {
    const name = `${of}:${hour}`
    const listed = this.#listed.get(`${name}:${generation}`)
    if (listed) return listed
    // files of the first release: the organization's key itself is the part of every hour
    if (this.#base.equals(this.#key)) return this.#key
    return createHmac('sha256', this.#base).update(name).digest()
  }
}

/** In the header of a sealed value hour and generation share 32 bits: hours until the year 2089. */
const hourBits = 20
export const hourNumber = (hour: number, generation: number): number =>
  (generation * 2 ** hourBits + hour) >>> 0
export const hourIn = (number: number): number => number % 2 ** hourBits
export const generationIn = (number: number): number => Math.floor(number / 2 ** hourBits)
export const mostGenerations = 2 ** (32 - hourBits)
