import fc from 'fast-check'
import type { DeclaredKind } from './declared.ts'
import { world } from './processings.fixture.ts'

const some = <T>(from: readonly T[], options: { least: number }) =>
  fc.subarray([...from], { minLength: options.least })
const hosts = ['*.crm.example', '*.eu.crm.example', 'api.crm.example', 'a.eu.crm.example', 'crm.example']
const recipient = fc.record({
  name: fc.constantFrom(...world.names),
  hosts: fc.oneof(some(hosts, { least: 1 }), fc.constant('connection')),
})
const fieldsOf = {
  database: fc.constantFrom(...world.places),
  subjects: some(world.subjects, { least: 1 }),
  role: fc.constantFrom(...world.roles),
  purposes: some(world.purposes, { least: 1 }),
  ground: fc.constantFrom(
    { article: '6(1)(b)', for: 'x' },
    { article: '6(1)(b)', for: 'y' },
    { article: '6(1)(f)', for: 'x', balancing: 'docs/balancing/x.md' },
    { article: '6(1)(f)', for: 'x', balancing: 'docs/balancing/y.md' },
  ),
  columns: fc
    .dictionary(fc.constantFrom(...world.columns), fc.constantFrom('clear', 'hashed', 'sealed'), {
      minKeys: 1,
    })
    .map((columns) => ({ ...columns })),
  sealedBy: fc.constantFrom(...world.keys),
  keep: fc.oneof(
    fc.record({ hours: fc.constantFrom(...world.hours), from: fc.constantFrom(...world.starts) }),
    fc.record({ while: fc.constantFrom(...world.states) }),
  ),
  ends: some(world.ends, { least: 0 }),
  recipients: fc.array(recipient, { maxLength: 2 }),
  source: fc.constantFrom(...world.sources),
}
const kindOf = (kind: string): fc.Arbitrary<DeclaredKind> =>
  fc.record({ ...fieldsOf, kind: fc.constant(kind), region: fc.constant('installation') })

/** Some fields of it otherwise: two policies out of the blue are nearly always different in everything. */
const nearTo = (kind: DeclaredKind): fc.Arbitrary<DeclaredKind> =>
  fc.record(fieldsOf, { requiredKeys: [] }).chain((all) =>
    fc.subarray(Object.keys(all), { maxLength: 2 }).map((names) => ({
      ...kind,
      ...Object.fromEntries(names.map((name) => [name, all[name as 'role']])),
    })),
  )
const kinds = fc
  .tuple(...world.kinds.map(kindOf))
  .chain((all) => fc.subarray(all as DeclaredKind[], { minLength: 1 }))
export const nearby = (policy: readonly DeclaredKind[]) =>
  fc.oneof(
    { weight: 8, arbitrary: fc.tuple(...policy.map(nearTo)).map((all) => all as DeclaredKind[]) },
    { weight: 1, arbitrary: kinds },
  )
/** A policy, and one that differs from it in little or in everything. */
export const pairs = kinds.chain((policy) => fc.tuple(fc.constant(policy), nearby(policy)))
