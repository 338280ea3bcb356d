/**
 * What a package has to know that connects a phone system or a CRM with Ringfence: types alone, `ringfence/adapter`. See
 * docs/guide/adapter.md; `ringfence adapter new` writes a package that fulfils them.
 */
import type { z } from 'zod'
import type { AdapterDeclaration, SentFields } from '../../policy/index.ts'
import type { parseE164, parseReported } from '../contacts/numbers.ts'
import type { Crm } from '../crms/contract.ts'
import type { Egress, retryAfterSeconds, withRetries } from '../egress/index.ts'
import type { failed, failureOf } from '../failure.ts'
import type { PhoneSystem } from '../phones/contract.ts'

export type { AdapterDeclaration, SentFields } from '../../policy/index.ts'
export type { CallEvent, CallFacts, Direction, EventLeg, Outcome } from '../calls/event.ts'
export type { NumberContext, PhoneNumber } from '../contacts/numbers.ts'
export type * from '../crms/contract.ts'
export type { Egress, EgressRequest, EgressResponse } from '../egress/index.ts'
export type { Failure } from '../failure.ts'
export type * from '../phones/contract.ts'

type Undeclared<Request> = Omit<Request, 'sends' | 'says'>

/** What a request may carry stands in the adapter's declaration, under `sends`; anything else is refused before it leaves. */
export interface AdapterEgress {
  request(request: Undeclared<Parameters<Egress['request']>[0]>): ReturnType<Egress['request']>
  open(opening: Undeclared<Parameters<Egress['open']>[0]>): ReturnType<Egress['open']>
  upload(request: Undeclared<Parameters<Egress['upload']>[0]>): ReturnType<Egress['upload']>
  connect(opening: Undeclared<Parameters<Egress['connect']>[0]>): ReturnType<Egress['connect']>
  close(): Promise<void>
}

/** What is handed to an adapter, so that it needs nothing of ours when it runs. */
export interface AdapterParts {
  /** the only way out; it reaches the declared hosts and no other */
  egress: AdapterEgress
  /** what its declaration says that it sends: `listening.says` of a phone system whose connection is held */
  sends: SentFields
  /**
   * The settings that the adapter names, from the environment: `URL` of the adapter `acme-voice` is
   * `RINGFENCE_ADAPTER_ACME_VOICE_URL`. A host in one of them that is also in RINGFENCE_PRIVATE_HOSTS may be reached: it
   * stands in the place of a declared one.
   */
  settings: Readonly<Record<string, string | undefined>>
  /** for the schema of what an administrator sets, and for reading what a vendor sends */
  z: typeof z
  /** throws one of the coded failures */
  failed: typeof failed
  failureOf: typeof failureOf
  /** numbers as phone systems report them, with everything that can be wrong with them */
  parseReported: typeof parseReported
  parseE164: typeof parseE164
  /** repeats what changes nothing */
  withRetries: typeof withRetries
  retryAfterSeconds: typeof retryAfterSeconds
}

interface AdapterOf<Kind extends 'phone' | 'crm', Made> {
  /** of this shape; another one is refused at the start */
  readonly apiVersion: 1
  readonly kind: Kind
  /** stands in addresses and databases and never changes: small letters, digits and hyphens */
  readonly name: string
  /** what people call the system */
  readonly title: string
  readonly declaration: AdapterDeclaration
  /** capital letters and digits: which settings it may have of the environment */
  readonly settings?: readonly string[]
  /** Called once at each start, before anything else of it. `name` and `title` of what it gives are those above. */
  create(parts: AdapterParts): Made
}

export type PhoneAdapter = AdapterOf<'phone', PhoneSystem>
export type CrmAdapter = AdapterOf<'crm', Crm>
/** What a package exports under the name `adapter`. */
export type Adapter = PhoneAdapter | CrmAdapter
