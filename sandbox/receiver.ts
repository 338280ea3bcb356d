import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'

export type Received = {
  method: string
  path: string
  headers: IncomingHttpHeaders
  /** as it came */
  text: string
  body: Record<string, unknown>
}

/** A receiver of hooks that remembers what came. */
export type Receiver = {
  url: string
  received: Received[]
  /** What it answers from now on. */
  status: number
  close(): Promise<void>
}

/** Starts a receiver on any free port of 127.0.0.1, for the sandbox's own tests. */
export async function startReceiver(): Promise<Receiver> {
  const received: Received[] = []
  const server = createServer(async (req, res) => {
    let text = ''
    for await (const chunk of req) text += String(chunk)
    received.push({
      method: req.method ?? '',
      path: req.url ?? '',
      headers: req.headers,
      text,
      body: (req.headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded')
        ? Object.fromEntries(new URLSearchParams(text))
        : (JSON.parse(text) as Record<string, unknown>),
    })
    res.writeHead(receiver.status).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const receiver: Receiver = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    status: 200,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
  return receiver
}
