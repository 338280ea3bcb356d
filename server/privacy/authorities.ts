/** A supervisory authority (Art. 51 GDPR), as it calls itself. */
export interface Authority {
  name: string
  url: string
}

/** Where everybody finds theirs: the European Data Protection Board's list of its members. */
export const allAuthorities = 'https://www.edpb.europa.eu/about-edpb/about-edpb/members_en'

/**
 * The authority of a country of the European Economic Area. Germany is not among them: there it is the one of the federal
 * state, which the country does not tell.
 */
export function authorityOf(country: string | undefined): Authority | undefined {
  const [name, url] = (country && authorities[country]) || []
  return name && url ? { name, url } : undefined
}

const authorities: Readonly<Record<string, readonly [name: string, url: string]>> = {
  AT: ['Österreichische Datenschutzbehörde', 'https://dsb.gv.at'],
  BE: [
    'Gegevensbeschermingsautoriteit / Autorité de protection des données',
    'https://www.dataprotectionauthority.be',
  ],
  BG: ['Комисия за защита на личните данни', 'https://cpdp.bg'],
  CY: ['Γραφείο Επιτρόπου Προστασίας Δεδομένων Προσωπικού Χαρακτήρα', 'https://www.dataprotection.gov.cy'],
  CZ: ['Úřad pro ochranu osobních údajů', 'https://uoou.gov.cz'],
  DK: ['Datatilsynet', 'https://www.datatilsynet.dk'],
  EE: ['Andmekaitse Inspektsioon', 'https://www.aki.ee'],
  ES: ['Agencia Española de Protección de Datos', 'https://www.aepd.es'],
  FI: ['Tietosuojavaltuutetun toimisto', 'https://tietosuoja.fi'],
  FR: ['Commission nationale de l’informatique et des libertés', 'https://www.cnil.fr'],
  GR: ['Αρχή Προστασίας Δεδομένων Προσωπικού Χαρακτήρα', 'https://www.dpa.gr'],
  HR: ['Agencija za zaštitu osobnih podataka', 'https://azop.hr'],
  HU: ['Nemzeti Adatvédelmi és Információszabadság Hatóság', 'https://www.naih.hu'],
  IE: ['Data Protection Commission', 'https://www.dataprotection.ie'],
  IS: ['Persónuvernd', 'https://www.personuvernd.is'],
  IT: ['Garante per la protezione dei dati personali', 'https://www.garanteprivacy.it'],
  LI: ['Datenschutzstelle', 'https://www.datenschutzstelle.li'],
  LT: ['Valstybinė duomenų apsaugos inspekcija', 'https://vdai.lrv.lt'],
  LU: ['Commission nationale pour la protection des données', 'https://cnpd.public.lu'],
  LV: ['Datu valsts inspekcija', 'https://www.dvi.gov.lv'],
  MT: ['Information and Data Protection Commissioner', 'https://idpc.org.mt'],
  NL: ['Autoriteit Persoonsgegevens', 'https://autoriteitpersoonsgegevens.nl'],
  NO: ['Datatilsynet', 'https://www.datatilsynet.no'],
  PL: ['Urząd Ochrony Danych Osobowych', 'https://uodo.gov.pl'],
  PT: ['Comissão Nacional de Proteção de Dados', 'https://www.cnpd.pt'],
  RO: [
    'Autoritatea Națională de Supraveghere a Prelucrării Datelor cu Caracter Personal',
    'https://www.dataprotection.ro',
  ],
  SE: ['Integritetsskyddsmyndigheten', 'https://www.imy.se'],
  SI: ['Informacijski pooblaščenec', 'https://www.ip-rs.si'],
  SK: ['Úrad na ochranu osobných údajov Slovenskej republiky', 'https://dataprotection.gov.sk'],
}
