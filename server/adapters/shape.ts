import { z } from 'zod'
import {
  type AdapterDeclaration,
  adapterDeclaration,
  type Declaration,
  isWithin,
  kindsFor,
} from '../../policy/index.ts'
import type { Adapter } from './contract.ts'

export const apiVersion = 1

const adapter = z.object({
  kind: z.enum(['phone', 'crm']),
  name: z
    .string()
    .regex(/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/)
    .max(40),
  title: z
    .string()
    .regex(/^[^\p{Cc}]+$/u)
    .max(60),
  declaration: adapterDeclaration,
  settings: z.array(z.string().regex(/^[A-Z][A-Z0-9]{0,39}$/)).optional(),
  create: z.custom<Adapter['create']>((value) => typeof value === 'function', 'a function'),
})

/** What must be there of what it gives; which optional parts it has is its own business. */
const needed = {
  phone: ['abilities', 'settings', 'receive'],
  crm: ['users', 'refresh', 'writeActivity', 'findWritten', 'activityUrl'],
} as const

/** What is wrong with what a package exports, as the end of a sentence; undefined: nothing. */
export function faultIn(exported: unknown): string | undefined {
  if (exported === undefined || exported === null || typeof exported !== 'object')
    return 'exports no object "adapter"'
  const { apiVersion: version } = exported as { apiVersion?: unknown }
  if (version !== apiVersion)
    return `is made for version ${typeof version === 'number' ? version : '(none)'} of the adapter API, and this is version ${apiVersion}`
  const read = adapter.safeParse(exported)
  const [issue] = read.error?.issues ?? []
  return issue && `is not of the right shape: look at "${issue.path.join('.')}" (${issue.message})`
}

/** What is wrong with what it declares. */
export function faultDeclared(
  { kind, title, declaration }: Adapter,
  { region, declarations }: { region: string; declarations: readonly Declaration[] },
): string | undefined {
  const kinds = kindsFor(kind, declarations)
  const strange = declaration.data.find((name) => !kinds.includes(name))
  if (strange !== undefined)
    return `declares data that may not go to ${kind === 'phone' ? 'a phone system' : 'a CRM'}, "${strange.slice(0, 60)}": possible are ${kinds.join(', ')}`
  if (declarations.some(({ recipients }) => recipients.some(({ name }) => name === title)))
    return `has the title of a recipient that policy/ declares, "${title}"`
  return faultOfHosts(declaration, region) ?? faultOfSending(kind, declaration)
}

function faultOfHosts({ hosts }: AdapterDeclaration, region: string): string | undefined {
  if (hosts === 'connection') return undefined
  const outside = hosts.find(
    (one) => one.transferGround === undefined && one.region !== region && !isWithin(one.region, region),
  )
  return (
    outside &&
    `sends data to ${outside.host} in ${outside.region}, outside the region ${region} (RINGFENCE_REGION), and declares no ground for the transfer`
  )
}

/** Who is spoken to is asked something: without a template every request would be refused, and only then be found out. */
function faultOfSending(kind: Adapter['kind'], { hosts, sends }: AdapterDeclaration): string | undefined {
  if (sends !== undefined && Object.keys(sends).length > 0) return undefined
  if (kind === 'crm') return 'declares nothing under "sends", and a CRM is asked'
  return hosts === 'connection' ? undefined : 'names hosts and declares nothing under "sends" for them'
}

/** What is wrong with what its `create` gave. */
export function faultMade({ kind, name, title, declaration }: Adapter, made: unknown): string | undefined {
  if (made === null || typeof made !== 'object') return 'makes nothing'
  const parts = made as Record<string, unknown>
  if (parts['name'] !== name || parts['title'] !== title)
    return 'makes something of another name or title than its own'
  const missing = needed[kind].find((part) => parts[part] === undefined)
  if (missing !== undefined) return `makes something without "${missing}"`
  const { sends = {} } = declaration
  if (parts['api'] !== undefined && Object.keys(sends).every((operation) => operation === 'MESSAGE'))
    return 'makes something with "api" and declares no operation of it under "sends"'
  const listening = parts['listening'] as { says?: unknown } | undefined
  return listening && listening.says === undefined
    ? 'makes something that listens without "says": what its declaration lets it say, parts.sends'
    : undefined
}
