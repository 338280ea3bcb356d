import { z } from 'zod'
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

/** Changes the settings that are named. Not `partial()` of their schema: that gives what is left out its default. */
export function settingsCommand<T extends z.ZodObject>(
  { shape }: T,
  of: (sandbox: Sandbox) => { settings: z.output<T>; set(changes: Partial<z.output<T>>): void },
): Command {
  const fields = Object.entries(shape).map(([name, field]) => {
    const bare = field instanceof z.ZodDefault ? field.unwrap() : field
    return [name, z.optional(bare)]
  })
  return command(z.strictObject(Object.fromEntries(fields)), (sandbox, input) => {
    const standIn = of(sandbox)
    // What was parsed by the fields of `shape` is a part of it.
    standIn.set(input as Partial<z.output<T>>)
    return standIn.settings
  })
}
