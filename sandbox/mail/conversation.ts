import { decodedHeader, decodedText } from './decode.ts'
import type { MailServer } from './index.ts'

/** A message as it was taken, decoded. */
export type MailMessage = {
  from: string
  /** of the envelope: whom it was really sent to */
  to: string[]
  /** by their names in lower case */
  headers: Readonly<Record<string, string>>
  subject: string
  text: string
}

/** One client's conversation, command by command (RFC 5321, 4.1). */
export class Conversation {
  readonly #server: MailServer
  readonly #say: (text: string) => void
  #waiting = ''
  #from: string | undefined
  #to: string[] = []
  #letIn = false
  #data: string[] | undefined

  constructor(server: MailServer, say: (text: string) => void) {
    this.#server = server
    this.#say = say
  }

  /** @returns whether the conversation is over */
  hear(text: string): boolean {
    this.#waiting += text
    for (;;) {
      const end = this.#waiting.indexOf('\r\n')
      if (end < 0) return false
      const line = this.#waiting.slice(0, end)
      this.#waiting = this.#waiting.slice(end + 2)
      if (this.#data) this.#hearData(this.#data, line)
      else if (this.#hearCommand(line)) return true
    }
  }

  #hearCommand(line: string): boolean {
    const [verb = '', ...rest] = line.split(' ')
    const address = /<([^>]*)>/.exec(line)?.[1] ?? ''
    switch (verb.toUpperCase()) {
      case 'EHLO':
        this.#say(`250-stand-in.example\r\n250-AUTH PLAIN\r\n250 8BITMIME\r\n`)
        return false
      case 'HELO':
        this.#answer('250 stand-in.example')
        return false
      case 'AUTH':
        this.#letIn = this.#knows(rest[1] ?? '')
        this.#answer(this.#letIn ? '235 welcome' : '535 that is not right')
        return false
      case 'MAIL':
        if (this.#server.login && !this.#letIn) this.#answer('530 say who you are')
        else if (this.#server.mood === 'busy') this.#answer('451 come back later')
        else {
          this.#from = address
          this.#to = []
          this.#answer('250 noted')
        }
        return false
      case 'RCPT':
        if (this.#server.refuses.has(address)) this.#answer(`550 <${address}> is nobody here`)
        else {
          this.#to.push(address)
          this.#answer('250 noted')
        }
        return false
      case 'DATA':
        if (this.#from === undefined || this.#to.length === 0) this.#answer('503 from whom, and to whom?')
        else {
          this.#data = []
          this.#answer('354 go on')
        }
        return false
      case 'RSET':
        this.#from = undefined
        this.#to = []
        this.#answer('250 forgotten')
        return false
      case 'NOOP':
        this.#answer('250 still here')
        return false
      case 'QUIT':
        this.#answer('221 good-bye')
        return true
      default:
        this.#answer('502 not understood')
        return false
    }
  }

  #hearData(lines: string[], line: string): void {
    if (line !== '.') {
      lines.push(line.startsWith('.') ? line.slice(1) : line) // RFC 5321, 4.5.2
      return
    }
    this.#data = undefined
    this.#server.messages.push(messageOf({ from: this.#from ?? '', to: this.#to, lines }))
    this.#answer('250 taken')
  }

  #knows(plain: string): boolean {
    const [, user, password] = Buffer.from(plain, 'base64').toString('utf8').split('\0')
    const { login } = this.#server
    return login === undefined || (user === login.user && password === login.password)
  }

  #answer(line: string): void {
    this.#say(`${line}\r\n`)
  }
}

function messageOf({ from, to, lines }: { from: string; to: string[]; lines: string[] }): MailMessage {
  const end = lines.indexOf('')
  const head = lines
    .slice(0, end)
    .join('\r\n')
    .replace(/\r\n[ \t]+/g, ' ')
  const headers = Object.fromEntries(
    head.split('\r\n').map((line) => {
      const colon = line.indexOf(':')
      return [line.slice(0, colon).toLowerCase(), decodedHeader(line.slice(colon + 1).trim())]
    }),
  )
  const body = lines.slice(end + 1).join('\n')
  return {
    from,
    to: [...to],
    headers,
    subject: headers['subject'] ?? '',
    text: decodedText(body, headers['content-transfer-encoding'] ?? ''),
  }
}
