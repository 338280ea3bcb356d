import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'

const entry = fileURLToPath(new URL('bench.ts', import.meta.url))

it('the benchmark says one object a line, and nothing else on its output', async () => {
  const args = [entry, '--quick', '--only', 'pop,mirror', '--json']
  const { stdout } = await promisify(execFile)(process.execPath, args)
  const lines = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)
  expect(lines.map((line) => line['name'])).toEqual(['pop p50', 'pop p99', 'mirror'])
  for (const line of lines) {
    expect(line).toEqual({
      name: expect.any(String),
      ours: expect.any(Number),
      floor: expect.any(Number),
      ratio: expect.any(Number),
      bareRatio: expect.any(Number),
      goal: '<= 1.5',
      met: expect.any(Boolean),
      unit: expect.stringMatching(/^m?s$/),
    })
    expect(line['ours']).toBeGreaterThan(0)
  }
}, 300_000)
