/**
 * An oracle for the comparison of policies that knows nothing of it: it says of one single thing done with data whether a
 * policy allows it, and tries everything there is in a small world.
 */
import type { DeclaredKind } from './declared.ts'

/** One thing done with one value, at one moment. */
interface Processing {
  kind: string
  place: string
  column: string
  /** how the value is got at: found by a match, read by whoever has the database, or opened by a key that still lives */
  how: string
  of: string
  for: string
  /** to whom it goes: nobody, or a recipient at a host */
  to: { name: string; host: string } | undefined
  ground: string
  role: string
  from: string
  /** when: hours since something, or a state that still holds */
  when: { since: string; hours: number } | { state: string }
  /** what has happened before it */
  after: string | undefined
}

/** Everything that may stand in the small world's policies. */
export const world = {
  kinds: ['calls', 'people'],
  places: ['organization', 'control', 'data folder'],
  columns: ['t.a', 't.b'],
  keys: ['organization', 'mirror bucket', 'arrival hour', 'call hour'],
  subjects: ['caller', 'user'],
  purposes: ['log', 'dial'],
  // one at least that only a wildcard reaches
  hosts: [
    'connection',
    'api.crm.example',
    'any.crm.example',
    'a.eu.crm.example',
    'any.eu.crm.example',
    'eu.crm.example',
    'crm.example',
  ],
  names: ['CRM', 'phone'],
  grounds: ['6(1)(b) x', '6(1)(b) y', '6(1)(f) x'],
  roles: ['processor', 'controller'],
  sources: ['CRM', 'the user'],
  hours: [24, 48],
  starts: ['arrival', 'end of the call', 'creation'],
  states: [
    'the phone of this user is connected',
    'installed by this user',
    'installed by anybody of the company',
    'the organization exists',
  ],
  ends: ['uninstall by the user', 'sign-out'],
} as const

export interface SmallPolicy {
  kinds: readonly DeclaredKind[]
}

/** May this be done under that policy? */
export function allowed(policy: SmallPolicy, one: Processing): boolean {
  const kind = policy.kinds.find(({ kind: name }) => name === one.kind)
  if (!kind) return false
  return (
    placeHolds(kind.database, one.place) &&
    gotAt(kind, one.column, one.how) &&
    kind.subjects.includes(one.of) &&
    kind.purposes.includes(one.for) &&
    mayGo(kind, one.to) &&
    groundOf(kind) === one.ground &&
    kind.role === one.role &&
    kind.source === one.from &&
    isInTime(kind.keep, one.when) &&
    !(one.after !== undefined && kind.ends.includes(one.after))
  )
}

const groundOf = ({ ground }: DeclaredKind) => `${ground.article} ${ground['for']}`

/** Whoever may share a database with others may have one of their own. */
const placeHolds = (declared: string, place: string) =>
  declared === place || (declared === 'control' && place === 'organization')

function gotAt({ columns, sealedBy }: DeclaredKind, column: string, how: string): boolean {
  switch (columns[column]) {
    case 'clear':
      return true
    case 'hashed':
      return how === 'matched'
    case 'sealed':
      // The organization's own key opens as long as any other could.
      return how === `opened by ${sealedBy}` || (sealedBy === 'organization' && how.startsWith('opened by'))
    default:
      return false
  }
}

function mayGo({ recipients }: DeclaredKind, to: Processing['to']): boolean {
  if (!to) return true
  return recipients.some(({ name, hosts }) => {
    if (name !== to.name) return false
    if (typeof hosts === 'string') return hosts === to.host
    return hosts.some((host) =>
      new RegExp(`^${host.replaceAll('.', '\\.').replace('*', '.+')}$`).test(to.host),
    )
  })
}

function isInTime(keep: DeclaredKind['keep'], when: Processing['when']): boolean {
  if ('hours' in keep) {
    if (!('hours' in when) || when.hours > keep.hours) return false
    return when.since === keep.from || (keep.from === 'end of the call' && when.since === 'arrival')
  }
  if (!('state' in when)) return false
  const widest = world.states.indexOf(keep.while as (typeof world.states)[number])
  return world.states.indexOf(when.state as (typeof world.states)[number]) <= widest
}

const hows = ['matched', 'read', ...world.keys.map((key) => `opened by ${key}`)]
const whens: Processing['when'][] = [
  ...world.starts.flatMap((since) => [1, ...world.hours].map((hours) => ({ since, hours }))),
  ...world.states.map((state) => ({ state })),
]
const tos: Processing['to'][] = [
  undefined,
  ...world.names.flatMap((name) => world.hosts.map((host) => ({ name, host }))),
]

/** Everything in the small world that a policy allows: whatever is refused in one respect is not tried in the others. */
export function* everythingAllowed(policy: SmallPolicy): Generator<Processing> {
  for (const declared of policy.kinds) {
    const { kind, subjects, purposes, ends } = declared
    const facts = { kind, ground: groundOf(declared), role: declared.role, from: declared.source }
    const gots = world.columns.flatMap((column) =>
      hows.filter((how) => gotAt(declared, column, how)).map((how) => ({ column, how })),
    )
    const times = whens.filter((when) => isInTime(declared.keep, when))
    const receivers = tos.filter((to) => mayGo(declared, to))
    const afters = [undefined, ...world.ends.filter((end) => !ends.includes(end))]
    for (const place of world.places.filter((one) => placeHolds(declared.database, one)))
      for (const got of gots)
        for (const of of world.subjects.filter((one) => subjects.includes(one)))
          for (const what of world.purposes.filter((one) => purposes.includes(one)))
            for (const to of receivers)
              for (const when of times)
                for (const after of afters) yield { ...facts, ...got, place, of, for: what, to, when, after }
  }
}

/** Does `after` allow anything that `before` does not? */
export function allowsMore(before: SmallPolicy, after: SmallPolicy): boolean {
  for (const one of everythingAllowed(after)) if (!allowed(before, one)) return true
  return false
}
