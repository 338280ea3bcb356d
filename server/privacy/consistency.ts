import { type Declaration, declarations, notPersonal, sealedContent } from '../../policy/index.ts'
import { failed } from '../failure.ts'

/** Which instant the clock of a key starts at: a kind sealed by it has to count from the same. */
const countsFrom = { 'arrival hour': 'arrival', 'call hour': 'end of the call' } as const

/** The event at which "while …" is over: a kind kept while something holds has to name it among its ends. */
const overWith = {
  'installed by this user': 'uninstall by the user',
  'installed by anybody of the company': 'uninstall by the last user',
  'the phone of this user is connected': 'phone disconnected by the user',
  'the organization exists': 'organization deleted',
} as const

/** Where declarations contradict each other or themselves, one sentence each. Needs no database. */
export function contradictions(from: readonly Declaration[] = declarations): string[] {
  return [
    ...repeated(from.map((kind) => kind.kind)).map((kind) => `"${kind}" is declared twice`),
    ...from.flatMap(ownContradictions),
    ...hourContradictions(from),
    ...columnContradictions(from),
    ...sealedContradictions(from),
  ]
}

/** @throws RingfenceError `setting` with one sentence */
export function expectConsistent(from: readonly Declaration[] = declarations): void {
  const [first] = contradictions(from)
  if (first) failed({ code: 'setting', name: 'policy/', sentence: `policy/ contradicts itself: ${first}.` })
}

function ownContradictions(declared: Declaration): string[] {
  const { kind, columns, sealedBy, keep, ends } = declared
  const forms = Object.values(columns)
  const told: string[] = []
  if (forms.length === 0) told.push(`"${kind}" names no column`)
  if (forms.includes('sealed') && sealedBy === 'nothing') told.push(`"${kind}" seals with no key`)
  if (!forms.includes('sealed') && sealedBy !== 'nothing') told.push(`"${kind}" has a key but seals nothing`)
  // Whatever else ends it: an organization that is deleted leaves nothing behind.
  const ofOrganizations = declared.subjects.some((subject) => subject !== 'operator staff')
  if (!ends.includes('organization deleted') && (ofOrganizations || ends.length > 0))
    told.push(`"${kind}" does not end when the organization is deleted`)
  if (goesWithSubscription(declared) && !ends.includes('end of subscription'))
    told.push(
      `"${kind}" stands in the organization's own database or under its keys, which go with the subscription, but does not end there`,
    )
  if (ends.length === 0 && 'while' in keep) told.push(`"${kind}" never ends`)
  if ('while' in keep && !ends.includes(overWith[keep.while]))
    told.push(`"${kind}" is kept while ${keep.while}, but does not end at "${overWith[keep.while]}"`)
  if (sealedBy === 'mirror bucket' && !ends.includes('uninstall by the last user'))
    told.push(`"${kind}" loses its key at the last uninstall, but does not end there`)
  if (sealedBy === 'arrival hour' || sealedBy === 'call hour') {
    if (!('hours' in keep) || keep.from !== countsFrom[sealedBy])
      told.push(
        `"${kind}" is sealed by the ${sealedBy}, but is not kept for hours from the ${countsFrom[sealedBy]}`,
      )
  }
  return told
}

/** An organization's database and keys go as a whole, so nothing in them can be said to stay. */
const goesWithSubscription = ({ database, sealedBy }: Declaration): boolean =>
  database !== 'control' || (sealedBy !== 'nothing' && sealedBy !== 'installation')

/** One key cannot die at two times. */
function hourContradictions(from: readonly Declaration[]): string[] {
  return Object.keys(countsFrom).flatMap((hour) => {
    const kept = new Set(
      from.flatMap(({ sealedBy, keep }) => (sealedBy === hour && 'hours' in keep ? [keep.hours] : [])),
    )
    return kept.size > 1 ? [`what the ${hour} seals is kept for ${[...kept].join(' and for ')} hours`] : []
  })
}

/** Two kinds may share a column (a call under way and an ended one), but not tell it in two ways. */
function columnContradictions(from: readonly Declaration[]): string[] {
  return (['organization', 'control'] as const).flatMap((database) => {
    const told: string[] = []
    const forms = new Map<string, string>()
    for (const { columns } of from.filter((kind) => kind.database === database)) {
      for (const [column, form] of Object.entries(columns)) {
        if ((forms.get(column) ?? form) !== form) told.push(`${column} is declared in two forms`)
        forms.set(column, form)
      }
    }
    const free: readonly string[] = notPersonal[database]
    return [
      ...told,
      ...free.filter((column) => forms.has(column)).map((column) => `${column} is personal and not personal`),
      ...repeated(free).map((column) => `${column} stands twice among what is not personal`),
    ]
  })
}

/** What is inside of a seal is declared beside its column, and nothing is declared of a seal that there is not. */
function sealedContradictions(from: readonly Declaration[]): string[] {
  const sealed = new Set(
    from.flatMap(({ columns }) =>
      Object.entries(columns).flatMap(([column, form]) => (form === 'sealed' ? [column] : [])),
    ),
  )
  const known = Object.keys(sealedContent)
  return [
    ...[...sealed]
      .filter((column) => !known.includes(column))
      .map((column) => `${column} is sealed, and policy/sealed.ts does not say what is inside`),
    ...known
      .filter((column) => !sealed.has(column))
      .map((column) => `policy/sealed.ts says what is inside ${column}, which is not sealed`),
  ]
}

function repeated(names: readonly string[]): string[] {
  return [...new Set(names.filter((name, at) => names.indexOf(name) !== at))]
}
