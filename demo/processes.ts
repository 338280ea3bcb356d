import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream, type WriteStream } from 'node:fs'
import { createServer } from 'node:net'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { World } from './set-up.ts'

const root = fileURLToPath(new URL('../', import.meta.url))

/** The stand-in vendors as a process of their own. It ends with us. */
export async function startSandboxProcess(options: {
  port: number
  seed: number
  /** woven into every name, e-mail and recording address it hands out */
  needle?: string
}): Promise<{ url: string; world: World; stop(): Promise<void> }> {
  const child = spawn(
    process.execPath,
    [
      'sandbox/main.ts',
      '--demo',
      '--with-parent',
      '--port',
      String(options.port),
      '--seed',
      String(options.seed),
    ],
    {
      cwd: root,
      env: {
        ...process.env,
        ...(options.needle === undefined ? {} : { RINGFENCE_SANDBOX_NEEDLE: options.needle }),
      },
      stdio: ['pipe', 'pipe', 'inherit'],
    },
  )
  const line = await firstLine(child, (text) => text.startsWith('{'))
  const { url, ...world } = JSON.parse(line) as { url: string } & World
  return { url, world, stop: () => end(child, 'SIGTERM') }
}

/**
 * The server as a process of its own, started again on the same folder after each `kill`. What it prints goes to a file,
 * so that it can be searched.
 */
export class ServerProcess {
  readonly #env: Record<string, string>
  readonly #output: WriteStream
  #child: ChildProcess | undefined
  /** the operator's sign-in link, printed at the first start */
  signInLink: string | undefined

  constructor(env: Record<string, string>, outputFile: string) {
    this.#env = env
    this.#output = createWriteStream(outputFile, { flags: 'a' })
  }

  async start(): Promise<void> {
    const child = spawn(process.execPath, ['server/cli.ts', 'start'], {
      cwd: root,
      env: { ...process.env, ...this.#env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    this.#child = child
    child.stdout?.pipe(this.#output, { end: false })
    const complaints: string[] = []
    if (child.stderr) {
      createInterface({ input: child.stderr }).on('line', (line) => {
        const link = /https?:\/\/\S+\/sign-in#\S+/.exec(line)?.[0]
        if (link) this.signInLink = link
        else complaints.push(line)
      })
    }
    await this.#ready(child, complaints)
  }

  /** The link is printed a moment after the server is ready. */
  async firstSignIn(): Promise<string> {
    for (let tries = 0; tries < 200 && !this.signInLink; tries += 1)
      await new Promise((resolve) => setTimeout(resolve, 50))
    if (!this.signInLink) throw new Error('The server printed no sign-in link.')
    return this.signInLink
  }

  /** `kill -9`, as a crash would. */
  async kill(): Promise<void> {
    if (this.#child) await end(this.#child, 'SIGKILL')
  }

  async stop(): Promise<void> {
    if (this.#child) await end(this.#child, 'SIGTERM')
    this.#child = undefined
  }

  async #ready(child: ChildProcess, complaints: readonly string[]): Promise<void> {
    const until = Date.now() + 60_000
    while (Date.now() < until) {
      if (child.exitCode !== null) throw new Error(complaints.join('\n') || 'The server did not start.')
      const answer = await fetch(`${this.#env['RINGFENCE_URL']}/readyz`).catch(() => undefined) // not listening yet
      if (answer?.ok) return
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    throw new Error('The server did not become ready within a minute.')
  }
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill(signal)
  await ended
}

async function firstLine(child: ChildProcess, wanted: (text: string) => boolean): Promise<string> {
  if (!child.stdout) throw new Error('the process has no output')
  for await (const line of createInterface({ input: child.stdout })) if (wanted(line)) return line
  throw new Error('The sandbox did not start.')
}

/** A free port of this machine. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  return typeof address === 'object' && address ? address.port : 0
}

/** Whether nobody listens at this port of this machine. */
export async function isFree(port: number): Promise<boolean> {
  const server = createServer().listen(port, '127.0.0.1')
  try {
    await once(server, 'listening')
  } catch {
    return false
  }
  server.close()
  await once(server, 'close')
  return true
}
