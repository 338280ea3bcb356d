import { z } from 'zod'
import type { NewCommandFault } from '../faults.ts'
import { type Answer, type Incoming, parseJson } from '../http.ts'
import type { Tenant } from './tenant.ts'

/**
 * `POST /api/command`, in the shape in which OptimCall's API was seen to be used: a name, credentials, parameters; the
 * answer is typed by its own `name`. The command that places a call is not known. The one here is this sandbox's own
 * invention, called as the tenant says (`dialCommand`, default `sandboxDial`), and nothing should be built on its name.
 */
const Command = z.looseObject({
  name: z.string(),
  credentials: z.object({ tenant: z.string(), key: z.string(), user: z.string().optional() }),
})
const SandboxDial = z.object({ extension: z.string(), number: z.string() })

/** What the sandbox's own command answers when it is carried out. */
export const dialAccepted = 'SandboxDialAccepted'

/** What an administrator would write into the settings of whoever wants to dial here. */
export function dialTemplate(tenant: Tenant) {
  return {
    method: 'POST' as const,
    path: '/api/command',
    headers: [],
    body: JSON.stringify({
      name: tenant.dialCommand,
      credentials: { tenant: tenant.name, key: tenant.apiKey ?? '' },
      extension: '{{extension}}',
      number: '{{number}}',
    }),
    success: { field: 'name', equals: dialAccepted },
  }
}

/** @param dial makes the phones ring; throws when it cannot */
export function commandAnswer(
  incoming: Incoming,
  parts: {
    tenant(name: string): Tenant | undefined
    takeFault(tenant: string): NewCommandFault | undefined
    dial(tenant: Tenant, call: { extension: string; number: string }): void
  },
): Answer {
  if (incoming.method !== 'POST') return { status: 405 }
  const command = Command.safeParse(parseJson(incoming.body))
  if (!command.success) return { status: 400, body: error('not a command') }
  const { name, credentials } = command.data
  const tenant = parts.tenant(credentials.tenant)
  if (tenant?.apiKey === undefined || tenant.apiKey !== credentials.key)
    return { status: 401, body: error('wrong credentials') }
  const fault = parts.takeFault(tenant.name)
  if (fault?.kind === '500') return { status: 500 }
  if (fault?.kind === 'refused') return { status: 200, body: error('refused') }
  if (fault?.kind === 'elsewhere') return { status: 307, headers: { location: fault.location ?? '/' } }
  if (name !== tenant.dialCommand) return { status: 400, body: error('no such command') }
  const call = SandboxDial.safeParse(command.data)
  if (!call.success) return { status: 400, body: error('extension and number') }
  try {
    parts.dial(tenant, call.data)
  } catch {
    return { status: 200, body: error('no such extension') }
  }
  return fault?.kind === 'hang' || fault?.kind === 'cut'
    ? fault.kind
    : { status: 200, body: { name: dialAccepted } }
}

const error = (message: string) => ({ name: 'Error', message })
