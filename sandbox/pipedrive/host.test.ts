import { createHmac } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { seedDemoWorld } from '../demo-world.ts'
import { type Sandbox, startSandbox } from '../index.ts'

let sandbox: Sandbox
let anna: number

beforeEach(async () => {
  sandbox = await startSandbox()
  const { app, users } = seedDemoWorld(sandbox)
  anna = users.anna
  sandbox.pipedrive.registerApp({
    ...app,
    callbackUrl: 'http://127.0.0.1:1/callback',
    extensions: {
      floatingWindow: { name: 'Calls', iframeUrl: 'http://127.0.0.1:1/window', jwtSecret: 'own' },
      panel: { name: 'Calls here', iframeUrl: 'http://127.0.0.1:1/panel' },
    },
  })
})
afterEach(() => sandbox.close())

async function page(query = ''): Promise<{ html: string; policy: string; frames: URL[] }> {
  const answer = await fetch(`${sandbox.url}/pipedrive/acme/host?user=${anna}${query}`)
  const html = await answer.text()
  const frames = [...html.matchAll(/<iframe[^>]* src="([^"]+)"/g)].map(
    ([, src = '']) => new URL(src.replaceAll('&#38;', '&')),
  )
  frames.sort((a, b) => b.pathname.localeCompare(a.pathname)) // the window, then the panel
  return { html, policy: answer.headers.get('content-security-policy') ?? '', frames }
}

const claimsIn = (token: string) =>
  JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as Record<string, number>

describe('the page around an app', () => {
  it('loads nothing of an app that this user has not installed', async () => {
    expect((await page()).frames).toEqual([])
    expect((await page('&installed=anyway')).frames).toHaveLength(2)
  })

  it('gives its frames what Pipedrive gives them, and holds no other host', async () => {
    const { frames, policy, html } = await page('&installed=anyway&theme=dark')
    const [window, panel] = frames.map((url) => Object.fromEntries(url.searchParams))
    const companyId = sandbox.pipedrive.company('acme').id
    expect(window).toMatchObject({ userId: String(anna), companyId: String(companyId), theme: 'dark' })
    expect(Object.keys(window ?? {}).sort()).toEqual(['companyId', 'id', 'theme', 'token', 'userId'])
    expect(panel).toMatchObject({ resource: 'person', view: 'details', selectedIds: expect.any(String) })
    expect(panel?.['id']).not.toBe(window?.['id'])
    expect(policy).toContain('frame-src http://127.0.0.1:1;')
    expect(html).not.toMatch(/<script(?![^>]* src=)|<style| style=| on[a-z]+="/)
  })

  it('signs for five minutes with the secret of the surface, else of the app', async () => {
    const tokens = (await page('&installed=anyway')).frames.map((url) => url.searchParams.get('token') ?? '')
    for (const [token, secret] of [
      [tokens[0] ?? '', 'own'],
      [tokens[1] ?? '', 'demo-client-secret'],
    ] as const) {
      const [signed, signature] = [
        token.slice(0, token.lastIndexOf('.')),
        token.slice(token.lastIndexOf('.') + 1),
      ]
      expect(signature).toBe(createHmac('sha256', secret).update(signed).digest('base64url'))
      const { userId, companyId, iat = 0, exp = 0 } = claimsIn(token)
      expect({ userId, companyId, life: exp - iat }).toEqual({
        userId: anna,
        companyId: sandbox.pipedrive.company('acme').id,
        life: 300,
      })
    }
  })

  it('gives fresh tokens to JSON only, and to users of the company only', async () => {
    const ask = (body: unknown, type = 'application/json', domain = 'acme') =>
      fetch(`${sandbox.url}/pipedrive/${domain}/host/token`, {
        method: 'POST',
        headers: { 'content-type': type },
        body: JSON.stringify(body),
      })
    const good = await ask({ user: anna, surface: 'panel' })
    expect(claimsIn(((await good.json()) as { token: string }).token)['userId']).toBe(anna)
    expect((await ask({ user: anna, surface: 'panel' }, 'text/plain')).status).toBe(415)
    expect((await ask({ user: 1, surface: 'panel' })).status).toBe(400)
    expect((await ask({ user: anna, surface: 'panel' }, 'application/json', 'nobody')).status).toBe(404)
  })
})
