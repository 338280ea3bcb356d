import type { z } from 'zod'
import type { Sandbox } from './index.ts'

/** One command of the control interface: what it takes, and what it does. */
export type Command = { input: z.ZodType; run(sandbox: Sandbox, input: never): unknown }

export function command<T extends z.ZodType>(
  input: T,
  run: (sandbox: Sandbox, input: z.output<T>) => unknown,
): Command {
  return { input, run: run as Command['run'] }
}
