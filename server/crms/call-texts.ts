import { type Call, remoteParty } from '../calls/fold.ts'
import { formatForReader, type PhoneNumber } from '../contacts/numbers.ts'
import type { Organization } from '../organizations/organization.ts'

/** The words a call has in the CRM, in the organization's language. Plain text: adapters escape it. */
interface Words {
  inbound: string
  outbound: string
  withheld: string
  unknown: string
  outcome: Record<NonNullable<Call['outcome']>, string>
  answeredBy(name: string): string
  talked(minutes: number, seconds: number): string
  endUnknown: string
  guessed: string
}

const words: Record<Organization['language'], Words> = {
  en: {
    inbound: 'Incoming call from',
    outbound: 'Outgoing call to',
    withheld: 'a withheld number',
    unknown: 'an unreadable number',
    outcome: {
      answered: 'answered',
      missed: 'missed',
      busy: 'busy',
      rejected: 'rejected',
      failed: 'failed',
      voicemail: 'voicemail',
      blocked: 'blocked',
      'not-set-up': 'not set up',
    },
    answeredBy: (name) => `Answered by ${name}.`,
    talked: (minutes, seconds) => `Talked ${minutes} min ${seconds} s.`,
    guessed: 'The person was found by a number written without its country code.',
    endUnknown: 'The phone system did not report the end; when the call ended is not known.',
  },
  cs: {
    inbound: 'Příchozí hovor od',
    outbound: 'Odchozí hovor na',
    withheld: 'skrytého čísla',
    unknown: 'nečitelného čísla',
    outcome: {
      answered: 'přijatý',
      missed: 'zmeškaný',
      busy: 'obsazeno',
      rejected: 'odmítnutý',
      failed: 'nespojený',
      voicemail: 'hlasová schránka',
      blocked: 'blokovaný',
      'not-set-up': 'nesestavený',
    },
    answeredBy: (name) => `Přijal(a): ${name}.`,
    talked: (minutes, seconds) => `Délka hovoru ${minutes} min ${seconds} s.`,
    guessed: 'Osoba byla nalezena podle čísla zapsaného bez předvolby země.',
    endUnknown: 'Ústředna konec hovoru neohlásila; kdy skončil, není známo.',
  },
}

/** The subject says the direction, the number and how it came out. */
export function subjectOf(
  organization: Organization,
  call: Pick<Call, 'direction' | 'from' | 'to' | 'outcome'>,
): string {
  const text = words[organization.language]
  const direction = call.direction === 'outbound' ? text.outbound : text.inbound
  const outcome = call.outcome ? ` · ${text.outcome[call.outcome]}` : ''
  return `${direction} ${numberText(organization, remoteParty(call))}${outcome}`
}

export function noteOf(
  organization: Organization,
  call: Call,
  told: { answeredBy: string | undefined; guessed: boolean },
): string {
  const text = words[organization.language]
  const seconds = call.talkSeconds ?? 0
  return [
    told.answeredBy && call.answeredBy && call.direction === 'inbound'
      ? text.answeredBy(told.answeredBy)
      : undefined,
    seconds > 0 ? text.talked(Math.floor(seconds / 60), seconds % 60) : undefined,
    told.guessed ? text.guessed : undefined,
    call.endUnknown ? text.endUnknown : undefined,
  ]
    .filter((line) => line !== undefined)
    .join(' ')
}

function numberText(organization: Organization, number: PhoneNumber | undefined): string {
  const text = words[organization.language]
  if (number?.kind === 'e164') return formatForReader(number.e164, organization.country)
  if (number?.kind === 'extension' || number?.kind === 'short') return number.digits
  return number?.kind === 'withheld' ? text.withheld : text.unknown
}
