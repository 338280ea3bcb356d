/** What the agreement says besides what the declarations do. */
export interface AgreementWords {
  title: string
  opening: string
  whatHeading: string
  whoHeading: string
  who(recipients: string): string
  endHeading: string
  end: string
  yoursHeading: string
  yours: string
  sentence(kind: string, purposes: string, keep: string): string
}

export const en: AgreementWords = {
  title: 'Before your contacts are copied',
  opening:
    'Ringfence shows your colleagues who is calling and logs each call in your CRM. To do that it processes personal data for your company: your company decides (controller), the operator of this installation carries out (processor). Nothing has been copied yet.',
  whatHeading: 'What is kept, what for, and how long',
  whoHeading: 'Who receives it',
  who: (recipients) =>
    `Only: ${recipients}. A request to anybody else is refused by the program and put on record.`,
  endHeading: 'When it ends',
  end: 'When a user uninstalls, that user’s name and tokens go. When the last user of your company has uninstalled, or the organization is deleted, the keys are destroyed and everything else of your company goes.',
  yoursHeading: 'What stays with you',
  yours:
    'Calls that were logged stay in your CRM, under your company’s own rules. Whether your company informs callers and staff as the law asks is for your company to see to.',
  sentence: (kind, purposes, keep) => `${kind}: kept ${keep}, ${purposes}.`,
}
