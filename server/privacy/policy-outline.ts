import type { Declaration } from '../../policy/index.ts'
import { allAuthorities } from './authorities.ts'
import { onlyIn, recordingsIn } from './policy-apps.ts'
import {
  type Material,
  named,
  operatorFacts,
  purposeItems,
  recipientItems,
  vendorFacts,
  weighings,
} from './policy-parts.ts'
import type { PolicyBlock, PolicyText } from './policy-text.ts'
import {
  type ElementId,
  listedRights,
  type SectionId,
  type Sentences,
  sectionIds,
} from './words/policy-words.ts'
import { policyWords } from './words/words.ts'

/** Open to everybody, with the country and the ground of each as they are now. */
const recipientsList = '/privacy/sub-processors'

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
  const inWords = (sentence: Sentence) => (typeof sentence === 'string' ? sentence : sentence(said))
  const say = (sentence: Sentence, { elements, only }: Mark = {}): PolicyBlock => ({
    text: inWords(sentence),
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
      say(sentences.data.device),
      ...kinds.map((kind) => ({ kind })),
    ],
    purposes: [
      say(sentences.purposes.inUse),
      { items: purposeItems(material), elements: ['purposes'] },
      say(sentences.purposes.newPurpose, { elements: ['newPurpose'] }),
      say(sentences.purposes.reading),
      ...(said.never.length > 0 ? [say(sentences.purposes.never)] : []),
    ],
    interests: has(ofInterest)
      ? [
          say(sentences.interests.kinds),
          { items: named(ofInterest, kinds) },
          say(sentences.interests.weighed),
          { items: weighings(material), elements: ['interest'] },
        ]
      : [say(sentences.interests.none, { elements: ['interest'] })],
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
      { link: { text: inWords(sentences.place.list), url: recipientsList } },
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
    // By itself: Art. 21(4) GDPR asks for it apart from all other information.
    objection: [
      say(has(ofInterest) ? sentences.objection.right : sentences.objection.none, {
        elements: ['objection'],
      }),
    ],
    complaint: [
      say(sentences.complaint.rule, { elements: ['complaint'] }),
      say(sentences.complaint.authority, { elements: ['complaint'] }),
      { link: { text: inWords(sentences.complaint.list), url: allAuthorities } },
      say(sentences.complaint.court),
    ],
    obligation: [
      say(sentences.obligation.callers, { elements: ['obligation'] }),
      say(sentences.obligation.users, { elements: ['obligation'] }),
      say(sentences.obligation.others, { elements: ['obligation'] }),
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
