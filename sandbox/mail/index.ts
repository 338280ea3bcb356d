import { createServer, type Server, type Socket } from 'node:net'
import { Conversation, type MailMessage } from './conversation.ts'

export type { MailMessage } from './conversation.ts'

/**
 * A mail server that delivers nothing and remembers everything: enough of SMTP (RFC 5321) for one client, in memory, on
 * this machine only. It offers no encryption; a client that insists on it finds out.
 */
export class MailServer {
  /** what was taken, in order */
  readonly messages: MailMessage[] = []
  /** `away`: lets nobody in; `busy`: asks to come back later (451) */
  mood: 'well' | 'away' | 'busy' = 'well'
  /** addresses it takes nothing for (550) */
  readonly refuses = new Set<string>()
  /** who may send, where somebody has to say who they are */
  login: { user: string; password: string } | undefined
  readonly #server: Server
  readonly #sockets = new Set<Socket>()
  #port = 0

  constructor() {
    this.#server = createServer((socket) => this.#greet(socket))
  }

  /** `smtp://127.0.0.1:<port>` */
  get url(): string {
    return `smtp://127.0.0.1:${this.#port}`
  }

  /** What came for one address, in order. */
  to(address: string): MailMessage[] {
    return this.messages.filter((message) => message.to.includes(address))
  }

  reset(): void {
    this.messages.length = 0
    this.mood = 'well'
    this.refuses.clear()
    this.login = undefined
  }

  async start(): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject)
      this.#server.listen(0, '127.0.0.1', resolve)
    })
    const address = this.#server.address()
    if (typeof address === 'object' && address) this.#port = address.port
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy()
    await new Promise<void>((resolve) => this.#server.close(() => resolve()))
  }

  #greet(socket: Socket): void {
    this.#sockets.add(socket)
    socket.on('close', () => this.#sockets.delete(socket))
    socket.on('error', () => undefined) // a client may break off at any moment
    if (this.mood === 'away') {
      socket.end('421 stand-in.example is away\r\n')
      return
    }
    const conversation = new Conversation(this, (text) => socket.write(text))
    socket.setEncoding('utf8')
    socket.on('data', (text: string) => {
      if (conversation.hear(text)) socket.end()
    })
    socket.write('220 stand-in.example ESMTP\r\n')
  }
}
