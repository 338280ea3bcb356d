import type { z } from 'zod'
import type { Sandbox } from './index.ts'

/** A function of the sandbox as `POST /control/<name>` takes it. */
export type Command = { input: z.ZodType; run(sandbox: Sandbox, input: never): unknown }

export function command<T extends z.ZodType>(
  input: T,
  run: (sandbox: Sandbox, input: z.output<T>) => unknown,
): Command {
  // What was parsed by `input` is what `run` takes.
  return { input, run: run as Command['run'] }
}
