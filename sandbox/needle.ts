/**
 * Weaves one marked word into the personal data that the sandbox hands out. Whoever searches disks, logs and
 * backups for that word afterwards finds every place to which personal data leaked.
 */
export class Needle {
  readonly word: string | undefined

  constructor(word: string | undefined) {
    this.word = word === undefined || word === '' ? undefined : word
  }

  name(name: string): string {
    return this.word === undefined || name.includes(this.word) ? name : `${name} ${this.word}`
  }

  email(email: string): string {
    if (this.word === undefined || email.includes(this.word)) return email
    const at = email.lastIndexOf('@')
    return at < 0 ? email : `${email.slice(0, at)}.${this.word}${email.slice(at)}`
  }

  /** A relative address with a query string, as recordings have. */
  address(address: string): string {
    return this.word === undefined ? address : `${address}&n=${encodeURIComponent(this.word)}`
  }
}
