import { createHash, type Hash } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type RequestListener } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import type { CrmSession } from '../crms/contract.ts'
import { createPipedrive } from '../crms/pipedrive/index.ts'
import { createEgress } from '../egress/index.ts'
import { type Transferred, transfer } from './transfer.ts'

/** What was seen of one transfer from outside it. */
export interface Seen {
  transferred: Transferred
  /** of what the phone system sent, and of the part that the CRM took */
  sentHash: string
  takenHash: string
  takenBytes: number
  /** the most that was under way at any time: in the system's socket buffers and in our memory together */
  mostUnderWay: number
  /** how much more was held outside the heap at most, both stand-ins included */
  mostGrowth: number
}

/**
 * Passes a recording of so many bytes on, from a phone system to a CRM that takes its time. Both are real servers, and
 * neither ever holds the whole of it.
 */
export async function passOnSlowly(options: {
  bytes: number
  /** after each so many bytes the CRM looks away for `restMs` */
  restEvery: number
  restMs: number
}): Promise<Seen> {
  const sent = createHash('sha256')
  const taken = createHash('sha256')
  let sentBytes = 0
  let takenBytes = 0
  let mostUnderWay = 0
  const phone = await listening(async (_request, response) => {
    response.writeHead(200, { 'content-type': 'audio/mpeg', 'content-length': options.bytes })
    for (const frame of frames(options.bytes)) {
      sent.update(frame)
      sentBytes += frame.length
      if (!response.write(frame)) await once(response, 'drain')
    }
    response.end()
  })
  const crm = await listening(async (request, response) => {
    let rests = 0
    for await (const bytes of filePart(request, taken)) {
      takenBytes += bytes
      mostUnderWay = Math.max(mostUnderWay, sentBytes - takenBytes)
      if (takenBytes < (rests + 1) * options.restEvery) continue
      rests += 1
      await sleep(options.restMs)
    }
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"success":true}')
  })
  const egress = createEgress({ declared: [], privateHosts: [phone.host, crm.host] })
  const memory = watchMemory()
  try {
    const transferred = await transfer({
      egress,
      phone: 'phone',
      organizationId: 'measured',
      request: { url: `http://${phone.host}/recording?type=mp3`, host: phone.host, headers: {} },
      crm: createPipedrive({ egress, clientId: '', clientSecret: '', oauthUrl: `http://${crm.host}` }),
      session: sessionAt(`http://${crm.host}`),
      logId: 'CA1',
      tries: 1,
      unknownWaitMs: 1_000,
    })
    return {
      transferred,
      sentHash: sent.digest('hex'),
      takenHash: taken.digest('hex'),
      takenBytes,
      mostUnderWay,
      mostGrowth: memory.stop(),
    }
  } finally {
    memory.stop()
    await egress.close()
    await phone.close()
    await crm.close()
  }
}

function* frames(bytes: number): Generator<Buffer> {
  const size = 100_000
  for (let at = 0; at < bytes; at += size) {
    const frame = Buffer.alloc(Math.min(size, bytes - at), at % 251)
    frame.writeUInt32LE(at, 0)
    yield frame
  }
}

/** Hashes the one part of the form as it comes and tells how much of it came: all but head and tail. */
async function* filePart(request: IncomingMessage, hash: Hash): AsyncGenerator<number> {
  const boundary = /boundary=(\S+)/.exec(request.headers['content-type'] ?? '')?.[1] ?? ''
  const tail = Buffer.from(`\r\n--${boundary}--\r\n`)
  let begun = false
  let kept = Buffer.alloc(0)
  for await (const piece of request) {
    kept = Buffer.concat([kept, piece as Buffer])
    if (!begun) {
      const end = kept.indexOf('\r\n\r\n')
      if (end < 0) continue
      begun = true
      kept = kept.subarray(end + 4)
    }
    const ready = Math.max(0, kept.length - tail.length)
    hash.update(kept.subarray(0, ready))
    kept = Buffer.from(kept.subarray(ready))
    yield ready
  }
  if (!kept.equals(tail)) throw new Error('the form does not end as it should')
}

function sessionAt(apiBase: string): CrmSession {
  return {
    installationId: 'installation',
    connectionId: 'connection',
    organizationId: 'organization',
    userRef: '1',
    apiBase,
    accessToken: async () => 'token',
    renewed: async () => 'token',
    spend: () => undefined,
    allowance: () => undefined,
  }
}

async function listening(answer: RequestListener): Promise<{ host: string; close(): Promise<void> }> {
  const server = createServer(answer)
  const sockets = new Set<Socket>()
  server.on('connection', (socket) => sockets.add(socket))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      for (const socket of sockets) socket.destroy()
      await new Promise((done) => server.close(done))
    },
  }
}

/** Looks again and again at what is really held: what only waits to be collected is collected first. */
function watchMemory(): { stop(): number } {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  collect()
  const before = process.memoryUsage().arrayBuffers
  let most = before
  const timer = setInterval(() => {
    collect()
    // Buffers are given back a moment after they were collected.
    setTimeout(() => {
      most = Math.max(most, process.memoryUsage().arrayBuffers)
    }, 5)
  }, 100)
  return {
    stop: () => {
      clearInterval(timer)
      return most - before
    },
  }
}
