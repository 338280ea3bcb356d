import type { Declaration, Recipient } from '../../policy/index.ts'
import { allAuthorities } from './authorities.ts'
import { appsFor, appsWith, type NoticeApp, onlyIn, receivesIn, recordingsIn } from './policy-apps.ts'
import { placeIn, recipientId, recipientIn } from './policy-facts.ts'
import type { PolicyBlock, PolicyItem, PolicyKind, PolicySubject, PolicyText } from './policy-text.ts'
import type { DocumentLanguage } from './words/languages.ts'
import {
  type ElementId,
  listedRights,
  type RoleField,
  roleFields,
  type Said,
  type SectionId,
  type Sentences,
  sectionIds,
} from './words/policy-words.ts'
import { policyWords, type Vocabulary, vocabularies } from './words/words.ts'

interface Material {
  language: DocumentLanguage
  subject: PolicySubject
  said: Said
  declarations: readonly Declaration[]
  /** the same in words */
  kinds: readonly PolicyKind[]
  apps: readonly NoticeApp[]
}

type Sentence = Sentences[SectionId] extends Readonly<Record<string, infer One>> ? One : never
type Mark = { elements?: readonly ElementId[]; only?: string[] }

/** What stands where, and under which condition: the same in every language, whose sentences are put in. */
export function outline(material: Material): PolicyText['sections'] {
  const blocks = blocksOf(material)
  const { headings } = policyWords[material.language]
  return sectionIds.map((id) => ({ id, heading: headings[id], blocks: blocks[id] }))
}

function blocksOf(material: Material): Record<SectionId, PolicyBlock[]> {
  const { language, subject, said, kinds, declarations, apps } = material
  const words = policyWords[language]
  const { sentences } = words
  const say = (sentence: Sentence, { elements, only }: Mark = {}): PolicyBlock => ({
    text: typeof sentence === 'string' ? sentence : sentence(said),
    ...(elements ? { elements: [...elements] } : {}),
    ...(only ? { only } : {}),
  })
  const has = (some: readonly Declaration[]) => some.length > 0
  const ofOperator = declarations.filter(({ role }) => role === 'controller')
  const ofInterest = declarations.filter(({ ground }) => ground.article === '6(1)(f)')
  const vendors = [...subject.phones, ...subject.crms]
  const where = (way: ReturnType<typeof recordingsIn>) =>
    onlyIn(
      apps,
      apps.filter((app) => recordingsIn(app) === way),
    )
  const rightItems = listedRights.map((id) => ({ id, text: words.rights[id] }))
  return {
    scope: [
      say(sentences.scope.what),
      { facts: vendorFacts(material) },
      say(sentences.scope.not),
      say(sentences.scope.terms),
    ],
    roles: [
      say(sentences.roles.controller, { elements: ['controller'] }),
      say(sentences.roles.operator),
      { facts: operatorFacts(material) },
      say(sentences.roles.processor),
      ...(has(ofOperator) ? [say(sentences.roles.operatorKinds), { items: named(ofOperator, kinds) }] : []),
    ],
    data: [
      say(sentences.data.all),
      say(sentences.data.source, { elements: ['source'] }),
      ...kinds.map((kind) => ({ kind })),
    ],
    purposes: [
      say(sentences.purposes.inUse),
      { items: purposeItems(material), elements: ['purposes'] },
      say(sentences.purposes.newPurpose, { elements: ['newPurpose'] }),
      say(sentences.purposes.reading),
      ...(said.never.length > 0 ? [say(sentences.purposes.never)] : []),
    ],
    recordings: [
      say(sentences.recordings.attach, where('attach')),
      say(sentences.recordings.refer, where('refer')),
      ...(apps.some((app) => recordingsIn(app) === 'none')
        ? [say(sentences.recordings.none, where('none'))]
        : []),
    ],
    recipients: [
      say(sentences.recipients.these),
      { items: recipientItems(material), elements: ['recipients'] },
      say(sentences.recipients.refused),
    ],
    place: [
      say(sentences.place.hosted),
      say(sentences.place.outside, { elements: ['transfers'] }),
      say(sentences.place.vendors),
      say(sentences.place.copy, { elements: ['transfers'] }),
    ],
    protection: [say(sentences.protection.sealed), say(sentences.protection.apart)],
    ending: [
      say(sentences.ending.end, { elements: ['period'] }),
      say(sentences.ending.backups, { elements: ['backups'] }),
      say(sentences.ending.receipt),
    ],
    rights: [
      say(sentences.rights.intro),
      { items: rightItems, elements: [...listedRights] },
      say(sentences.rights.who),
      ...(said.controls ? [say(sentences.rights.operator)] : []),
      say(sentences.rights.correcting),
    ],
    objection: has(ofInterest)
      ? [
          say(sentences.objection.right, { elements: ['objection'] }),
          say(sentences.objection.kinds),
          { items: named(ofInterest, kinds), elements: ['interest'] },
        ]
      : [say(sentences.objection.none, { elements: ['objection', 'interest'] })],
    complaint: [
      say(sentences.complaint.rule, { elements: ['complaint'] }),
      say(sentences.complaint.authority, { elements: ['complaint'] }),
      { link: { text: String(sentences.complaint.list), url: allAuthorities } },
      say(sentences.complaint.court),
    ],
    obligation: [
      say(sentences.obligation.callers, { elements: ['obligation'] }),
      say(sentences.obligation.users, { elements: ['obligation'] }),
    ],
    decisions: [say(sentences.decisions.none, { elements: ['decisions'] })],
    consent: [
      say(sentences.consent.never, { elements: ['withdrawal'] }),
      say(sentences.consent.agreement, { elements: ['withdrawal'] }),
    ],
    policies: [
      say(sentences.policies.own),
      ...vendors.map((vendor) => {
        const { title, policyUrl } = vendor
        const its = apps.filter((app) => app.phone === vendor || app.crm === vendor)
        const link = policyUrl
          ? { text: words.policyOf(title), url: policyUrl }
          : { text: words.noAddress(title) }
        return { link, ...onlyIn(apps, its) }
      }),
    ],
    versions: [say(sentences.versions.each), say(sentences.versions.announced)],
  }
}

