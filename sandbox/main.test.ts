import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { expect, test } from 'vitest'

function start(...more: string[]) {
  const child = spawn(process.execPath, [new URL('./main.ts', import.meta.url).pathname, ...more], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const ready = once(createInterface({ input: child.stdout }), 'line').then(
    ([line]) => JSON.parse(String(line)) as { url: string; tenant?: string },
  )
  return { child, ready }
}

test('says its address, serves, and ends on SIGTERM', async () => {
  const { child, ready } = start('--demo')
  const { url, tenant } = await ready
  expect(tenant).toBe('acme')
  expect((await fetch(url)).status).toBe(200)
  child.kill('SIGTERM')
  expect((await once(child, 'exit'))[0]).toBe(0)
})

test('with its parent, ends when standard input closes', async () => {
  const { child, ready } = start('--with-parent')
  await ready
  child.stdin.end()
  expect((await once(child, 'exit'))[0]).toBe(0)
})
