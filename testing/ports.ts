import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:net'

/**
 * A port that nobody listens on, below those the system gives to outgoing connections: it stays free while a server
 * that was killed is started again on it.
 */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < 100; tries += 1) {
    const port = randomInt(18_000, 30_000)
    const server = createServer()
    const listening = once(server, 'listening')
    server.listen(port, '127.0.0.1')
    try {
      await listening
    } catch {
      continue // taken
    }
    server.close()
    await once(server, 'close')
    return port
  }
  throw new Error('no free port')
}
