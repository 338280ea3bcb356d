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
}

export const en: AgreementWords = {
  title: 'Before your contacts are copied',
  opening: (operator) =>
    `Ringfence shows your colleagues who is calling and logs each call in your CRM. To do that it processes personal data for your company: your company decides (controller), the operator of this installation${operator === undefined ? '' : `, ${operator},`} carries it out (processor). This is the agreement between the two under Art. 28 of the General Data Protection Regulation (GDPR). Nothing has been copied yet.`,
  whatHeading: 'What is kept, what for, and how long',
  people: (subjects) => `The data is about: ${subjects}.`,
  whoHeading: 'Who receives it',
  who: (recipients) =>
    `Only: ${recipients}. A request to anybody else is refused by the program and put on record.`,
  dutiesHeading: 'What the operator undertakes',
  duties: (notice) => [
    'It processes the data on your company’s instructions only, also where data is to leave the European Economic Area. The instructions are this agreement and what your people enter and choose in the app. If the law obliges the operator to anything else, it tells your company beforehand, unless that law forbids it. If it holds an instruction to be against the law, it says so at once.',
    'Everybody who may come into contact with the data for the operator is bound to secrecy.',
    'It protects the data as Art. 32 GDPR asks for. Which measures it takes is stated in the app under Privacy, Documents, as a check has confirmed them.',
    `Your company agrees in general that the operator engages other processors. Who they are is public (/privacy/sub-processors). Of a new one the operator tells your company ${notice} ahead; your company can object to the operator until then, or end this agreement by uninstalling the app. The operator binds other processors to the same duties and is liable to your company for them.`,
    'It helps your company to answer people who make use of their rights, and passes on what reaches it. Your people can show and erase what is held about somebody in the app themselves; names and numbers they correct in the CRM.',
    'It tells your company of every breach of the protection of the data without undue delay, in the app and at the addresses that your company has entered for it. It helps your company with its own duties under Art. 32 to 36 GDPR.',
    'It gives your company everything that is needed to show that these duties are kept, and allows for audits, also by an auditor whom your company names, and takes part in them.',
  ],
  endHeading: 'When it ends',
  end: (backups) =>
    `This agreement holds as long as the operator processes data for your company. When a user uninstalls the app, that user’s name and tokens are deleted. When the last user of your company has uninstalled it, everything but the settings of your phone system is deleted. When the subscription ends or the organization is deleted, all keys are destroyed and everything of your company is deleted; after the end of a subscription only its name stays, until the organization is deleted. A receipt says what was deleted, and when. What backups still hold of it goes with them, after ${backups} at the latest. If your company asks for it beforehand, the operator first hands over the data in open formats.`,
  yoursHeading: 'What stays with you',
  yours:
    'Calls that were logged stay in your CRM, under your company’s own rules. Your company has to see to it that callers and staff are informed as the law asks, and that it may process their data.',
  sentence: (kind, keep, purposes) => `${kind}. Kept ${keep}. Purpose: ${purposes}.`,
}
