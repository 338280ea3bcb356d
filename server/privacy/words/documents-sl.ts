import type { CheckWords } from './check-words.ts'
import type { CompareWords } from './compare-words.ts'
import type { DocumentWords } from './document-words.ts'

export const documents: DocumentWords = {
  approvedBy: (day, name, role) => `odobritev: ${name}, ${role}, ${day}`,
  draft: 'Osnutek: te različice ni odobril še nihče.',
  made: (at) => `Izdelano iz delujoče namestitve (${at}).`,
  changed: 'Kaj se je spremenilo od prej odobrene različice',
  measures: 'Pregled tehničnih in organizacijskih ukrepov',
  agreement: 'Pogodba o obdelavi osebnih podatkov',
  subProcessors: {
    title: 'Drugi obdelovalci in uporabniki podatkov',
    opening:
      'Kdo prejme podatke, ki jih Ringfence v tej namestitvi obdeluje za organizacije, kje in na kateri podlagi. Seznam nastane iz veljavne politike zasebnosti, iz nastavitev in iz zabeleženih podlag; zahtevo komur koli drugemu program zavrne.',
    operator:
      'Preden se kateri od njih doda ali zamenja, mora izvajalec o tem obvestiti organizacije, da lahko temu nasprotujejo (člen 28(2) GDPR).',
    headings: {
      operator: 'Obdelovalci in drugi obdelovalci izvajalca',
      services: 'Storitve organizacije same',
    },
    host: 'Ponudnik strežnikov',
    hostUnknown: 'izvajalec ga ni navedel ali pa strežnike zagotavlja sam',
    services:
      'Te storitve poveže organizacija na podlagi lastnih pogodb. Vsaka prejme le podatke organizacij, ki so jo povezale. Nova se napove skupaj s politiko zasebnosti, preden ji je kar koli poslano.',
    fields: { data: 'Podatki', purposes: 'Nameni teh podatkov', place: 'Kje in na kateri podlagi' },
    allData: 'vse, kar se hrani, večinoma šifrirano, kakor navaja politika zasebnosti',
  },
}

export const checks: CheckWords = {
  outcomes: { holds: 'velja', wrong: 'NAPAKA', 'not checked': 'ni preverjeno' },
  measures: {
    declarations:
      'Vsaka vrsta podatkov je opredeljena brez protislovij in opisana v vsakem jeziku politike zasebnosti',
    catalogue:
      'V podatkovnih zbirkah ni polja, ki ne bi bilo opredeljeno; roki, konec hrambe in pravice dostopa v njih so taki, kot je opredeljeno',
    seals: 'Kar mora biti šifrirano, je šifrirano, in to s ključem, ki je za to določen',
    retention: 'Nič se ne hrani dlje, kot je določeno',
    queue: 'Opravila, ki čakajo na izvedbo, vsebujejo le sklice, ki so zanje določeni',
    keys: 'Ni ostal noben ključ, ki mu je čas potekel',
    uninstalled: 'Od podjetij, ki so aplikacijo odstranila, ni ostalo nič',
    recipients: 'Dosegljivi so le opredeljeni uporabniki podatkov',
    notice:
      'Objavljena politika zasebnosti je tista, po kateri se ravna program, in nobena njena različica ni bila naknadno spremenjena',
    connections: 'Povezave, ki zapuščajo ta računalnik, so šifrirane',
    backups: 'Nobena varnostna kopija ni starejša, kot je določeno',
  },
  verdict: (holds) => (holds ? 'Vse, kar je bilo preverjeno, velja.' : 'Nekaj ni tako, kot je opredeljeno.'),
}

export const compare: CompareWords = {
  title: (document) => `Primerjava različic: ${document}`,
  link: 'Primerjaj različice',
  earlier: 'Prejšnja različica',
  later: 'Poznejša različica',
  show: 'Primerjaj',
  now: 'kakršna je namestitev zdaj, ni odobrena',
  verdict: (is) => `V primerjavi s prejšnjo je poznejša različica ${is}.`,
  groups: { added: 'Dodano', removed: 'Odstranjeno', changed: 'Spremenjeno' },
  was: 'Doslej',
  is: 'Zdaj',
  same: 'Obe različici povesta isto.',
  single: 'Obstaja samo ena različica, zato ni česa primerjati.',
}
