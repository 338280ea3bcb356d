import type { Language } from './words.ts'

/** The mail that tells of an announced version of the policy. */
export interface PolicyMailWords {
  subject(day: string): string
  opening(organization: string, day: string): string
  changes: string
  untilThen: string
  read: string
  object: string
}

export const policyMailWords: Record<Language, PolicyMailWords> = {
  en: {
    subject: (day) => `The privacy policy will change on ${day}`,
    opening: (organization, day) =>
      `We process personal data for ${organization} with Ringfence. From ${day} the privacy policy will allow more than it does today.`,
    changes: 'What it will allow:',
    untilThen:
      'Nothing of this is done before that day: until then the program keeps to the policy in force.',
    read: 'The whole policy, with everything that changes:',
    object:
      'If you do not agree, object to the operator before that day – its contact is in the policy – or uninstall the app: its data is then deleted.',
  },
  cs: {
    subject: (day) => `Zásady ochrany osobních údajů se od ${day} změní`,
    opening: (organization, day) =>
      `Pomocí Ringfence zpracováváme osobní údaje pro organizaci ${organization}. Od ${day} budou zásady ochrany osobních údajů dovolovat více než dnes.`,
    changes: 'Co budou nově dovolovat:',
    untilThen: 'Do toho dne se nic z toho neděje: program se řídí zásadami, které platí dnes.',
    read: 'Celé zásady a jejich změny:',
    object:
      'Pokud nesouhlasíte, vzneste před tímto dnem námitku u provozovatele – kontakt na něj je v zásadách – nebo aplikaci odinstalujte: její údaje se tím smažou.',
  },
}
