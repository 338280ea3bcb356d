import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { childEnv } from './child-env.ts'

const root = fileURLToPath(new URL('../', import.meta.url))

/** Runs one command of the command line, as a person in a shell would. */
export function ringfence(
  env: Readonly<Record<string, string>>,
  ...args: string[]
): Promise<{ status: number; out: string; complaint: string }> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ['server/cli.ts', ...args],
      { cwd: root, env: { ...childEnv, ...env } },
      (error, out, complaint) =>
        resolve({ status: typeof error?.code === 'number' ? error.code : error ? 1 : 0, out, complaint }),
    )
  })
}
