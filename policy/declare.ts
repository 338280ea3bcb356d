/**
 * The words in which Ringfence says what personal data exists and what may be done with it.
 *
 * A declaration is not documentation: row security, sweeps, key classes, purges, the egress allow-list and the check of
 * the live catalogue are derived from it (`server/privacy/`). Nothing may be kept that no declaration covers.
 */

/** How a value stands in the database. `sealed`: AES-256-GCM; `hashed`: keyed hash; `clear`: readable. */
export type Form = 'sealed' | 'hashed' | 'clear'

/** Which key of the ring seals the sealed columns, and therefore when they become unreadable. */
export type SealedBy = 'organization' | 'mirror bucket' | 'arrival hour' | 'call hour' | 'nothing'

export type Subject = 'caller' | 'contact' | 'user' | 'operator staff'

/** Art. 4(7), (8) GDPR: the operator of this installation, seen from this data. */
export type Role = 'controller' | 'processor'

export type Ground =
  | { article: '6(1)(b)'; contract: string }
  | { article: '6(1)(f)'; interest: string; balancing: `docs/balancing/${string}.md` }

/** Legitimate interest needs its balancing test (Art. 6(1)(f)); without the path this does not compile. */
export function legitimateInterest(
  interest: string,
  test: { balancing: `docs/balancing/${string}.md` },
): Ground {
  return { article: '6(1)(f)', interest, balancing: test.balancing }
}
export function contract(with_: string): Ground {
  return { article: '6(1)(b)', contract: with_ }
}

/** Purposes are a closed list: code states one when it reads, and a purpose that is not declared for a kind is refused. */
export type Purpose =
  | 'identify the caller'
  | 'log the call in the CRM'
  | 'show calls to the people they are for'
  | 'connect the systems'
  | 'sign in'
  | 'run the installation'

/** `hours` counts from the named instant and ends at `expires_at`; `while` ends with the named fact. */
export type Keep =
  | { hours: number; from: 'arrival' | 'end of the call' | 'creation' }
  | { while: 'installed by this user' | 'installed by anybody of the company' | 'the organization exists' }

export type End = 'uninstall by the user' | 'uninstall by the last user' | 'organization deleted' | 'sign-out'

/** Who may receive it. `hosts` is what the network layer lets through; `connection` means the host of that connection. */
export interface Recipient {
  name: string
  hosts: readonly string[] | 'connection'
}

export interface Declaration {
  kind: string
  database: 'organization' | 'control'
  subjects: readonly Subject[]
  role: Role
  purposes: readonly Purpose[]
  ground: Ground
  columns: Readonly<Record<`${string}.${string}`, Form>>
  sealedBy: SealedBy
  keep: Keep
  ends: readonly End[]
  recipients: readonly Recipient[]
  region: 'installation'
  source: 'phone system' | 'CRM' | 'the user' | 'the operator' | 'Ringfence'
}

/** Refuses at start what the types cannot see: a declaration written in plain JavaScript, or emptied by hand. */
export function declare<const D extends Declaration>(declaration: D): D {
  const missing = (
    [
      'kind',
      'database',
      'subjects',
      'role',
      'purposes',
      'ground',
      'columns',
      'sealedBy',
      'keep',
      'ends',
      'recipients',
      'region',
      'source',
    ] as const
  ).find((field) => declaration[field] === undefined)
  if (missing) throw new Error(`policy: "${declaration.kind ?? '?'}" does not say its ${missing}`)
  if (declaration.subjects.length === 0)
    throw new Error(`policy: "${declaration.kind}" names no data subject`)
  if (declaration.purposes.length === 0) throw new Error(`policy: "${declaration.kind}" names no purpose`)
  if (Object.keys(declaration.columns).length === 0)
    throw new Error(`policy: "${declaration.kind}" names no column`)
  const sealed = Object.values(declaration.columns).includes('sealed')
  if (sealed && declaration.sealedBy === 'nothing')
    throw new Error(`policy: "${declaration.kind}" seals with no key`)
  return declaration
}
