import { z } from 'zod'
import { type Declaration, declare, type Recipient, transferGround } from './declare.ts'
import { connectedPhoneSystem, pipedrive } from './recipients.ts'
import { declareSent, faultInSent, type SentFields, sentIds, sentOperations } from './sent.ts'

/** `api.example.com`, `api.example.com:8443`, or `*.example.com` for every host below it: never a whole top-level domain. */
const host = z
  .string()
  .max(253)
  .regex(/^(?:\*\.)?(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9](?::\d{1,5})?$/)
  .refine((name) => !name.startsWith('*.') || name.split('.').length > 2)

/** `EU` for the European Economic Area, or a country by ISO 3166-1 alpha-2. */
const region = z.string().regex(/^[A-Z]{2}$/)

/**
 * What an adapter of others says for itself, as `policy/` says it for ours: which of the declared kinds of data go to it,
 * where, and on what ground they leave the region. An adapter has no store, so it brings no kind of its own.
 */
export const adapterDeclaration = z
  .strictObject({
    data: z.array(z.string()).min(1).readonly(),
    /** every operation that it asks for itself, with all it sends there, see `sent.ts`; left out: it makes no request */
    sends: sentOperations.optional(),
    /** ids that stand in the addresses of `sends`, and how they are written */
    ids: sentIds.optional(),
    /** `connection`: it speaks to the address an administrator gives, and to no other */
    hosts: z.union([
      z.literal('connection'),
      z
        .array(z.strictObject({ host, region, transferGround: transferGround.optional() }))
        .min(1)
        .readonly(),
    ]),
  })
  .superRefine(({ sends = {}, ids = {} }, context) => {
    const fault = faultInSent({ operations: sends, ids })
    if (fault !== undefined) context.addIssue({ code: 'custom', path: ['sends'], message: fault })
  })
export type AdapterDeclaration = z.infer<typeof adapterDeclaration>

export interface DeclaredAdapter {
  kind: 'phone' | 'crm'
  /** as people know the system */
  title: string
  declaration: AdapterDeclaration
}

/** What it is sent, in the form in which ours say it. */
export const sentToAdapter = ({ title, declaration }: DeclaredAdapter): SentFields =>
  declareSent(title, declaration.sends ?? {}, declaration.ids)

/** What may go to one phone system may go to another, and the same for CRMs. */
const ours = { phone: connectedPhoneSystem.name, crm: pipedrive.name }

/** The kinds of data that may go to an adapter of this kind. */
export function kindsFor(kind: DeclaredAdapter['kind'], from: readonly Declaration[]): string[] {
  return from
    .filter(({ recipients }) => recipients.some(({ name }) => name === ours[kind]))
    .map((declared) => declared.kind)
}

/** Our declarations with those who receive data through adapters of others. */
export function joinAdapters(
  from: readonly Declaration[],
  adapters: readonly DeclaredAdapter[],
): readonly Declaration[] {
  if (adapters.length === 0) return from
  return from.map((declared) =>
    declare({
      ...declared,
      recipients: [
        ...declared.recipients,
        ...adapters.filter(({ declaration }) => declaration.data.includes(declared.kind)).map(recipientOf),
      ],
    }),
  )
}

function recipientOf({ kind, title, declaration: { hosts } }: DeclaredAdapter): Recipient {
  if (hosts === 'connection') return { name: title, hosts, adapter: { kind, places: [] } }
  const places = new Map(
    hosts.map(({ region: where, transferGround: ground }) => [
      `${where} ${ground}`,
      { region: where, ...(ground ? { ground } : {}) },
    ]),
  )
  return { name: title, hosts: hosts.map((one) => one.host), adapter: { kind, places: [...places.values()] } }
}
