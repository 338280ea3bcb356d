import { once } from 'node:events'
import { get, type IncomingMessage, request } from 'node:http'
import { pipeline } from 'node:stream/promises'
import type { CrmSession } from '../server/crms/contract.ts'
import { createPipedrive } from '../server/crms/pipedrive/index.ts'
import { createEgress } from '../server/egress/index.ts'
import { transfer } from '../server/recordings/transfer.ts'
import { serve } from './children.ts'

/** Who passes a recording on, in a process of its own: ours, or nothing but Node's own pipe. */
export type HourPassers = typeof tasks

interface Wish {
  phone: string
  crm: string
  bytes: number
}

const tasks = {
  ours: async (wish: Wish) => {
    const memory = watchMemory()
    const egress = createEgress({ declared: [], privateHosts: [wish.phone, wish.crm] })
    const { outcome, bytes, mostHeld } = await transfer({
      egress,
      phone: 'phone',
      organizationId: 'measured',
      request: { url: `http://${wish.phone}/${wish.bytes}`, host: wish.phone, headers: {} },
      crm: createPipedrive({ egress, clientId: '', clientSecret: '', oauthUrl: `http://${wish.crm}` }),
      session: sessionAt(`http://${wish.crm}`),
      logId: 'CA1',
      tries: 1,
      unknownWaitMs: 60_000,
    })
    await egress.close()
    if (outcome.state !== 'attached') throw new Error(`the recording is ${outcome.state}`)
    return { bytes, mostHeld, growth: memory.stop() }
  },
  floor: async (wish: Wish) => {
    const memory = watchMemory()
    const [recording] = (await once(get(`http://${wish.phone}/${wish.bytes}`), 'response')) as [
      IncomingMessage,
    ]
    const upload = request(`http://${wish.crm}/recordings`, { method: 'POST' })
    const answered = once(upload, 'response')
    await pipeline(recording, upload)
    const [answer] = (await answered) as [IncomingMessage]
    answer.resume()
    return { growth: memory.stop() }
  },
}

/** By how much the process grew at most, as the system sees it. */
function watchMemory(): { stop(): number } {
  const before = process.memoryUsage.rss()
  let most = before
  const look = () => {
    most = Math.max(most, process.memoryUsage.rss())
  }
  const timer = setInterval(look, 10)
  return {
    stop: () => {
      look()
      clearInterval(timer)
      return most - before
    },
  }
}

function sessionAt(apiBase: string): CrmSession {
  return {
    installationId: 'bench',
    connectionId: 'bench',
    organizationId: 'bench',
    userRef: '1',
    apiBase,
    accessToken: async () => 'bench',
    renewed: async () => 'bench',
    spend: () => undefined,
    allowance: () => undefined,
  }
}

serve(tasks, async () => undefined)
