import { withoutCapital } from './in-sentence.ts'
import type { RecordWords } from './record-words.ts'

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
  sentences: {
    operator: (name, contact) => `The operator of this installation is ${name}, contact: ${contact}.`,
    operatorWithoutContact: (name) =>
      `The operator of this installation is ${name}; it has given no contact here.`,
    operatorUnnamed: 'The operator of this installation has not named itself here.',
    operatorRuns:
      'It runs this installation of Ringfence, as the processor of the organizations below, and as the controller of what it needs to run it.',
    representative: (who) => `Its representative in the European Union (Art. 27 GDPR) is ${who}.`,
    representativeNotNeeded:
      'It needs no representative in the European Union, because it is established in the European Economic Area (Art. 27 GDPR).',
    noRepresentative: 'It has named no representative in the European Union here (Art. 27 GDPR).',
    officer: (who) => `Its data protection officer is ${who}.`,
    noOfficer: 'It has named no data protection officer here.',
    jointNamed: 'Joint controllers, where there are any, are named in the paragraph below.',
    noJoint: 'It has named no joint controller here.',
    controller: (name) =>
      `The controller is ${name}. This record is of what it has processed by Ringfence; what it processes otherwise is in its other records.`,
    othersNamed:
      'Its representative, its data protection officer and joint controllers, where there are any, are named in the paragraph below.',
    noOthers: 'It has named no representative, no data protection officer and no joint controller here.',
    asController:
      'Each category of data with its purposes and its legal basis, the people it is about, who receives it, and when it is deleted.',
    serversToo:
      'Besides the recipients named with each category, whoever provides the servers has what is stored on them.',
    backups: (age) =>
      `What has been deleted remains in encrypted backups for ${age} at most, unreadable there as soon as the key it was encrypted with is destroyed.`,
    noBackups: 'The program makes no backups.',
    asProcessor:
      'For each organization: which processing is carried out for it, as far as it makes use of it; which data that takes, which recipients the data goes to, and where they are. The organization is the controller.',
    asProcessorOfNobody: 'The operator processes data for no organization at present.',
    processing:
      'Each category of data, as far as the organization uses that part of the app, with its purposes and its legal basis, the people it is about, which of the connected services receive it, and when it is deleted. Services that are not connected receive nothing; the processors named below have what they store.',
    processor: 'It is the processor for everything named here (Art. 28 GDPR).',
    host: (name, country) => `The servers are provided by ${name}${country ? ` (${country})` : ''}.`,
    hostUnnamed: (country) =>
      `The servers are in this country: ${country}. By whom the operator has not said.`,
    hostUnknown:
      'Whose servers these are the operator has not said; where they are its own, nobody else hosts them.',
    noSubProcessors:
      'Phone systems and CRMs are no sub-processors: the organization uses them on contracts of its own.',
    ownContracts: 'The phone system and the CRM are used on contracts of the organization’s own.',
    transfers: (region) =>
      `Data is kept within this region: ${region}. Outside of it, or to a place that is not known, data goes only on a ground that the operator has put on record: a contract with a company within the region, an adequacy decision (Art. 45 GDPR) or standard contractual clauses (Art. 46(2)(c) GDPR). The program refuses every other request. Recipients outside of the region stand above under “Third countries”, each with its country and the ground.`,
    noDerogation: 'No transfer rests on the second subparagraph of Art. 49(1) GDPR.',
    measures:
      'A general description of the technical and organisational security measures of Art. 32(1) GDPR, as Art. 30(1)(g) and 30(2)(d) ask for it. Only what the daily check of the running installation has confirmed within the last 24 hours is stated.',
    beyondChecks:
      'What no check of a program can confirm, such as instructions to staff or locks on doors, stands in a paragraph below, where somebody has added one.',
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
