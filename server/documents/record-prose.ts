import type { DocumentLanguage } from '../privacy/words/languages.ts'
import { type RecordSection, type RecordSentences, recordWords } from '../privacy/words/record-words.ts'
import type { RecordOperator } from './record-facts.ts'

/** What the prose of a record has to know. Names and places are in words already. */
export interface RecordSaid {
  operator: RecordOperator
  /** the organization whose record it is; undefined: it is the operator's */
  organization: string | undefined
  /** the operator's seat is in the European Economic Area; undefined: not told where it is */
  established: boolean | undefined
  hosting: { name: string | undefined; country: string | undefined }
  region: string
  /** how old a backup gets; undefined: none is made */
  backups: string | undefined
  /** somebody has added a paragraph where joint controllers, representative and officer may stand */
  othersNamed: boolean
  /** how many the operator processes for */
  organizations: number
}

/** Which sentences stand in a section, in this language. What is not so is said not to be. */
export function recordProse(
  language: DocumentLanguage,
  section: RecordSection,
  said: RecordSaid,
): readonly string[] {
  const { sentences } = recordWords[language]
  const prose: Record<RecordSection, () => readonly string[]> = {
    who: () =>
      said.organization === undefined ? operatorIn(sentences, said) : controllerIn(sentences, said),
    'as-controller': () => [sentences.asController, sentences.serversToo, backupsIn(sentences, said)],
    'as-processor': () => [said.organizations === 0 ? sentences.asProcessorOfNobody : sentences.asProcessor],
    'sub-processors': () => [hostIn(sentences, said), sentences.noSubProcessors],
    processing: () => [sentences.processing, backupsIn(sentences, said)],
    processors: () => [
      `${nameIn(sentences, said)} ${sentences.processor} ${hostIn(sentences, said)}`,
      sentences.ownContracts,
    ],
    transfers: () => [sentences.transfers(said.region), sentences.noDerogation],
    measures: () => [sentences.measures, sentences.beyondChecks],
  }
  return prose[section]()
}

function operatorIn(words: RecordSentences, said: RecordSaid): string[] {
  const { representative, officer } = said.operator
  const noRepresentative = said.established ? words.representativeNotNeeded : words.noRepresentative
  return [
    `${nameIn(words, said)} ${words.operatorRuns}`,
    representative === undefined ? noRepresentative : words.representative(representative),
    officer === undefined ? words.noOfficer : words.officer(officer),
    said.othersNamed ? words.jointNamed : words.noJoint,
  ]
}

const controllerIn = (words: RecordSentences, { organization = '', othersNamed }: RecordSaid): string[] => [
  words.controller(organization),
  othersNamed ? words.othersNamed : words.noOthers,
]

function nameIn(words: RecordSentences, { operator: { name, seat, contact } }: RecordSaid): string {
  if (name === undefined) return words.operatorUnnamed
  const whole = seat === undefined ? name : `${name}, ${seat}`
  return contact === undefined ? words.operatorWithoutContact(whole) : words.operator(whole, contact)
}

function hostIn(words: RecordSentences, { hosting: { name, country } }: RecordSaid): string {
  if (name !== undefined) return words.host(name, country)
  return country === undefined ? words.hostUnknown : words.hostUnnamed(country)
}

const backupsIn = (words: RecordSentences, { backups }: RecordSaid): string =>
  backups === undefined ? words.noBackups : words.backups(backups)
