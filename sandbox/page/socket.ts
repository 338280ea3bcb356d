import type { Sandbox } from '../index.ts'
import type { Tenant } from '../optimcall/tenant.ts'
import { button } from './button.ts'
import { escapeHtml } from './html.ts'

/** How a telephone system delivers its events: webhook or WebSocket, who is connected, and trouble with that. */
export function socketPart(sandbox: Sandbox, tenant: Tenant): string {
  if (tenant.socket === null) return '<p class="quiet-text">To a webhook.</p>'
  const configure = (label: string, changes: Record<string, unknown>) =>
    button({
      label,
      command: 'optimcall/configure',
      input: { name: tenant.name, ...changes },
      done: `Set: ${label}.`,
      quiet: true,
    })
  if (tenant.mode === 'webhook')
    return `<p>To a webhook.</p><div class="row">${configure('Over a WebSocket instead', { mode: 'websocket' })}</div>`
  const facts = sandbox.optimcall.sockets(tenant.name)
  const trouble = (label: string, command: string, input: Record<string, unknown>) =>
    button({ label, command, input: { tenant: tenant.name, ...input }, done: `Done: ${label}.`, quiet: true })
  const { token } = tenant.socket
  return `<p>Over a WebSocket at <code>${escapeHtml(sandbox.optimcall.socketUrl(tenant.name))}</code>, ${
    token === undefined ? 'without a token' : `security token <code>${escapeHtml(token)}</code>`
  }. Connected: ${facts.authenticated}; refused: ${facts.refused}.</p><div class="row">${[
    trouble('Break the connection', 'optimcall/drop-sockets', { how: 'cut' }),
    trouble('Say good-bye', 'optimcall/drop-sockets', { how: 'close' }),
    trouble('Fall silent', 'optimcall/silence-sockets', {}),
    configure('Change the token', { socket: { ...tenant.socket, token: `${token ?? 'token'}-changed` } }),
    configure('To a webhook instead', { mode: 'webhook' }),
  ].join('')}</div>`
}
