import type { AgreementWords } from './agreement-en.ts'

export const sl: AgreementWords = {
  title: 'Preden prekopiramo vaše stike',
  opening: (operator) =>
    `Ringfence vašim sodelavcem pokaže, kdo kliče, in vsak klic vpiše v vaš CRM. Za to obdeluje osebne podatke za vaše podjetje: vaše podjetje o obdelavi odloča (upravljavec), izvajalec te namestitve${operator === undefined ? '' : `, ${operator},`} pa jo izvaja (obdelovalec). To je pogodba med njima po členu 28 Splošne uredbe o varstvu podatkov (GDPR). Doslej ni bilo prekopirano nič.`,
  whatHeading: 'Kaj se hrani, čemu in kako dolgo',
  people: (subjects) => `Podatki se nanašajo na: ${subjects}.`,
  whoHeading: 'Kdo prejme podatke',
  who: (recipients) => `Samo: ${recipients}. Zahtevo komur koli drugemu program zavrne in zabeleži.`,
  dutiesHeading: 'K čemu se zavezuje izvajalec',
  duties: (notice) => [
    'Podatke obdeluje samo po navodilih vašega podjetja, tudi kadar naj bi zapustili Evropski gospodarski prostor. Navodila so ta pogodba in to, kar vaši ljudje v aplikaciji vnesejo in izberejo. Če izvajalcu pravo nalaga kaj drugega, o tem vaše podjetje obvesti vnaprej, razen če mu to pravo to prepoveduje. Če meni, da je navodilo v nasprotju s predpisi, na to takoj opozori.',
    'Vsak, ki lahko pri izvajalcu pride v stik s podatki, je zavezan k zaupnosti.',
    'Podatke varuje, kot zahteva člen 32 GDPR. Katere ukrepe izvaja, navaja aplikacija na strani Zasebnost, Dokumenti tako, kot jih je potrdilo preverjanje.',
    `Vaše podjetje na splošno soglaša, da izvajalec zaposli druge obdelovalce. Kdo so, je javno objavljeno (/privacy/sub-processors). O novem izvajalec obvesti vaše podjetje ${notice} vnaprej; do takrat lahko vaše podjetje pri izvajalcu ugovarja ali to pogodbo konča tako, da odstrani aplikacijo. Izvajalec drugim obdelovalcem naloži enake obveznosti in vašemu podjetju zanje odgovarja.`,
    'Vašemu podjetju pomaga odgovarjati posameznikom, ki uveljavljajo svoje pravice, in mu preda, kar prejme. Kar je o kom shranjeno, lahko vaši skrbniki v aplikaciji sami prikažejo, popravijo in izbrišejo.',
    'O vsaki kršitvi varnosti podatkov obvesti vaše podjetje brez nepotrebnega odlašanja, v aplikaciji in na naslove, ki jih je vaše podjetje za to vneslo. Pomaga mu pri njegovih lastnih obveznostih po členih 32 do 36 GDPR.',
    'Vašemu podjetju da na voljo vse, kar je potrebno za dokazovanje, da te obveznosti izpolnjuje, omogoči preglede, tudi po revizorju, ki ga pooblasti vaše podjetje, in pri njih sodeluje.',
  ],
  endHeading: 'Kdaj se konča',
  end: (backups) =>
    `Ta pogodba velja, dokler ima aplikacijo nameščeno kdor koli iz vašega podjetja. Ko jo uporabnik odstrani, se izbrišejo njegovo ime in žetoni. Ko jo odstrani zadnji uporabnik vašega podjetja, ko se konča naročnina ali je organizacija izbrisana, se uničijo ključi in izbriše vse drugo, kar pripada vašemu podjetju; kaj je bilo izbrisano in kdaj, pove potrdilo. Kar je od tega v varnostnih kopijah, ostane v njih največ ${backups} in izgine z njimi. Če vaše podjetje to zahteva prej, mu izvajalec podatke najprej preda v odprtih formatih.`,
  yoursHeading: 'Kaj ostane pri vas',
  yours:
    'Vpisani klici ostanejo v vašem sistemu CRM po pravilih vašega podjetja. Vaše podjetje mora poskrbeti, da so klicatelji in zaposleni obveščeni, kot zahteva zakon, in da sme njihove podatke obdelovati.',
  sentence: (kind, keep, purposes) => `${kind}. Rok hrambe: ${keep}. Namen: ${purposes}.`,
  kinds: {
    'call journal':
      'Klici: številke, časi, kdo je klic sprejel, kako se je izšel in na kateri posel se nanaša',
    'calls under way': 'Isto o klicih, ki se še niso končali',
    'events waiting':
      'Isto, kakor poroča vaša telefonska centrala, dokler naša podatkovna zbirka ni dosegljiva',
    'recording addresses':
      'Kje vaša telefonska centrala hrani posnetek klica, če je vaše podjetje izbralo, da želi posnetke v sistemu CRM; sam posnetek se kvečjemu posreduje, nikoli pa ne hrani',
    'cards of calls':
      'Če vaš CRM odpre svojo kartico: kako je bil klic tam najavljen, njegova oznaka tam in pri kom je kartica odprta',
    'cards of calls in progress': 'Isto, dokler se klic ne konča',
    'calls asked for in the CRM':
      'Številka, na katero sodelavec klikne v vašem sistemu CRM, dokler je njegov telefon ne pokliče',
    'call notes': 'Kar vaši sodelavci zapišejo o klicu, in izid, ki ga izberejo',
    'notes under way': 'Isto, dokler se klic ne konča',
    'persons being made':
      'Ime in številka osebe, ki jo sodelavec iz klica vnese v vaš CRM, dokler ju CRM nima; nato le še, da je bilo to storjeno',
    'follow-ups':
      'Klicatelji brez odgovora, ki jih mora še kdo od vas poklicati nazaj: za kateri neodgovorjeni klic gre, kdo naj pokliče in opravilo v vašem sistemu CRM',
    'numbers left out': 'Številke, katerih klicev vaš skrbnik ne želi v sistemu CRM',
    'contact mirror': 'Osebe iz vašega sistema CRM: imena, telefonske številke in imena njihovih podjetij',
    'dial counts':
      'Kolikokrat je kateri od vaših sodelavcev v zadnji uri zahteval klic; ne pa, koga je klical',
    'open deals':
      'Od poslov in možnih strank v vašem sistemu CRM samo, kateri so odprti in čigavi so; brez naslova in vrednosti',
    users: 'Vaši sodelavci, ki se prijavljajo: oznaka v sistemu CRM, ime, interna številka in nastavitve',
    'extensions of users': 'Katera interna številka je čigava',
    'telephones of users':
      'Kateri telefon vaše telefonske centrale je čigav: njegova oznaka tam in interna številka; tamkajšnja imena in e-poštni naslovi se primerjajo in nikoli ne hranijo',
    lines: 'Številke vašega podjetja, kakor jih vodi vaša telefonska centrala, in pri kom katera zvoni',
    'access to the phone system':
      'Žetoni, s katerimi v vaši telefonski centrali delujemo v imenu vsakega od vaših sodelavcev, ki je to dovolil',
    agreements: 'Kdo od vas je sprejel to pogodbo in kdaj',
    'own numbers': 'Lastne telefonske številke vašega podjetja',
    'connection settings': 'Naslovi in podatki za dostop, ki jih vnesete za svojo telefonsko centralo',
    installations: 'Žetoni, s katerimi delujemo v vašem sistemu CRM',
    'hook secrets': 'Skrivni ključi, s katerimi vaša sistema dokažeta, kdo sta',
    portals: 'Kateri portal je vaš CRM in skrivni ključ, s katerim dokaže, da z nami govori prav on',
    erasures:
      'Da je bil nekdo izbrisan, kdaj, kdo je to zahteval, koliko je bilo odstranjeno in kdo je bil obveščen; kaj je treba izbrisati v vašem sistemu CRM, z oznako, dokler tega tam ne izbrišemo, če pa to tam izbrišejo vaši ljudje sami, tako dolgo kot sam zapis',
    'erased people':
      'S skrivnim ključem izračunane zgoščene vrednosti, ki preprečijo, da bi se izbrisana številka ali oseba vrnila; številke ali imena iz njih ne more prebrati nihče',
    'documents of the organization':
      'Kar vaši skrbniki dodajo vaši evidenci dejavnosti obdelave in kdo od vas je odobril katero njeno različico',
    corrections:
      'Da je bilo nekaj o osebi popravljeno, kdaj, kdo je to zahteval, v katerih poljih in kdo je bil obveščen; oznake v vašem sistemu CRM, dokler nimajo vsi pravilnega podatka, če pa to tam popravijo vaši ljudje sami, tako dolgo kot sam zapis',
    'corrections under way': 'Kaj je bilo napačno in kaj je prav, dokler tega nima vaš CRM, največ sedem dni',
  },
}
