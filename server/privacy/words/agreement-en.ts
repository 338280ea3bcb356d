/** What the agreement says besides what the declarations do. */
export interface AgreementWords {
  title: string
  /** @param operator undefined: it has not named itself */
  opening(operator: string | undefined): string
  whatHeading: string
  people(subjects: string): string
  whoHeading: string
  who(recipients: string): string
  dutiesHeading: string
  /** Art. 28(3)(a) to (h) GDPR. @param notice ahead of a new recipient, in words */
  duties(notice: string): readonly string[]
  endHeading: string
  /** @param backups how old one gets, in words */
  end(backups: string): string
  yoursHeading: string
  yours: string
  /** as "Calls: numbers and times. Kept for 7 days. Purpose: …" */
  sentence(kind: string, keep: string, purposes: string): string
  /** what is processed for the company, told to itself, by the kinds of `policy/` */
  kinds: Readonly<Record<AgreedKind, string>>
}
/** In every language those that the English has; that it has all is checked by `missingWords`. */
type AgreedKind = keyof typeof en.kinds

export const en = {
  title: 'Before your contacts are copied',
  opening: (operator: string | undefined) =>
    `Ringfence shows your colleagues who is calling and logs each call in your CRM. To do that it processes personal data for your company: your company decides (controller), the operator of this installation${operator === undefined ? '' : `, ${operator},`} carries it out (processor). This is the agreement between the two under Art. 28 of the General Data Protection Regulation (GDPR). Nothing has been copied yet.`,
  whatHeading: 'What is kept, what for, and how long',
  people: (subjects: string) => `The data is about: ${subjects}.`,
  whoHeading: 'Who receives it',
  who: (recipients: string) =>
    `Only: ${recipients}. A request to anybody else is refused by the program and put on record.`,
  dutiesHeading: 'What the operator undertakes',
  duties: (notice: string) => [
    'It processes the data on your company’s instructions only, also where data is to leave the European Economic Area. The instructions are this agreement and what your people enter and choose in the app. If the law obliges the operator to anything else, it tells your company beforehand, unless that law forbids it. If it holds an instruction to be against the law, it says so at once.',
    'Everybody who may come into contact with the data for the operator is bound to secrecy.',
    'It protects the data as Art. 32 GDPR asks for. Which measures it takes is stated in the app under Privacy, Documents, as a check has confirmed them.',
    `Your company agrees in general that the operator engages other processors. Who they are is public (/privacy/sub-processors). Of a new one the operator tells your company ${notice} ahead; your company can object to the operator until then, or end this agreement by uninstalling the app. The operator binds other processors to the same duties and is liable to your company for them.`,
    'It helps your company to answer people who make use of their rights, and passes on what reaches it. Your administrators can show, correct and erase what is held about somebody in the app themselves.',
    'It tells your company of every breach of the protection of the data without undue delay, in the app and at the addresses that your company has entered for it. It helps your company with its own duties under Art. 32 to 36 GDPR.',
    'It gives your company everything that is needed to show that these duties are kept, and allows for audits, also by an auditor whom your company names, and takes part in them.',
  ],
  endHeading: 'When it ends',
  end: (backups: string) =>
    `This agreement holds as long as the operator processes data for your company. When a user uninstalls the app, that user’s name and tokens are deleted. When the last user of your company has uninstalled it, everything but the settings of your phone system is deleted. When the subscription ends or the organization is deleted, all keys are destroyed and everything of your company is deleted; after the end of a subscription only its name stays, until the organization is deleted. A receipt says what was deleted, and when. What backups still hold of it goes with them, after ${backups} at the latest. If your company asks for it beforehand, the operator first hands over the data in open formats.`,
  yoursHeading: 'What stays with you',
  yours:
    'Calls that were logged stay in your CRM, under your company’s own rules. Your company has to see to it that callers and staff are informed as the law asks, and that it may process their data.',
  sentence: (kind: string, keep: string, purposes: string) => `${kind}. Kept ${keep}. Purpose: ${purposes}.`,
  kinds: {
    'call journal': 'Calls: numbers, times, who answered, how the call came out and which deal it is about',
    'calls under way': 'The same, of calls that have not ended',
    'events waiting': 'The same, as your phone system reports it while our database is out of reach',
    'recording addresses':
      'Where your phone system keeps the recording of a call, if your company chose to have recordings in the CRM; the recording itself is passed on at most, never kept',
    'cards of calls':
      'If your CRM opens a card of its own: how a call was announced there, its id there and whose card is open',
    'cards of calls in progress': 'The same, while the call has not ended',
    'calls asked for in the CRM':
      'A number that a colleague clicks in your CRM, until their telephone has called it',
    'call notes': 'What your colleagues write about a call, and the result they choose',
    'notes under way': 'The same, while the call has not ended',
    'persons being made':
      'Name and number of a person whom a colleague enters in your CRM from a call, until the CRM has them; then only that it was done',
    'follow-ups':
      'Missed callers whom one of you still has to call back: which missed call it was, who is to call, and the task in your CRM',
    'numbers left out': 'Numbers whose calls your administrator keeps out of the CRM',
    'contact mirror': 'Your CRM’s persons: names, telephone numbers, and the names of their companies',
    'dial counts':
      'How often each of your colleagues asked for a call within the last hour; not whom they called',
    'open deals':
      'Of your CRM’s deals and leads only which ones are open and whose they are; no title, no value',
    users: 'Your colleagues who sign in: CRM id, name, extension and settings',
    'extensions of users': 'Which extension belongs to whom',
    'telephones of users':
      'Which telephone of your phone system belongs to whom: its id there and the extension; names and e-mail addresses there are compared and never kept',
    lines: 'Your company’s lines as your phone system lists them, and whom each of them rings',
    'access to the phone system':
      'The tokens with which we act in your phone system for each of your colleagues who granted it',
    agreements: 'Who of you accepted this agreement, and when',
    'own numbers': 'Your company’s own telephone lines',
    'connection settings': 'Addresses and credentials you give for your phone system',
    installations: 'The tokens with which we act in your CRM',
    'hook secrets': 'The secrets by which your systems prove who they are',
    portals: 'Which portal your CRM is, and the secret by which it proves that it speaks to us',
    erasures:
      'That somebody was erased, when, by whom, how much was removed and who was told; what has to be erased in your CRM, by its id, until we have erased it there, and if your people erase it there themselves, as long as the record',
    'erased people':
      'Hashes, made with a secret key, by which an erased number or person is kept from coming back; nobody can read a number or a name from them',
    'documents of the organization':
      'What your administrators add to your record of processing, and which versions of it who of you approved',
    corrections:
      'That something about a person was put right, when, by whom, in which fields and who was told; ids in your CRM until everybody has it right, or, of what your people put right there by themselves, as long as the record',
    'corrections under way':
      'What was wrong and what is right, until your CRM has it, seven days at the longest',
  },
} satisfies Omit<AgreementWords, 'kinds'> & { kinds: Readonly<Record<string, string>> }
