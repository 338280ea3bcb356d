import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Declaration, declarations } from '../../policy/index.ts'
import { changesBetween } from './policy-changes.ts'
import { currentPolicy, languagesOf, type PolicyContent, policyContent, versionOf } from './policy-content.ts'
import { subject } from './policy-subject.fixture.ts'
import { compareVersions } from './tell-diff.ts'
import { documentLanguages } from './words/languages.ts'

const of = (from: readonly Declaration[]): PolicyContent => currentPolicy(subject, from)
const now = of(declarations)
const version = versionOf(now)

const one = (name: string): Declaration => {
  const found = declarations.find(({ kind }) => kind === name)
  if (!found) throw new Error(`no kind "${name}"`)
  return found
}
const withChanged = (name: string, change: Partial<Declaration>) =>
  of(declarations.map((declared) => (declared.kind === name ? { ...declared, ...change } : declared)))

/** What each field of a declaration may be changed to, in words that exist. */
const pools = {
  database: ['organization', 'control', 'data folder'],
  subjects: [['caller'], ['contact'], ['user', 'operator staff'], ['user'], ['caller', 'contact', 'user']],
  role: ['processor', 'controller'],
  purposes: [['sign in'], ['identify the caller'], ['connect the systems', 'log the call in the CRM']],
  ground: [
    ...new Set(declarations.map(({ ground }) => ground)),
    balancedElsewhere(one('call journal').ground),
  ],
  columns: [
    { 'calls.rang': 'clear' },
    { 'calls.rang': 'hashed' },
    { 'calls.facts_sealed': 'sealed', 'users.role': 'clear' },
    ...declarations.map(({ columns }) => columns),
  ],
  sealedBy: ['organization', 'mirror bucket', 'arrival hour', 'call hour', 'nothing'],
  keep: [
    { hours: 24, from: 'arrival' },
    { hours: 25, from: 'arrival' },
    { hours: 24, from: 'creation' },
    { while: 'the organization exists' },
    { while: 'installed by this user' },
  ],
  ends: [['organization deleted'], ['organization deleted', 'sign-out'], ['uninstall by the user']],
  recipients: [[], one('contact mirror').recipients, [{ name: 'Pipedrive', hosts: ['eu.pipedrive.com'] }]],
  source: ['phone system', 'CRM', 'the user', 'the operator', 'Ringfence'],
} satisfies { [Field in Exclude<keyof Declaration, 'kind' | 'region'>]: readonly Declaration[Field][] }

function balancedElsewhere(ground: Declaration['ground']): Declaration['ground'] {
  return ground.article === '6(1)(f)' ? { ...ground, balancing: 'docs/balancing/again.md' } : ground
}

const same = (a: unknown, b: unknown): boolean => sorted(a) === sorted(b)
const sorted = (value: unknown): string =>
  JSON.stringify(value, (_, inner: unknown) =>
    Array.isArray(inner)
      ? inner.toSorted()
      : typeof inner === 'object' && inner !== null
        ? Object.fromEntries(Object.entries(inner).sort())
        : inner,
  )

describe('the version of the policy', () => {
  it('PD-10 is the same for declarations that say the same, in whatever order', () => {
    const shuffled = fc
      .shuffledSubarray([...declarations], { minLength: declarations.length })
      .chain((kinds) =>
        fc.tuple(
          ...kinds.map((kind) =>
            fc
              .tuple(
                fc.shuffledSubarray([...kind.purposes], { minLength: kind.purposes.length }),
                fc.shuffledSubarray([...kind.ends], { minLength: kind.ends.length }),
                fc.shuffledSubarray([...kind.recipients], { minLength: kind.recipients.length }),
                fc.shuffledSubarray(Object.entries(kind.columns), {
                  minLength: Object.keys(kind.columns).length,
                }),
              )
              .map(([purposes, ends, recipients, columns]) => ({
                ...kind,
                purposes,
                ends,
                recipients,
                columns: Object.fromEntries(columns),
              })),
          ),
        ),
      )
    fc.assert(
      fc.property(shuffled, (kinds) => {
        const same = of(kinds)
        expect(versionOf(same)).toBe(version)
        expect(Object.values(changesBetween(same, now)).flat()).toEqual([])
      }),
      { numRuns: 12 },
    )
  })

  it('PD-10 is another when any single field changes, and every language says what changed', () => {
    const fields = Object.keys(pools) as (keyof typeof pools)[]
    // Whatever a declaration has is either changed here, or a list with one entry, or its name.
    expect([...fields, 'kind', 'region'].sort()).toEqual(Object.keys(one('users')).sort())
    const change = fc
      .constantFrom(...declarations)
      .chain((kind) => fc.constantFrom(...fields).map((field) => ({ kind, field })))
      .chain(({ kind, field }) =>
        fc.constantFrom<unknown>(...pools[field]).map((value) => ({ kind, field, value })),
      )
      // What the operator is the controller of has no words in the agreement, which it is no part of.
      .filter(({ kind, field, value }) => !same(kind[field], value) && value !== 'processor')
    fc.assert(
      fc.property(change, ({ kind, field, value }) => {
        const changed = withChanged(kind.kind, { [field]: value })
        expect(versionOf(changed)).not.toBe(version)
        for (const [before, after] of [
          [now, changed],
          [changed, now],
        ] as const) {
          const told = changesBetween(before, after)
          for (const language of documentLanguages) {
            const block = (now.texts[language]?.sections ?? []).flatMap(({ blocks }) => blocks)
            const name = block.flatMap((b) => ('kind' in b && b.kind.kind === kind.kind ? [b.kind.name] : []))
            expect(told[language]?.some((line) => line.startsWith(`${name} – `))).toBe(true)
          }
        }
      }),
      { numRuns: 50 },
    )
  })

  it('survives being stored: a database gives names back in an order of its own', () => {
    const turned = (value: unknown): unknown =>
      Array.isArray(value)
        ? value.map(turned)
        : typeof value === 'object' && value !== null
          ? Object.fromEntries(
              Object.entries(value)
                .reverse()
                .map(([key, inner]) => [key, turned(inner)]),
            )
          : value
    expect(versionOf(policyContent.parse(turned(JSON.parse(JSON.stringify(now)))))).toBe(versionOf(now))
  })
})

