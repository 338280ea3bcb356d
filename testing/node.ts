import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { App } from '../server/app.ts'
import { createLog } from '../server/log.ts'
import { readSettings } from '../server/settings.ts'
import { type RunningServer, startServer } from '../server/start.ts'
import type { StartOptions } from '../server/start-options.ts'
import { childEnv } from './child-env.ts'
import type { LogLines } from './log-lines.ts'

/** One server: in this process, where a test may look inside, or as a process of its own, which may be killed. */
export interface Node {
  readonly url: string
  readonly inProcess: boolean
  /** @throws for a process of its own */
  readonly app: App
  start(): Promise<void>
  /** as on SIGTERM */
  stop(): Promise<void>
  /** `kill -9`. @throws in process */
  kill(): Promise<void>
  /** falls asleep, as a virtual machine may, and wakes up. @throws in process */
  sleep(): void
  wake(): void
}

export interface NodeOptions {
  url: string
  env: Record<string, string>
  start: Omit<StartOptions, 'log'>
  log: LogLines
}

export class InProcessNode implements Node {
  readonly url: string
  readonly inProcess = true
  readonly #options: NodeOptions
  #server: RunningServer | undefined

  constructor(options: NodeOptions) {
    this.url = options.url
    this.#options = options
  }

  get app(): App {
    if (!this.#server) throw new Error('the node is stopped')
    return this.#server.app
  }

  async start(): Promise<void> {
    this.#server = await startServer(readSettings(this.#options.env), {
      ...this.#options.start,
      log: createLog('debug', this.#options.log.write),
    })
  }

  async stop(): Promise<void> {
    await this.#server?.close()
    this.#server = undefined
  }

  kill(): Promise<void> {
    throw new Error('a node in this process cannot be killed')
  }

  sleep(): void {
    throw new Error('a node in this process cannot sleep')
  }

  wake(): void {
    throw new Error('a node in this process cannot sleep')
  }
}

const root = fileURLToPath(new URL('../', import.meta.url))

export class ProcessNode implements Node {
  readonly url: string
  readonly inProcess = false
  readonly #options: NodeOptions
  #child: ChildProcess | undefined

  constructor(options: NodeOptions) {
    this.url = options.url
    this.#options = options
  }

  get app(): App {
    throw new Error('a process of its own lets nobody look inside')
  }

  async start(): Promise<void> {
    const { env, start, log } = this.#options
    const child = spawn(process.execPath, ['testing/node-process.ts', JSON.stringify(start)], {
      cwd: root,
      env: { ...childEnv, RINGFENCE_LOG_LEVEL: 'debug', ...env },
      stdio: ['pipe', 'pipe', 'pipe'],
    })
    this.#child = child
    const complaints: string[] = []
    if (child.stderr) createInterface({ input: child.stderr }).on('line', (line) => complaints.push(line))
    const started = new Promise<void>((resolve, reject) => {
      if (child.stdout) {
        createInterface({ input: child.stdout }).on('line', (line) => {
          log.write(line)
          if (line.includes('"event":"started"')) resolve()
        })
      }
      child.once('exit', () => reject(new Error(complaints.join('\n') || 'the node ended')))
    })
    await started
  }

  stop(): Promise<void> {
    return this.#end('SIGTERM')
  }

  kill(): Promise<void> {
    return this.#end('SIGKILL')
  }

  sleep(): void {
    this.#child?.kill('SIGSTOP')
  }

  wake(): void {
    this.#child?.kill('SIGCONT')
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#child
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    const ended = once(child, 'exit')
    child.kill(signal)
    await ended
  }
}
