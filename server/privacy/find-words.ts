/** A word as it stood in some file. */
export interface WordFound {
  /** as it was given, not as it was spelled */
  word: string
  spelling: Spelling
  offset: number
}
export type Spelling = 'UTF-8' | 'UTF-16' | 'hexadecimal' | 'base64'

/**
 * Finds any of many words in raw bytes in one pass, in the spellings in which a program leaves them behind: UTF-8,
 * UTF-16 of either byte order, hexadecimal of either case, and base64 wherever it begins.
 *
 * One pass, because a rehearsal looks for every name and number there is, some thousand spellings, in every file: an
 * automaton after Aho and Corasick (1975) reads each byte once. Compressed text is not found; a word cut in two by a
 * page border of the write-ahead log neither.
 */
export class WordFinder {
  readonly #patterns: { word: string; spelling: Spelling; length: number }[] = []
  /** byte → column of the table; 0: a byte in none of the spellings */
  readonly #column = new Uint8Array(256)
  #columns = 1
  /** state × column → state */
  #next: Int32Array = new Int32Array(0)
  /** state → index of the longest pattern that ends there, or -1 */
  #ends: Int32Array = new Int32Array(0)

  constructor(words: Iterable<string>) {
    const spelled = [...new Set(words)].flatMap(spellingsOf)
    for (const { bytes } of spelled) {
      for (const byte of bytes) if (this.#column[byte] === 0) this.#column[byte] = this.#columns++
    }
    this.#build(spelled)
  }

  *find(bytes: Uint8Array): Iterable<WordFound> {
    const next = this.#next
    const ends = this.#ends
    const column = this.#column
    const columns = this.#columns
    let state = 0
    for (let at = 0; at < bytes.length; at++) {
      state = next[state * columns + (column[bytes[at] ?? 0] ?? 0)] ?? 0
      const pattern = ends[state] ?? -1
      if (pattern < 0) continue
      const found = this.#patterns[pattern]
      if (found) yield { word: found.word, spelling: found.spelling, offset: at + 1 - found.length }
    }
  }

  #build(spelled: readonly { word: string; spelling: Spelling; bytes: Buffer }[]): void {
    const columns = this.#columns
    const most = 1 + spelled.reduce((sum, { bytes }) => sum + bytes.length, 0)
    const next = new Int32Array(most * columns).fill(-1)
    const ends = new Int32Array(most).fill(-1)
    let states = 1
    for (const { word, spelling, bytes } of spelled) {
      let state = 0
      for (const byte of bytes) {
        const at = state * columns + (this.#column[byte] ?? 0)
        if (next[at] === -1) next[at] = states++
        state = next[at] ?? 0
      }
      if (ends[state] === -1) ends[state] = this.#patterns.length
      this.#patterns.push({ word, spelling, length: bytes.length })
    }
    this.#next = next
    this.#ends = ends
    this.#link(states)
  }

  /** Where a word does not go on, the automaton goes on with the longest end of it that begins another. */
  #link(states: number): void {
    const next = this.#next
    const ends = this.#ends
    const columns = this.#columns
    const fallback = new Int32Array(states)
    const queue: number[] = []
    for (let column = 0; column < columns; column++) {
      const child = next[column] ?? -1
      if (child === -1) next[column] = 0
      else queue.push(child)
    }
    for (let read = 0; read < queue.length; read++) {
      const state = queue[read] ?? 0
      const back = fallback[state] ?? 0
      if (ends[state] === -1) ends[state] = ends[back] ?? -1
      for (let column = 0; column < columns; column++) {
        const child = next[state * columns + column] ?? -1
        const elsewhere = next[back * columns + column] ?? 0
        if (child === -1) next[state * columns + column] = elsewhere
        else {
          fallback[child] = elsewhere
          queue.push(child)
        }
      }
    }
  }
}

function spellingsOf(word: string): { word: string; spelling: Spelling; bytes: Buffer }[] {
  const utf8 = Buffer.from(word, 'utf8')
  const utf16 = Buffer.from(word, 'utf16le')
  const as = (spelling: Spelling, bytes: Buffer) => ({ word, spelling, bytes })
  return [
    as('UTF-8', utf8),
    as('UTF-16', utf16),
    as('UTF-16', Buffer.from(utf16).swap16()),
    as('hexadecimal', Buffer.from(utf8.toString('hex'), 'latin1')),
    as('hexadecimal', Buffer.from(utf8.toString('hex').toUpperCase(), 'latin1')),
    ...[0, 1, 2].map((before) => as('base64', Buffer.from(base64Inside(utf8, before), 'latin1'))),
  ].filter(({ bytes }) => bytes.length >= shortest)
}

/** Shorter ones would be met by chance in random bytes. */
const shortest = 5

/** The letters of base64 that depend on the word alone when `before` bytes of something else stand before it. */
function base64Inside(bytes: Buffer, before: number): string {
  const text = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64')
  const from = Math.ceil((before * 8) / 6)
  const to = Math.floor(((before + bytes.length) * 8) / 6)
  return text.slice(from, to)
}
