import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { serve } from './children.ts'

/** A phone system that has recordings of any length, and a CRM that takes them no faster than it likes. */
export type HourPlaces = typeof tasks

const servers: Server[] = []
let taken = 0

const tasks = {
  /** @param wish.bytesPerSecond what the CRM takes */
  start: async (wish: { bytesPerSecond: number }) => {
    const phone = await listening(async (request, response) => {
      const bytes = Number(request.url?.slice(1))
      response.writeHead(200, { 'content-type': 'audio/mpeg', 'content-length': bytes })
      const frame = Buffer.alloc(64 * 1024, 0xff)
      for (let at = 0; at < bytes; at += frame.length) {
        if (!response.write(frame.subarray(0, bytes - at))) await once(response, 'drain')
      }
      response.end()
    })
    const crm = await listening(async (request, response) => {
      const begun = performance.now()
      taken = 0
      for await (const piece of request) {
        taken += (piece as Buffer).length
        const ahead = (taken / wish.bytesPerSecond) * 1000 - (performance.now() - begun)
        if (ahead > 5) await sleep(ahead)
      }
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"success":true}')
    })
    return { phone, crm }
  },
  /** bytes of the last request to the CRM, its form included */
  taken: async () => taken,
}

async function listening(answer: RequestListener): Promise<string> {
  const server = createServer(answer)
  servers.push(server)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return `127.0.0.1:${(server.address() as AddressInfo).port}`
}

serve(tasks, async () => {
  for (const server of servers) server.closeAllConnections()
})
