import { afterEach, beforeEach, expect, test } from 'vitest'
import { seedDemoWorld } from '../demo-world.ts'
import { type Sandbox, startSandbox } from '../index.ts'

let sandbox: Sandbox

beforeEach(async () => {
  sandbox = await startSandbox()
})

afterEach(() => sandbox.close())

async function parts(): Promise<Record<string, string>> {
  return (await (await fetch(`${sandbox.url}/page/parts`)).json()) as Record<string, string>
}

test('the page offers the callers and carries no inline script or style', async () => {
  seedDemoWorld(sandbox)
  const response = await fetch(sandbox.url)
  const html = await response.text()
  expect(response.headers.get('content-security-policy')).toContain("script-src 'self'")
  expect(html).toContain('>Ada calls</button>')
  expect(html).not.toMatch(/<script(?![^>]* src=)|<style| style=| on[a-z]+="/)
  for (const asset of ['/sandbox.js', '/sandbox.css']) {
    expect((await fetch(sandbox.url + asset)).status).toBe(200)
  }
})

test('a ringing call can be answered, an answered one transferred', async () => {
  const world = seedDemoWorld(sandbox)
  const call = sandbox.optimcall.ring({ from: '+442079460123', expectedPersonId: world.persons[0]?.id })
  expect((await parts())['live']).toMatch(/Ada Lovelace[\s\S]*ringing at 21, 22[\s\S]*Answer as 21/)
  sandbox.optimcall.answer(call.id, '22')
  expect((await parts())['live']).toMatch(/talking with 22[\s\S]*Transfer to 30/)
})

test('the way of events can be switched, and a WebSocket be troubled', async () => {
  seedDemoWorld(sandbox)
  expect((await parts())['socket-acme']).toMatch(/Over a WebSocket instead/)
  sandbox.optimcall.configure('acme', { mode: 'websocket' })
  const shown = (await parts())['socket-acme'] ?? ''
  expect(shown).toContain(sandbox.optimcall.socketUrl())
  expect(shown).toMatch(/Break the connection[\s\S]*Fall silent[\s\S]*Change the token/)
})

test('what the CRM holds is shown as text, never as markup', async () => {
  seedDemoWorld(sandbox)
  sandbox.pipedrive.editPerson('acme', sandbox.pipedrive.company('acme').persons.keys().next().value ?? 0, {
    name: '<img src=x> "Eve"',
  })
  expect(await (await fetch(sandbox.url)).text()).not.toContain('<img')
})

test('a page elsewhere cannot press the buttons', async () => {
  const response = await fetch(`${sandbox.url}/control/reset`, {
    method: 'POST',
    headers: { 'content-type': 'text/plain' },
    body: '{}',
  })
  expect(response.status).toBe(415)
})
