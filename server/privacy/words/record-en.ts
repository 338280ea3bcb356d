import { withoutCapital } from './in-sentence.ts'
import type { RecordSaid, RecordWords } from './record-words.ts'

export const en: RecordWords = {
  titles: {
    operator: 'Record of processing activities',
    organization: (name) => `Record of processing activities of ${name}`,
  },
  about: 'The record',
  aboutFields: {
    operator: 'operator',
    contact: 'contact of the operator',
    host: 'host of the servers',
    region: 'region',
    controller: 'controller',
  },
  headings: {
    who: 'Whose record this is',
    'as-controller': 'What the operator is the controller of (Art. 30(1) GDPR)',
    'as-processor': 'What the operator processes for organizations (Art. 30(2) GDPR)',
    'sub-processors': 'Sub-processors',
    processing: 'Processing activities (Art. 30(1) GDPR)',
    processors: 'Processors',
    transfers: 'Transfers to third countries',
    measures: 'Technical and organisational measures',
  },
  prose: {
    who: (said) => [
      said.organization
        ? `The controller is ${said.organization.name}. This record is of what it has processed by Ringfence; what it processes otherwise is in its other records.`
        : `${operatorIs(said)} It runs this installation of Ringfence, as the processor of the organizations below, and as the controller of what it needs to run it.`,
      ...(said.organization ? [] : standingFor(said)),
      said.othersNamed
        ? 'Others who stand for the controller, where there are any, are named in the paragraph below.'
        : 'No joint controller and nobody else who stands for the controller has been named here.',
    ],
    'as-controller': () => [
      'Each kind of data with its purposes, whose data it is, who receives it, and when it ends.',
    ],
    'as-processor': ({ organizations }) => [
      organizations === 0
        ? 'The operator processes data for no organization at present.'
        : 'For each organization: what is done for it, by which recipients its data goes, and where they are. The organization is the controller.',
    ],
    'sub-processors': (said) => [
      hostedBy(said),
      'Phone systems and CRMs are no sub-processors: the organization uses them on contracts of its own.',
    ],
    processing: () => [
      'Each kind of data with its purposes, whose data it is, which services that are connected receive it, and when it ends. Services that are not connected receive nothing.',
    ],
    processors: (said) => [
      `${operatorIs(said)} It is the processor for everything named here (Art. 28 GDPR). ${hostedBy(said)}`,
      'The phone system and the CRM are used on contracts of the organization’s own.',
    ],
    transfers: ({ region }) => [
      `Data is kept within this region: ${region}. Outside of it, or to a place that is not known, data goes only on a ground that the operator has put on record; the program refuses every other request. The grounds stand with the recipients above.`,
    ],
    measures: () => [
      'A general description as Art. 30(1)(g) and (2)(d) ask for it. Only what the daily check of the running installation has confirmed within the last 24 hours is stated.',
    ],
  },
  fields: {
    name: 'Controller',
    contact: 'Contact',
    categories: 'Processing',
    data: 'Categories of data',
    recipients: 'Recipients',
    transfers: 'Third countries',
  },
  organization: (id) => `Organization ${id.slice(0, 8)}`,
  deleted: 'deleted since',
  noContact: 'none entered; told inside the app',
  unnamed: 'not named',
  nobody: 'nobody',
  placed: (country, ground) =>
    ({
      none: `${country ?? 'place not known'}; no ground on record, so nothing goes there`,
      'in-region': `${country === undefined ? 'within the region' : `${country}, within the region`}`,
      adequacy: `${country ?? ''}, on an adequacy decision (Art. 45 GDPR)`,
      clauses: `${country ?? ''}, on standard contractual clauses (Art. 46(2)(c) GDPR)`,
    })[ground ?? 'none'],
  noTransfers: 'none',
  confirmed: (at) => `Confirmed by the check of ${at}:`,
  noneConfirmed: 'The check has confirmed nothing within the last 24 hours, so nothing is stated here.',
  notConfirmed: 'Not stated, because it was not confirmed:',
  changes: {
    inSentence: withoutCapital,
    newKind: (kind) => `New in the record: ${kind}.`,
    goneKind: (kind) => `No longer in the record: ${kind}.`,
    replaced: (kind, field, from, to) => `${kind} – ${field}: until now “${from}”, now “${to}”.`,
    added: (kind, field, what) => `${kind} – ${field}: new “${what}”.`,
    removed: (kind, field, what) => `${kind} – ${field}: no longer “${what}”.`,
    newSection: (heading) => `New section: “${heading}”.`,
    goneSection: (heading) => `Section removed: “${heading}”.`,
    reworded: (what) => `Worded differently: “${what}”.`,
    rewordedElsewhere: 'Only the wording in another language was changed.',
    newLanguages: (names) => `New languages: ${names}.`,
    goneLanguages: (names) => `Languages removed: ${names}.`,
  },
}

function standingFor({ operator: { representative, officer } }: RecordSaid): string[] {
  return [
    ...(representative === undefined
      ? []
      : [`Its representative in the European Union (Art. 27 GDPR) is ${representative}.`]),
    officer === undefined
      ? 'It has named no data protection officer here.'
      : `Its data protection officer is ${officer}.`,
  ]
}

function operatorIs({ operator: { name: own, contact, seat } }: RecordSaid): string {
  const name = own === undefined || seat === undefined ? own : `${own}, ${seat}`
  if (name === undefined) return 'The operator of this installation has not named itself here.'
  return contact === undefined
    ? `The operator of this installation is ${name}; it has given no contact here.`
    : `The operator of this installation is ${name}, contact: ${contact}.`
}

function hostedBy({ hosting: { name, country } }: RecordSaid): string {
  if (name === undefined && country === undefined)
    return 'Whose servers these are the operator has not said; where they are its own, nobody else hosts them.'
  return `The servers are run by ${name ?? 'whoever the operator has not named'}${country ? ` (${country})` : ''}.`
}
