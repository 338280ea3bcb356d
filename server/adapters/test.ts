import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { failed } from '../failure.ts'

const vitest = fileURLToPath(new URL('../../node_modules/vitest/vitest.mjs', import.meta.url))
const config = fileURLToPath(new URL('vitest.config.ts', import.meta.url))

/**
 * Runs the tests of an adapter's package by the test runner of this installation, which the conformance suite belongs to:
 * with one of its own there would be two of them in one process.
 * @returns the exit status
 */
export async function testAdapter(folder: string): Promise<number> {
  if (!existsSync(vitest))
    failed({
      code: 'setting',
      name: 'adapter test',
      sentence: 'Testing an adapter needs the development packages of Ringfence: npm ci.',
    })
  const root = resolve(folder)
  const child = spawn(process.execPath, [vitest, 'run', '--root', root, '--config', config], {
    stdio: 'inherit',
  })
  return new Promise((done) => {
    child.on('error', () => done(1))
    child.on('exit', (status) => done(status ?? 1))
  })
}
