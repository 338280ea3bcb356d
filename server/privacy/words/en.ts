import { joined } from './joined.ts'
import type { Vocabulary } from './words.ts'

const hookAddress = 'the address to which notifications are sent'
const userId = 'the user’s id in the app'

export const en = {
  kinds: {
    'call journal': {
      name: 'Calls',
    },
    'calls under way': { name: 'Calls in progress' },
    'events waiting': {
      name: 'Reports of calls that wait to be stored',
    },
    'recording addresses': {
      name: 'Where a recording lies',
    },
    'cards of calls': {
      name: 'Cards of calls in the CRM',
    },
    'cards of calls in progress': {
      name: 'Cards of calls in progress',
    },
    'calls asked for in the CRM': {
      name: 'Calls asked for in the CRM',
    },
    'call notes': {
      name: 'Notes and results of calls',
    },
    'notes under way': {
      name: 'Notes on calls in progress',
    },
    'persons being made': {
      name: 'Persons entered from a call',
    },
    'follow-ups': {
      name: 'Missed callers to be called back',
    },
    'numbers left out': {
      name: 'Numbers left out',
    },
    'contact mirror': {
      name: 'Copy of the CRM’s contacts',
    },
    'dial counts': {
      name: 'Counts of calls asked for',
    },
    'open deals': {
      name: 'Open deals',
    },
    users: {
      name: 'Users of the app',
    },
    'extensions of users': {
      name: 'Extensions of users',
    },
    'telephones of users': {
      name: 'Telephones of users',
    },
    lines: {
      name: 'Lines',
    },
    'access to the phone system': {
      name: 'Access to the phone system',
    },
    agreements: {
      name: 'Acceptance of the agreement',
    },
    'own numbers': {
      name: 'The organization’s own numbers',
    },
    'connection settings': {
      name: 'Settings of connections',
    },
    installations: { name: 'Access to the CRM' },
    'hook secrets': {
      name: 'Secrets of notifications between the systems',
    },
    portals: {
      name: 'Portals',
    },
    sessions: { name: 'Sign-ins' },
    'organization accounts': { name: 'Names of organizations' },
    erasures: {
      name: 'Records of erasures',
    },
    'erased people': {
      name: 'Marks by which erased people are recognised',
    },
    corrections: {
      name: 'Records of corrections',
    },
    'corrections under way': {
      name: 'Corrections under way',
    },
    'notice contacts': { name: 'Addresses for notices to the organization' },
    'breach notices': { name: 'Notices of breaches of the protection of personal data' },
    approvers: { name: 'Who approved documents' },
    'documents of the organization': {
      name: 'Documents of the organization',
    },
    'breach record': { name: 'Record of breaches of the protection of personal data' },
  },
  columns: {
    'erasures.asked_by': 'the id in the app of the user who asked for an erasure',
    'erasures.asked_at': 'when an erasure was asked for',
    'erasure_recipients.external_id': 'the CRM’s id of what is to be erased there',
    'erasure_recipients.activity_id': 'the id of its activity',
    'erasure_recipients.told_at': 'when the recipient was told',
    'erased.hash': 'a hash of an erased number or person, made with a secret key',
    'erased.erased_at': 'when it was erased',
    'corrections.person_external_id': 'the CRM’s id of the person who is put right',
    'corrections.asked_by': 'the user’s id who asked for a correction',
    'corrections.asked_at': 'when a correction was asked for',
    'correction_recipients.external_id': 'the CRM’s id of what is to be put right there',
    'correction_recipients.activity_id': 'the id of its activity',
    'correction_recipients.told_at': 'when the recipient was told',
    'correction_changes.person_external_id': 'the CRM’s id of the person who is put right',
    'correction_changes.changes_sealed': 'the wrong and the right name or number',
    'calls.id': 'the call’s id, calculated from the phone system’s own',
    'calls.rang': 'the extensions that rang',
    'calls.remote_hash': 'the other party’s number',
    'calls.facts_sealed':
      'the numbers and extensions of everybody involved, the times, who answered and how the call came out; the phone system’s id of the call where a recording has to be looked for',
    'calls.last_event_at': 'when the phone system last reported on the call',
    'call_logs.call_id': 'the call’s id',
    'call_logs.marker': 'the reference by which the call is found in the CRM',
    'call_logs.external_id': 'the id of the call’s log in the CRM',
    'call_logs.activity_id': 'the id of the call’s activity in the CRM',
    'call_logs.twin_external_id': 'the id of a second log of the call, where the CRM has one',
    'call_logs.twin_activity_id': 'the id of a second activity of the call, where the CRM has one',
    'call_logs.sent_at': 'when the call was sent to the CRM',
    'call_logs.written_at': 'when the call was logged in the CRM',
    'call_logs.unlinked_hash':
      'the other party’s number, while the logged call is linked with no person in the CRM',
    'live_calls.call_id': 'the call’s id',
    'live_calls.live_sealed':
      'the other party’s number, the organization’s line, when the call began, its id in the CRM and whose card is open',
    'requested_calls.id': 'an id calculated from the CRM’s own',
    'requested_calls.user_id': 'the id in the app of the user who clicked',
    'requested_calls.number_hash': 'the number that was clicked',
    'requested_calls.request_sealed': 'the number that was clicked, when, and the call’s id in the CRM',
    'call_notes.id': 'the call’s id',
    'call_notes.note_sealed': 'what users wrote about the call, and the result they chose',
    'call_notes.sent_sealed': 'the same words as they were last sent to the CRM',
    'call_notes.sent_at': 'when they were last sent to the CRM',
    'new_persons.id': 'an id calculated from the person’s number',
    'new_persons.number_hash': 'the person’s number',
    'new_persons.person_sealed': 'the person’s name and number, until the CRM has them',
    'new_persons.asked_by': 'the id in the app of the user who enters the person',
    'new_persons.acting_ref': 'the CRM’s id of the user whose access is used',
    'new_persons.sent_at': 'when the person was sent to the CRM',
    'call_logs.written_as': 'the CRM’s id of the user whose access logged the call',
    'call_logs.written_for': 'the CRM’s id of the user whose call it was',
    'call_logs.follow_up_id': 'which follow-up a missed call belongs to',
    'follow_ups.caller_hash': 'the missed caller’s number',
    'follow_ups.call_id': 'the id of the missed call',
    'follow_ups.marker': 'the reference by which the follow-up is found in the CRM',
    'follow_ups.owner_ref': 'the CRM’s id of the user who is asked to call back',
    'follow_ups.activity_id': 'the id of the follow-up’s activity in the CRM',
    'follow_ups.sent_at': 'when the follow-up was sent to the CRM',
    'follow_ups.reached_call_id': 'the id of the call in which the caller was reached',
    'follow_ups.again_call_id': 'the id of a further missed call of the same caller',
    'rules.numbers_sealed': 'the numbers whose calls are left out, as they were typed',
    'call_deals.call_id': 'the call’s id',
    'call_deals.external_id': 'the id in the CRM of the deal or lead that somebody chose for the call',
    'call_deals.sent_external_id': 'the id in the CRM of the deal or lead the call was linked with',
    'spool.request': 'what the phone system reported on a call, as it came',
    'recordings.id': 'the call’s id',
    'recordings.address_sealed':
      'the place or the id of the recording in the phone system, or the link that leads there',
    'persons.external_id': 'the person’s id in the CRM',
    'persons.name_sealed': 'the person’s name',
    'persons.company_external_id': 'the CRM’s id of the person’s company',
    'persons.owner_external_id': 'the CRM’s id of the user who owns the person’s record',
    'persons.updated_at': 'when the person’s record was last changed in the CRM',
    'open_deals.external_id': 'the id of an open deal or lead in the CRM',
    'open_deals.person_external_id': 'the CRM’s id of the person whose deal or lead it is',
    'open_deals.told_at': 'since when the deal or lead is open, as the CRM says',
    'companies.external_id': 'the company’s id in the CRM',
    'companies.name_sealed': 'the company’s name',
    'person_numbers.number_sealed': 'the person’s telephone numbers',
    'person_numbers.exact_hash': 'each telephone number in international form',
    'person_numbers.typed_hash': 'each telephone number as it was typed',
    'dial_counts.user_id': userId,
    'dial_counts.begun_at': 'when the minute or hour began that is counted',
    'dial_counts.count': 'how many calls the user has asked for since',
    'users.external_id': 'the user’s id in the CRM',
    'users.name_sealed': 'the user’s name',
    'users.role': 'whether the user is an administrator',
    'users.sees': 'whether the user sees their own calls or all',
    'users.language': 'the user’s language',
    'users.extensions_by_hand': 'whether the user’s extensions were chosen by somebody',
    'phone_people.id': 'an id calculated from the phone system’s own',
    'phone_people.user_id': userId,
    'phone_people.person_sealed': 'the phone system’s id of the user, and the extension',
    'phone_lines.id': 'an id calculated from the line’s number',
    'phone_lines.line_sealed': 'the line’s number, and the users whom it rings',
    'phone_accesses.user_id': userId,
    'phone_accesses.tokens_sealed': 'the tokens with which the app acts for the user in the phone system',
    'user_extensions.extension': 'the user’s extensions',
    'user_extensions.user_id': userId,
    'user_extensions.sees_after': 'from which call on an extension that the user has taken counts as theirs',
    'agreements.accepted_by': 'the id in the app of the user who accepted',
    'agreements.accepted_at': 'when it was accepted',
    'connections.own_numbers_sealed': 'the organization’s own telephone numbers',
    'connections.settings_sealed': 'addresses and credentials of the phone system',
    'installations.company_ref': 'the CRM’s id of the organization',
    'installations.user_ref': 'the user’s id in the CRM',
    'installations.administrator': 'whether the user is an administrator in the CRM',
    'installations.api_base': 'the web address of the organization’s CRM account',
    'installations.tokens_sealed': 'the tokens with which the app acts for the user in the CRM',
    'hook_keys.secret_sealed': 'the secret with which a notification proves where it comes from',
    'hook_keys.hash': hookAddress,
    'portals.company_ref': 'the CRM’s id of the organization',
    'portals.application_token_sealed': 'the secret with which the portal proves who it is',
    'sessions.token_hash': 'the token of the session',
    'sessions.user_id': userId,
    'sessions.created_at': 'when the user signed in',
    'notice_contacts.address_sealed': 'the e-mail address at which the organization wants to be told',
    'breach_notices.notice_sealed': 'the words of the notice, and whom to ask at the operator',
    'breach_entries.entry_sealed':
      'what happened, what followed, what was done, and whom to ask at the operator',
    'approvers.entry_sealed': 'name and role of whoever approved a document, and when',
    'organization_documents.entry_sealed':
      'paragraphs that administrators add to their record of processing; its approved versions, with name and role of whoever approved them',
    'organizations.name': 'the organization’s name, which may be that of a person',
  },
  grounds: {
    'showing that a person was erased, and keeping them erased':
      'in showing that a person was erased, and in keeping them erased',
    'answering calls knowing who calls, and recording them in the CRM':
      'in knowing who calls when answering, and in having each call recorded in the CRM',
    'calling back whoever was missed, once': 'in calling back whoever was missed, and only once',
    'keeping calls out of the CRM that nobody wants there':
      'in keeping calls out of the CRM that do not belong there',
    'having the recording beside the call it belongs to':
      'in having the recording beside the call to which it belongs',
    'having what was agreed beside the call it belongs to':
      'in having what was agreed beside the call to which it belongs',
    'recording a call with the deal it is about': 'in having a call recorded with the deal it is about',
    'answering calls knowing who calls': 'in knowing who calls when answering',
    'the organization connects its phone system and its CRM':
      'the organization connects its phone system and its CRM',
    'the user installed the app for their company': 'the user installed the app for their organization',
    'the user signs in': 'the use of the app, for which the user signs in',
    'the organization is a customer of the operator': 'the organization is a customer of the operator',
    'the organization and its staff use the telephone integration':
      'the organization and its staff use the telephone integration',
    'the organization accepted it through this user':
      'the organization accepted the agreement through this user',
    'putting right what is wrong about a person, and telling who received it':
      'to put right what is wrong about a person and to tell who received it (Art. 16 and 19 GDPR)',
    'recording every breach': 'to record every breach of the protection of personal data (Art. 33(5) GDPR)',
    'reaching the organization as its processor':
      'to tell the organization of a breach (Art. 33(2) GDPR) and of new processing before it begins (Art. 13(3), 14(4) and 28(2) GDPR), and to name it in the record of processing (Art. 30(2)(a) GDPR)',
    'showing who answers for a document':
      'to be able to show who answers for published documents (Art. 5(2) and 24 GDPR)',
    'telling the organization of a breach': 'to tell the organization of a breach (Art. 33(2) GDPR)',
    'the organization uses the telephone integration': 'the organization uses the telephone integration',
  },
  weighings: {
    'answering calls knowing who calls, and recording them in the CRM':
      'Knowing who calls, and having each call in the CRM: without number, times and outcome this cannot be done, and the CRM may be out of reach for days, or an entry may have to be corrected. Callers can expect that a company knows who called it, and a week is too short to watch anybody. For users the data shows when they telephoned; so they see their own calls only, unless an administrator allows more, and nobody is rated or compared. The conversation itself is not kept. The interest prevails, but not where the mere fact of a call is confidential, nor for supervising staff.',
    'having what was agreed beside the call it belongs to':
      'Having what was agreed beside the call: a note is written before the CRM knows of the call, and corrected afterwards; so it is kept for a week. It can say more about a caller than the call does; so only those see it who may see the call, and nothing is read out of it by the program. Of a person entered from a call, name and number are kept only until the CRM has them, for two days at most. The interest prevails for the business of the call, not for remarks on health, opinions and the like.',
    'answering calls knowing who calls':
      'Having the name while it rings: nobody knows beforehand who will call, and asking the CRM each time would be too slow and would tell it of every call. So names and numbers of all contacts are copied. Contacts will expect to be recognised, but hardly a second copy; so it is encrypted with keys of its own, used for nothing else, and unreadable once the last user has uninstalled the app. The interest prevails, unless the bare list of contacts is confidential.',
    'recording a call with the deal it is about':
      'Having a call with the deal it is about: asking the CRM each time would tell it of every call. So it is copied which deals and leads are open and whose they are; no title, no value and no stage. A title is read only when somebody looks, with that user’s own rights, and is not kept. The interest prevails.',
    'having the recording beside the call it belongs to':
      'Having a recording beside its call: for that, only the place where it lies is kept, for a week at most and only if an administrator chose it; the recording itself is not. A recording weighs far more than the fact of a call, and the rules of the CRM decide from then on who may hear it. The interest prevails where recording was lawful and announced; not for supervising staff, nor where a conversation falls under a duty of secrecy.',
    'calling back whoever was missed, once':
      'Calling back whoever was missed: for that a caller has to be recognised, by a hash of the number. Callers expect to be called back; how often somebody calls is not counted, and a week after the missed call nothing of it is left here. The interest prevails.',
    'keeping calls out of the CRM that nobody wants there':
      'Keeping calls out of the CRM that do not belong there: for that the number has to be noted whose calls are left out, often because the person wished it. Nothing is lost by it: the calls are shown as before, and go nowhere else. The interest prevails.',
    'showing that a person was erased, and keeping them erased':
      'Showing that a person was erased, and seeing to it that the CRM or a backup does not bring them back: for that a hash of the number or the person is kept, and when and by whom the erasure was asked for; no name and no number. It serves the wish of the person erased. The interest prevails.',
  },
  recipients: {
    'the connected phone system': 'the connected phone system',
    Placetel: 'Placetel, where it is the connected phone system',
    Webex: 'Webex, where it is the connected phone system',
    Pipedrive: 'Pipedrive',
    'the mail server': 'the operator’s mail server',
    Bitrix24: 'Bitrix24, where it is the connected CRM',
    'the company’s Bitrix24 portal': 'the company’s Bitrix24 portal',
  },
  adapters: {
    phone: (name, places) => `${name}, where it is the connected phone system${servers(places)}`,
    crm: (name, places) => `${name}, where it is the connected CRM${servers(places)}`,
  },
  transferGrounds: {
    'adequacy decision': 'on an adequacy decision',
    'standard contractual clauses': 'on standard contractual clauses',
    'binding corporate rules': 'on binding corporate rules',
  },
  subjects: {
    caller: 'people who call or are called',
    contact: 'contacts in the CRM',
    user: 'users of the app',
    'operator staff': 'staff of the operator',
  },
  purposes: {
    'identify the caller': 'to say who is calling',
    'show calls to the people they are for': 'to show a call to the people it is for',
    'log the call in the CRM': 'to log the call in the CRM',
    'place a call': 'to place a call that a user asks for',
    'attach the recording in the CRM': 'to attach the recording to the call in the CRM',
    'follow up missed calls in the CRM': 'to have missed callers called back',
    'connect the systems': 'to connect the systems',
    'sign in': 'to sign in',
    'run the installation': 'to run this installation',
    'answer requests of people': 'to carry out requests of the people concerned',
    'tell of a breach': 'to tell of a breach of the protection of personal data',
    'tell of a new policy': 'to tell of a new privacy policy before it takes effect',
    'keep records': 'to keep the records that the law asks for',
  },
  roles: {
    processor: 'the organization; the operator is its processor',
    controller: 'the operator',
  },
  sources: {
    'phone system': 'the connected phone system',
    CRM: 'the CRM',
    'the user': 'the user',
    'the operator': 'the operator',
    Ringfence: 'the app itself',
  },
  regions: { installation: 'on the servers of this installation' },
  databases: {
    organization: 'in the organization’s own database',
    control: 'in the database that all organizations of the installation share',
    'data folder': 'in an encrypted file, until the database can be reached again',
  },
  keys: {
    organization:
      'with the organization’s own key, which is destroyed when its subscription ends or the organization is deleted',
    installation: 'with the installation’s own key',
    'mirror bucket':
      'with keys of this copy alone, which are destroyed when the last user uninstalls the app',
    'arrival hour': 'with the key of the hour in which it arrived, which is destroyed when its time is over',
    'call hour': 'with the key of the hour in which the call ended, which is destroyed when its time is over',
    nothing: 'nothing here is encrypted',
  },
  ends: {
    'phone disconnected by the user': 'the user disconnects their phone',
    'sign-out': 'the user signs out',
    'uninstall by the user': 'the user uninstalls the app',
    'uninstall by the last user': 'the last user of the organization uninstalls the app',
    'phone system removed': 'an administrator removes the phone system',
    'end of subscription': 'the organization’s subscription ends',
    'organization deleted': 'the organization is deleted from this installation',
  },
  whiles: {
    'installed by this user': 'while that user has the app installed',
    'installed by anybody of the company': 'while anybody of the company has the app installed',
    'the phone of this user is connected': 'while that user’s phone is connected',
    'the organization exists': 'while the organization is registered here',
  },
  hours: ({ hours, from }) => `for ${lengthOf(hours)} after ${starts[from]}`,
  contract: (what) => `Art. 6(1)(b) GDPR, a contract: ${what}`,
  obligation: (what) => `Art. 6(1)(c) GDPR, a legal obligation: ${what}`,
  interest: (what) => `Art. 6(1)(f) GDPR, a legitimate interest ${what}`,
  list: (words) => joined(words, ' and '),
} satisfies Vocabulary

const servers = (places: string): string => (places === '' ? '' : `; its servers: ${places}`)

const starts = {
  arrival: 'it came in',
  'end of the call': 'the end of the call',
  creation: 'it was created',
} as const

function lengthOf(hours: number): string {
  const [count, unit] =
    hours % (365 * 24) === 0
      ? [hours / (365 * 24), 'year']
      : hours % 24 === 0
        ? [hours / 24, 'day']
        : [hours, 'hour']
  return `${count} ${unit}${count === 1 ? '' : 's'}`
}
