import type { DocumentLanguage } from './languages.ts'

/** Around what somebody has added to a document, and around its approval. */
interface OwnWords {
  by(name: string): string
  /** who has added it has not named itself */
  byOperator: string
  approvedOn(day: string): string
}

export const ownWords: Readonly<Record<DocumentLanguage, OwnWords>> = {
  en: {
    by: (name) => `Added by ${name}`,
    byOperator: 'Added by the operator',
    approvedOn: (day) => `approved on ${day}`,
  },
  de: {
    by: (name) => `Ergänzt von ${name}`,
    byOperator: 'Ergänzt vom Betreiber',
    approvedOn: (day) => `freigegeben am ${day}`,
  },
  cs: {
    by: (name) => `Doplněno – ${name}`,
    byOperator: 'Doplnil provozovatel',
    approvedOn: (day) => `schválena ${day}`,
  },
  sl: {
    by: (name) => `Dopolnilo – ${name}`,
    byOperator: 'Dopolnilo izvajalca',
    approvedOn: (day) => `odobrena ${day}`,
  },
  nb: {
    by: (name) => `Lagt til av ${name}`,
    byOperator: 'Lagt til av driftsleverandøren',
    approvedOn: (day) => `godkjent ${day}`,
  },
  ro: {
    by: (name) => `Adăugat de ${name}`,
    byOperator: 'Adăugat de administratorul instalației',
    approvedOn: (day) => `aprobată la ${day}`,
  },
}
