import { inForce } from '../../policy/index.ts'
import type { App } from '../app.ts'
import { noticeContacts } from '../breaches/contacts.ts'
import type { Organization } from '../organizations/organization.ts'
import { recipientsInUse } from '../places/in-use.ts'
import { effectiveKinds } from '../privacy/both-allow.ts'
import type { OwnParagraph } from '../privacy/own-paragraphs.ts'
import type { PolicyText } from '../privacy/policy-text.ts'
import { type DocumentLanguage, documentLanguages } from '../privacy/words/languages.ts'
import type { RecordContent } from './record-content.ts'
import type { ControllerFacts, RecordFacts } from './record-facts.ts'
import { operatorRecord, organizationRecord } from './record-text.ts'

/** A controller as people know it: these stand beside the record, not in it, and go with the organization. */
export interface ControllerName {
  id: string
  name: string
  /** where it wants to be told; empty: inside the app */
  contacts: readonly string[]
}

/** The operator's record as this installation is now: nobody edits it (GD-4). */
export async function operatorRecordHere(app: App): Promise<RecordContent> {
  const facts = factsHere(app, await app.paragraphs.list())
  const organizations: ControllerFacts[] = []
  for (const organization of await app.organizations.list())
    organizations.push({ id: organization.id, inUse: await namesInUse(app, organization) })
  // What the operator is the controller of goes nowhere but through its own relay.
  const own = facts.kinds
    .flatMap(({ recipients }) => recipients)
    .filter(({ hosts }) => hosts === 'mail server' && app.mailer !== undefined)
  const of = { inUse: new Set(own.map(({ name }) => name)), organizations }
  return contentOf((language) => operatorRecord(language, facts, of))
}

/** What one organization has processed here, as its controller. */
export async function organizationRecordHere(
  app: App,
  organization: Organization,
  own: readonly OwnParagraph[],
): Promise<RecordContent> {
  const facts = factsHere(app, own)
  const { id, name } = organization
  const inUse = await namesInUse(app, organization)
  return contentOf((language) => organizationRecord(language, facts, { id, name, inUse }))
}

/** For Art. 30(2)(a): whom the operator processes for; for 30(1)(a), of one organization: itself. */
export async function controllersHere(
  app: Pick<App, 'organizations'>,
  only?: Organization,
): Promise<ControllerName[]> {
  const named: ControllerName[] = []
  for (const organization of only ? [only] : await app.organizations.list())
    named.push({
      id: organization.id,
      name: organization.name,
      contacts: await noticeContacts(organization, 'keep records'),
    })
  return named
}

function factsHere(app: App, own: readonly OwnParagraph[]): RecordFacts {
  const { operator, hosting, region } = app.settings
  return {
    operator,
    hosting,
    region,
    backupDays: inForce().backupDays,
    kinds: effectiveKinds(inForce()),
    place: (recipient) => app.places.of(recipient),
    own,
  }
}

async function namesInUse(app: App, organization: Organization): Promise<ReadonlySet<string>> {
  const { connections } = await app.directories.of(organization)
  const known = app.places.all().map(({ recipient }) => recipient)
  return new Set(recipientsInUse(app, [...connections.values()], known).map(({ name }) => name))
}

function contentOf(make: (language: DocumentLanguage) => PolicyText): RecordContent {
  const made = documentLanguages.map((language) => [language, make(language)] as const)
  return { texts: Object.fromEntries(made) as Record<DocumentLanguage, PolicyText> }
}