describe('what changed', () => {
  it('PD-10 says until now and from now on', () => {
    const shorter = withChanged('call journal', { keep: { hours: 72, from: 'end of the call' } })
    expect(changesBetween(now, shorter)).toMatchObject({
      en: [
        'Calls – kept: until now “for 7 days after the end of the call”, now “for 3 days after the end of the call”.',
      ],
      cs: ['Hovory – doba uchování: dosud „7 dní od konce hovoru“, nyní „3 dny od konce hovoru“.'],
    })
  })

  it('names kinds that came and went, with the words of the version they stood in', () => {
    const without = of(declarations.filter(({ kind }) => kind !== 'recording addresses'))
    expect(changesBetween(without, now).en).toContain('New category of data: Where a recording lies.')
    expect(changesBetween(now, without).cs).toContain('Už se neuchovává: Umístění nahrávky.')
  })

  it('names what somebody else receives from now on', () => {
    const wider = withChanged('own numbers', { recipients: one('contact mirror').recipients })
    expect(changesBetween(now, wider).en.join()).toMatch(/own numbers – who receives it: .*Pipedrive \(/)
  })

  it('names the operator who was not named', () => {
    const before = currentPolicy({ ...subject, operator: { name: undefined, contact: undefined } })
    const { en } = changesBetween(before, now)
    expect(en[0]).toBe('The app – operator: until now “not named”, now “Spojka s.r.o.”.')
    expect(en).toContain('Worded differently: “Who is responsible”.')
  })

  it('L-12.1 says that a language is new, which allows nothing more: it needs no announcement', () => {
    const { en, cs } = now.texts
    const older: PolicyContent = { texts: { en, cs }, ...(now.declared ? { declared: now.declared } : {}) }
    expect(languagesOf(older)).toEqual(['en', 'cs'])
    expect(compareVersions(older, now)).toEqual({ verdict: 'neutral', differences: [] })
    expect(compareVersions(now, older)).toEqual({ verdict: 'neutral', differences: [] })
    const told = changesBetween(older, now)
    expect(Object.keys(told)).toEqual([...documentLanguages])
    expect(told.en).toEqual(['Now also in: Deutsch, Slovenščina, Norsk bokmål and Română.'])
    expect(told.de).toEqual(['Jetzt auch in diesen Sprachen: Deutsch, Slovenščina, Norsk bokmål und Română.'])
    expect(changesBetween(now, older).en).toEqual([
      'No longer in: Deutsch, Slovenščina, Norsk bokmål and Română.',
    ])
  })

  it('says which section is worded differently, and in the other language that it was only the words', () => {
    const reworded = structuredClone(now)
    const rights = reworded.texts.en.sections.find(({ id }) => id === 'rights')
    if (!rights) throw new Error('no rights')
    rights.blocks[0] = { text: 'Otherwise.' }
    expect(versionOf(reworded)).not.toBe(versionOf(now))
    expect(changesBetween(now, reworded)).toMatchObject({
      en: ['Worded differently: “Your rights, and whom to ask”.'],
      cs: [expect.stringMatching(/^Změnila se pouze formulace v jiném jazyce/)],
    })
  })

  it('tells single fields by their names, and that there were no lists before', () => {
    const fields = now.declared?.fields ?? []
    const with_ = (more: readonly string[] | undefined): PolicyContent => ({
      ...now,
      declared: now.declared && { ...now.declared, fields: more },
    })
    expect(changesBetween(now, with_([...fields, 'log misses: count'])).en).toEqual([
      'More is passed on or logged: log misses: count.',
    ])
    expect(versionOf(with_([...fields, 'log misses: count']))).not.toBe(versionOf(now))
    expect(changesBetween(now, with_(fields.slice(1))).cs).toEqual([
      `Už se nepředává ani nezaznamenává: ${fields[0]}.`,
    ])
    expect(changesBetween(with_(undefined), now).en).toEqual([
      'Only data that is named singly is passed on or logged.',
    ])
  })
})