function vendorFacts({ language, subject, apps }: Material) {
  const { aboutFields } = policyWords[language]
  return (['phones', 'crms'] as const).map((field) => ({
    field,
    name: aboutFields[field],
    items: subject[field].map((vendor) => ({
      id: vendor.title,
      text: vendor.title,
      ...onlyIn(
        apps,
        apps.filter((app) => app.phone === vendor || app.crm === vendor),
      ),
    })),
  }))
}

/** Whoever is not told of is said not to be. */
function operatorFacts({ language, subject: { operator }, said }: Material) {
  const words = policyWords[language]
  const country = placeIn(language, operator.country)
  const told: Record<RoleField, string> = {
    operator: operator.name ?? words.unnamed,
    seat: [operator.seat, country].filter((part) => part !== undefined).join(', ') || words.unnamed,
    contact: operator.contact ?? words.unnamed,
    representative: operator.representative ?? words.noRepresentative(said),
    officer: operator.officer ?? words.noOfficer,
  }
  return roleFields.map((field) => ({
    field,
    name: words.roleFields[field],
    items: [{ id: field, text: told[field] }],
  }))
}

/** Kinds by their names alone. */
function named(some: readonly Declaration[], kinds: readonly PolicyKind[]): PolicyItem[] {
  return kinds
    .filter(({ kind }) => some.some((one) => one.kind === kind))
    .map(({ kind, name, only }) => ({ id: kind, text: name, ...(only ? { only } : {}) }))
}

function purposeItems({ language, declarations, apps }: Material): PolicyItem[] {
  const { purposes }: Vocabulary = vocabularies[language]
  return (Object.keys(vocabularies.en.purposes) as (keyof typeof purposes)[]).flatMap((purpose) => {
    const having = declarations.filter((one) => one.purposes.includes(purpose))
    if (having.length === 0) return []
    return [{ id: purpose, text: purposes[purpose], ...onlyIn(apps, appsFor(purpose, having, apps)) }]
  })
}

function recipientItems({ language, declarations, apps }: Material): PolicyItem[] {
  const all: Recipient[] = declarations.flatMap(({ recipients }) => recipients)
  const byId = new Map(all.map((to) => [recipientId(to), to]))
  return [...byId]
    .map(([id, to]) => {
      const its = apps.filter(
        (app) =>
          receivesIn(to, app, all) &&
          declarations.some(
            (one) =>
              one.recipients.some((other) => recipientId(other) === id) && appsWith(one, [app]).length > 0,
          ),
      )
      return { id, text: recipientIn(language, to), ...onlyIn(apps, its) }
    })
    .sort((a, b) => (a.id < b.id ? -1 : 1))
}
