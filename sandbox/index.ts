import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { z } from 'zod'
import { Bitrix24 } from './bitrix24/index.ts'
import { bitrix24Answer } from './bitrix24/routes.ts'
import type { Bitrix24Settings } from './bitrix24/settings.ts'
import { Clock } from './clock.ts'
import { controlAnswer } from './control.ts'
import { Faults } from './faults.ts'
import { type Answer, type Incoming, readIncoming, sendAnswer } from './http.ts'
import { Ledger } from './ledger.ts'
import { MailServer } from './mail/index.ts'
import { Needle } from './needle.ts'
import { OptimCall } from './optimcall/index.ts'
import { pageAnswer } from './page/index.ts'
import { pipedriveAnswer } from './pipedrive/api.ts'
import { hostAnswer } from './pipedrive/host.ts'
import { Pipedrive, type PipedriveSettings } from './pipedrive/index.ts'
import { placetelAnswer } from './placetel/api.ts'
import { Placetel } from './placetel/index.ts'
import { placetelSpecsFromEnvironment } from './placetel/specs.ts'
import { Random } from './random.ts'
import { specsFromEnvironment } from './specs.ts'
import { Timers } from './timers.ts'
import { webexAnswer } from './webex/api.ts'
import { Webex } from './webex/index.ts'
import { webexSpecsFromEnvironment } from './webex/specs.ts'

export type SandboxOptions = {
  /** 0 (the default) takes any free port. Always bound to 127.0.0.1. */
  port?: number
  /** A word woven into all personal data handed out; default `RINGFENCE_SANDBOX_NEEDLE`. */
  needle?: string | undefined
  seed?: number
  /** Factor on Pipedrive's webhook retry waits and ban. */
  retryScale?: number
  settings?: z.input<typeof PipedriveSettings>
  bitrix24Settings?: z.input<typeof Bitrix24Settings>
}

/** The running stand-ins. */
export type Sandbox = {
  /** Base address, `http://127.0.0.1:<port>`. */
  url: string
  clock: Clock
  random: Random
  pipedrive: Pipedrive
  optimcall: OptimCall
  webex: Webex
  mail: MailServer
  bitrix24: Bitrix24
  placetel: Placetel
  faults: Faults
  ledger: Ledger
  /** Resolves once all deliveries and late effects under way are over. */
  idle(): Promise<void>
  /** Forgets everything: companies, apps, tenants, accounts, organizations, portals, faults, ledger. */
  reset(): void
  close(): Promise<void>
}

/** Starts the stand-ins in this process. They keep everything in memory. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const clock = new Clock()
  const seed = options.seed ?? 1
  const random = new Random(seed)
  const faults = new Faults({ clock, random: new Random(seed + 1) })
  const ledger = new Ledger()
  const needle = new Needle(options.needle ?? process.env['RINGFENCE_SANDBOX_NEEDLE'])
  const timers = new Timers()
  let base = ''
  const url = () => base
  const shared = { clock, random, faults, ledger, needle, timers, url }
  const specs = await specsFromEnvironment()
  const pipedrive = new Pipedrive({
    ...shared,
    specs,
    settings: { retryScale: options.retryScale ?? 1, ...options.settings },
  })
  const optimcall = new OptimCall(shared)
  const webex = new Webex({
    ...{ clock, ledger, needle, timers, url },
    seed: seed + 200,
    specs: await webexSpecsFromEnvironment(),
  })
  const bitrix24 = new Bitrix24({ ...shared, seed, settings: options.bitrix24Settings })
  // Dice of its own, so that what the others play stays as it is.
  const placetel = new Placetel({
    ...shared,
    random: new Random(seed + 2),
    faults: new Faults({ clock, random: new Random(seed + 3) }),
    specs: await placetelSpecsFromEnvironment(),
  })
  ledger.watch(() => pipedrive.held())
  const mail = new MailServer()
  await mail.start()
  ledger.watch(() => bitrix24.held())

  const server = createServer((req, res) => {
    const work = async () => {
      const incoming = await readIncoming(req, res)
      await sendAnswer(await answerOf(sandbox, incoming), incoming, res)
    }
    // A caller that breaks off while sending is none of our errors.
    work().catch(() => res.destroy())
  })
  server.on('upgrade', (request, socket, head) => optimcall.upgrade(request, socket, head))
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port ?? 0, '127.0.0.1', resolve)
  })
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  const sandbox: Sandbox = {
    url: base,
    clock,
    random,
    pipedrive,
    optimcall,
    webex,
    mail,
    bitrix24,
    placetel,
    faults,
    ledger,
    idle: () => timers.idle(),
    reset() {
      timers.cancel()
      pipedrive.reset()
      optimcall.reset()
      webex.reset()
      mail.reset()
      bitrix24.reset()
      placetel.reset()
      faults.clear()
      ledger.clear()
      clock.reset()
    },
    async close() {
      timers.close()
      optimcall.reset() // an open WebSocket would keep the server from closing
      await mail.close()
      await new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      })
    },
  }
  return sandbox
}

async function answerOf(sandbox: Sandbox, incoming: Incoming): Promise<Answer> {
  const [, first = '', second = ''] = incoming.path.split('/')
  if (first === 'pipedrive' && second !== '') {
    const path = incoming.path.slice(`/pipedrive/${second}`.length)
    if (/^\/host(\/|$)/.test(path)) return hostAnswer(sandbox.pipedrive, incoming, { domain: second, path })
    return pipedriveAnswer(sandbox.pipedrive, incoming, { host: second, path })
  }
  if (
    incoming.path === '/recording/download' ||
    /^\/optimcall\/[^/]+\/recording\/download$/.test(incoming.path)
  ) {
    return sandbox.optimcall.recordingDownload(incoming)
  }
  if (first === 'placetel') return placetelAnswer(sandbox.placetel, incoming)
  if (incoming.path === '/api/command') return sandbox.optimcall.command(incoming)
  if (first.startsWith('webex')) return webexAnswer(sandbox.webex, incoming)
  if (first.startsWith('bitrix24')) return bitrix24Answer(sandbox.bitrix24, incoming)
  if (first === 'control') return controlAnswer(sandbox, incoming)
  const page = pageAnswer(sandbox, incoming)
  return page ?? { status: 404, headers: { 'content-type': 'text/plain' }, body: 'Not found' }
}
