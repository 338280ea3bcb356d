import { once } from 'node:events'
import { get, type IncomingMessage } from 'node:http'
import { connect, type Socket } from 'node:net'

/** A request ready to be written: nothing is put together while the time runs. */
export function post(
  url: string,
  path: string,
  headers: Readonly<Record<string, string>>,
  body: Buffer,
): Buffer {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  const head = `POST ${path} HTTP/1.1\r\nhost: ${new URL(url).host}\r\ncontent-type: application/json\r\n${lines.join('')}content-length: ${body.length}\r\n\r\n`
  return Buffer.concat([Buffer.from(head, 'latin1'), body])
}

/** One kept connection that sends a request and waits for the answer: as cheap as a sender can be. */
export class Line {
  readonly #socket: Socket
  #answer = ''
  #waiting: { resolve(): void; reject(error: Error): void } | undefined

  private constructor(socket: Socket) {
    this.#socket = socket
    socket.setNoDelay(true)
    socket.on('data', (chunk) => this.#read(chunk.toString('latin1')))
    socket.on('error', (error) => this.#waiting?.reject(error))
    socket.on('close', () => this.#waiting?.reject(new Error('the server closed the connection')))
  }

  static async open(url: string): Promise<Line> {
    const { hostname, port } = new URL(url)
    const socket = connect(Number(port), hostname)
    await once(socket, 'connect')
    return new Line(socket)
  }

  /** @throws for any answer but 200 */
  send(request: Buffer): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject }
      this.#socket.write(request)
    })
  }

  close(): void {
    this.#waiting = undefined
    this.#socket.destroy()
  }

  #read(text: string): void {
    this.#answer += text
    const end = this.#answer.indexOf('\r\n\r\n')
    if (end < 0) return
    const length = Number(/content-length: (\d+)/i.exec(this.#answer)?.[1] ?? 0)
    if (this.#answer.length < end + 4 + length) return
    const answer = this.#answer
    const waiting = this.#waiting
    this.#answer = ''
    this.#waiting = undefined
    if (answer.startsWith('HTTP/1.1 200')) waiting?.resolve()
    else waiting?.reject(new Error(`the server answered ${answer.slice(9, 200)}`))
  }
}

/** A screen: the live stream, read as it comes. */
export class HeldStream {
  readonly #response: IncomingMessage
  #buffered = ''
  #waiting: ((message: { at: number; text: string }) => void) | undefined

  private constructor(response: IncomingMessage) {
    this.#response = response
    response.setEncoding('utf8')
    response.on('data', (text: string) => this.#read(text, performance.now()))
    response.on('error', () => undefined) // closed by us
  }

  static async open(url: string, token?: string): Promise<HeldStream> {
    const request = get(`${url}/live`, {
      headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
    })
    const [response] = (await once(request, 'response')) as [IncomingMessage]
    if (response.statusCode !== 200) throw new Error(`the live stream answered ${response.statusCode}`)
    return new HeldStream(response)
  }

  /** The next message about a call, as it stood on the wire, and when it arrived. */
  next(): Promise<{ at: number; text: string }> {
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => reject(new Error('no live message came within 10 seconds')), 10_000)
      this.#waiting = (message) => {
        clearTimeout(late)
        resolve(message)
      }
    })
  }

  close(): void {
    this.#response.destroy()
  }

  #read(text: string, at: number): void {
    this.#buffered += text
    for (let end = this.#buffered.indexOf('\n\n'); end >= 0; end = this.#buffered.indexOf('\n\n')) {
      const message = this.#buffered.slice(0, end + 2)
      this.#buffered = this.#buffered.slice(end + 2)
      if (!message.startsWith('event: call\n')) continue
      const waiting = this.#waiting
      this.#waiting = undefined
      waiting?.({ at, text: message })
    }
  }
}
