import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/** What a child can be asked to do, by name. */
export type Tasks = Record<string, (input: never) => Promise<unknown>>

interface Question {
  id: number
  task: string
  input: unknown
}
type Answer = { id: number; output: unknown } | { id: number; error: string }

/**
 * What is measured runs in a process of its own, ours and the floors alike, so that none of them pays for whoever
 * makes the load.
 */
export class Child<T extends Tasks> {
  readonly #process: ChildProcess
  readonly #waiting = new Map<number, { resolve(output: unknown): void; reject(error: Error): void }>()
  #last = 0

  private constructor(process: ChildProcess) {
    this.#process = process
    process.on('message', (message) => this.#answered(message as Answer))
    process.on('exit', (code) => {
      for (const { reject } of this.#waiting.values()) reject(new Error(`a child ended with status ${code}`))
      this.#waiting.clear()
    })
  }

  /** @param profileFolder where the child writes what its processor time went into */
  static start<T extends Tasks>(file: string, profileFolder?: string): Child<T> {
    const child = fork(fileURLToPath(new URL(file, import.meta.url)), {
      serialization: 'advanced', // buffers and dates arrive as what they are
      stdio: ['ignore', 2, 2, 'ipc'],
      execArgv:
        profileFolder === undefined
          ? []
          : [
              '--cpu-prof',
              `--cpu-prof-dir=${profileFolder}`,
              `--cpu-prof-name=${file}.${Date.now()}.cpuprofile`,
            ],
    })
    return new Child<T>(child)
  }

  ask<Name extends keyof T & string>(
    task: Name,
    ...[input]: Parameters<T[Name]>
  ): Promise<Awaited<ReturnType<T[Name]>>> {
    this.#last += 1
    const id = this.#last
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve: resolve as (output: unknown) => void, reject })
      this.#process.send({ id, task, input } satisfies Question, (error) => error && reject(error))
    })
  }

  /** Lets it finish by itself; one that does not within a few seconds is ended. */
  async stop(): Promise<void> {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return
    const ended = once(this.#process, 'exit')
    this.#process.disconnect()
    const late = setTimeout(() => this.#process.kill('SIGKILL'), 10_000)
    await ended
    clearTimeout(late)
  }

  #answered(answer: Answer): void {
    const waiting = this.#waiting.get(answer.id)
    this.#waiting.delete(answer.id)
    if ('error' in answer) waiting?.reject(new Error(answer.error))
    else waiting?.resolve(answer.output)
  }
}

/** The child's side: does what it is asked, and ends, after `close`, when the parent is done with it or gone. */
export function serve(tasks: Tasks, close: () => Promise<void>): void {
  process.on('message', (question: Question) => {
    const { id, task, input } = question
    const work = tasks[task] as ((input: unknown) => Promise<unknown>) | undefined
    Promise.resolve(work?.(input)).then(
      (output) => process.send?.({ id, output } satisfies Answer),
      (error) => process.send?.({ id, error: error instanceof Error ? String(error.stack) : String(error) }),
    )
  })
  process.once('disconnect', () => {
    close().then(
      () => process.exit(0),
      () => process.exit(1),
    )
  })
}
