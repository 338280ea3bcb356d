import { spawn } from 'node:child_process'
import { readFile, rm } from 'node:fs/promises'

/**
 * `npm test`: everything that has to hold before a change lands. Each check is one test that passed or failed; the last
 * line counts them together with Vitest's.
 */
type Check = [name: string, command: string, ...args: string[]]
const checks: Check[] = [
  ['lint', 'biome', 'check', '.'],
  ['unused files, exports and dependencies', 'knip'],
  ['direction of imports', 'node', 'scripts/dependency-direction.ts'],
  ['web build', 'vite', 'build', '--logLevel', 'warn'],
]
// Several checkers find out much of it twice: one needs half of their time, and leaves a core to the other checks.
const besides: Check[] = [['types', 'tsc', '--checkers', '1']]

const only = process.argv.slice(2)
const results = 'test-results.json'
await rm(results, { force: true })

let passed = 0
let failed = 0
if (only.length === 0) {
  await Promise.all([pass(besides), pass(checks)])
  process.env['WEB_APP_BUILT'] = 'just now' // tests that look at the pages need not build them again
}

const status = await run('vitest', [
  'run',
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${results}`,
  ...only,
])
const counted = await countOf(results)
passed += counted.passed
failed += counted.failed
if (status !== 0 && counted.failed === 0) failed += 1 // it broke outside of any test

if (process.env['RINGFENCE_VENDOR_SPECS'] === undefined) {
  process.stdout.write(
    'The official API descriptions were absent (RINGFENCE_VENDOR_SPECS): tests against them were skipped.\n',
  )
}
process.stdout.write(`${passed} passed, ${failed} failed\n`)
process.exit(failed === 0 ? 0 : 1)

async function pass(those: readonly Check[]): Promise<void> {
  for (const [name, command, ...args] of those) {
    const status = await run(command, args)
    process.stdout.write(`${status === 0 ? 'ok    ' : 'FAILED'} ${name}\n`)
    if (status === 0) passed += 1
    else failed += 1
  }
}

function run(command: string, args: readonly string[]): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit'] })
    child.on('error', () => resolve(127))
    child.on('exit', (code) => resolve(code ?? 1))
  })
}

async function countOf(file: string): Promise<{ passed: number; failed: number }> {
  try {
    const { numPassedTests, numFailedTests } = JSON.parse(await readFile(file, 'utf8')) as {
      numPassedTests: number
      numFailedTests: number
    }
    return { passed: numPassedTests, failed: numFailedTests }
  } catch {
    return { passed: 0, failed: 0 } // Vitest did not get as far as its report; its exit status is counted instead
  }
}
