import type { SealedHeader } from '../server/keys/index.ts'
import { WordFinder } from '../server/privacy/find-words.ts'
import type { KeyReading } from '../server/privacy/key-reading.ts'
import type { SealedRow } from '../server/privacy/sealed-rows.ts'
import { headerOf } from '../server/privacy/seals.ts'
import { type Searched, searchFiles, type Where } from '../server/privacy/search-files.ts'

type KeyClass = SealedHeader['class']

export interface Places {
  dataFolder: string
  keysFolder: string
  keysCopyFolder: string | undefined
}

/** How many different sealed values of one kind stand in the files, and what somebody with the keys can do with them. */
export interface Count {
  /** different values, by their nonces */
  values: number
  /** of those, such that the databases held them and their length is known */
  known: number
  /** known ones that a key opens */
  readable: number
  /** any, known or not, for which a key exists: its first bytes could be read even where the rest is gone */
  withKey: number
  /** which key that is, and where the value stands */
  keyed: string[]
}

/** Hours since 1970 in UTC: the last one in which something was sealed, and the first one in which it was again. */
export interface Leap {
  after: number
  before: number
}

const hourClasses: readonly KeyClass[] = ['arrival hour', 'call hour']

/**
 * What was known before anything was forgotten: every sealed value of the databases with its text, every key that sealed
 * one, and every name, number and secret in the texts. Later it is searched for in every byte of every file.
 */
export class Evidence {
  readonly #rows = new Map<string, SealedRow>()
  readonly #texts = new Map<string, string>()
  /** names, numbers and secrets, and the needle itself */
  readonly words: ReadonlySet<string>
  readonly #finder: WordFinder
  readonly #remembered: KeyReading
  #leap: Leap | undefined

  constructor(rows: readonly SealedRow[], remembered: KeyReading, needle: string) {
    this.#remembered = remembered
    const words = new Set([needle])
    for (const row of rows) {
      this.#rows.set(row.nonce, row)
      const text = remembered.open(row.organizationId, row.place, row.sealed)
      if (text === undefined) continue
      this.#texts.set(row.nonce, text)
      for (const word of wordsIn(text)) words.add(word)
    }
    this.words = words
    this.#finder = new WordFinder([...words, ...this.#keysInClear(rows)])
  }

  /** The clock was moved: between the two hours nothing can have been sealed. */
  leapt(leap: Leap): void {
    this.#leap = leap
  }

  get rows(): readonly SealedRow[] {
    return [...this.#rows.values()]
  }

  textOf(row: SealedRow): string | undefined {
    return this.#texts.get(row.nonce)
  }

  rowsIn(column: string): SealedRow[] {
    return this.rows.filter(({ place }) => `${place.table}.${place.column}` === column)
  }

  /** Values sealed by a key of this class. */
  rowsOf(by: KeyClass): { row: SealedRow; header: SealedHeader }[] {
    return this.rows.flatMap((row) => {
      const header = headerOf(row.sealed)
      return header?.class === by ? [{ row, header }] : []
    })
  }

  search(places: Places): Promise<Searched> {
    return searchFiles({
      ...places,
      words: this.#finder,
      lengthOf: (nonce) => this.#rows.get(nonce)?.sealed.length,
    })
  }

  /** Counts what was found of some classes, perhaps in one kind of file, as it looks with these keys. */
  count(
    searched: Searched,
    what: { by: readonly KeyClass[]; where?: Where; column?: string },
    keys: KeyReading = this.#remembered,
  ): Count {
    const values = new Set<string>()
    const known = new Set<string>()
    const readable = new Set<string>()
    const withKey = new Map<string, string>()
    for (const { nonce, header, where, path, bytes } of searched.sealed) {
      if (!what.by.includes(header.class) || (what.where && where !== what.where)) continue
      const row = this.#rows.get(nonce)
      if (what.column && (!row || `${row.place.table}.${row.place.column}` !== what.column)) continue
      values.add(nonce)
      if (row) known.add(nonce)
      if ((row || !this.#isLeapt(header)) && this.#owners.some((id) => keys.has(id, header)))
        withKey.set(nonce, `${header.class} ${header.number} in ${path}${row ? '' : ', not known before'}`)
      if (row && bytes && keys.open(row.organizationId, row.place, bytes) !== undefined) readable.add(nonce)
    }
    return {
      values: values.size,
      known: known.size,
      readable: readable.size,
      withKey: withKey.size,
      keyed: [...withKey.values()],
    }
  }

  /**
   * Bytes of a freed row may keep a header but for its last byte, where the next row now begins: a header then, with an
   * hour that never was. Keys are made for hours ahead, so there is one for that hour too.
   */
  #isLeapt(header: SealedHeader): boolean {
    if (!this.#leap || !hourClasses.includes(header.class)) return false
    return header.number > this.#leap.after && header.number < this.#leap.before
  }

  get #owners(): string[] {
    return [...new Set(this.rows.map((row) => row.organizationId))]
  }

  /** The keys themselves, as text that no file may hold: in hexadecimal and base64, the ways a program prints bytes. */
  #keysInClear(rows: readonly SealedRow[]): string[] {
    const keys = new Set<string>()
    for (const { organizationId, sealed } of rows) {
      const header = headerOf(sealed)
      const key = header && this.#remembered.raw(organizationId, header)
      if (!key) continue
      keys.add(key.toString('hex'))
      keys.add(key.toString('base64').replace(/=+$/, ''))
    }
    return [...keys]
  }
}

/** A number loses its plus and country code, because files may hold it in any form; everything else is searched whole. */
function wordsIn(text: string): string[] {
  return leavesOf(text).flatMap((leaf) => {
    const digits = leaf.replace(/[\s().-]/g, '')
    if (/^\+?\d{7,}$/.test(digits)) return [digits.slice(-9)]
    return leaf.length >= 5 ? [leaf] : []
  })
}

/** Sealed texts are a plain name or number, or JSON. Of JSON only numbers and secrets: its words and ids are ours. */
function leavesOf(text: string): string[] {
  if (!/^[[{]/.test(text)) return [text]
  const leaves: string[] = []
  JSON.parse(text, (_, value: unknown) => {
    const personal = (leaf: string) => /^\+\d{7,}$/.test(leaf) || (leaf.length >= 20 && !uuid.test(leaf))
    if (typeof value === 'string' && personal(value)) leaves.push(value)
    return value
  })
  return leaves
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
