import { withoutCapital } from './in-sentence.ts'
import { joined } from './joined.ts'
import type { FearedUse, PolicyWords } from './policy-words.ts'

export const en: PolicyWords = {
  title: (phone, crm) =>
    crm
      ? `Privacy policy of Ringfence for ${phone ? `${phone} with ${crm}` : crm}`
      : 'Privacy policy of Ringfence',
  about: 'The app',
  aboutFields: {
    operator: 'Operator',
    seat: 'Seat of the operator',
    contact: 'Contact of the operator',
    representative: 'Representative of the operator',
    officer: 'Data protection officer of the operator',
    phones: 'Phone systems',
    crms: 'CRMs',
    policies: 'Other policies',
    backups: 'Age of backups',
    notice: 'Notice before a version that allows more',
  },
  roleFields: {
    operator: 'Operator',
    seat: 'Seat',
    contact: 'Contact',
    representative: 'Representative in the Union',
    officer: 'Data protection officer',
  },
  fields: {
    subjects: 'About whom',
    sealed: 'Data kept encrypted',
    hashed: 'Data kept as a hash',
    clear: 'Data kept readable',
    purposes: 'Purpose',
    ground: 'Legal basis',
    keep: 'Kept',
    ends: 'Deleted when',
    recipients: 'Who receives it',
    source: 'Where it comes from',
    role: 'Controller',
    database: 'Where it is stored',
    region: 'Place',
    sealedBy: 'Encryption',
  },
  headings: {
    scope: 'What this policy covers',
    roles: 'Who is responsible',
    data: 'Which data, what for and for how long',
    purposes: 'What the data is used for, and what it is never used for',
    interests: 'Legitimate interests, and how they were weighed',
    recordings: 'Recordings of calls',
    recipients: 'Who receives data',
    place: 'Where data is kept',
    protection: 'How data is protected',
    ending: 'How data is deleted',
    rights: 'Your rights, and whom to ask',
    objection: 'Your right to object',
    complaint: 'Complaints',
    obligation: 'Must data be given?',
    decisions: 'Automated decisions',
    consent: 'Use is not consent',
    policies: 'Other policies',
    versions: 'Versions of this policy',
  },
  sentences: {
    scope: {
      what: 'Ringfence (“the app”) connects the phone system of a company with its CRM, the system in which the company keeps its customers and contacts. It shows who is calling and logs each call in the CRM. This policy covers the personal data that this installation of the app processes for that purpose, and no other data.',
      not: 'It does not cover what the phone system and the CRM do with personal data themselves. They are services of others, used by the company under contracts of its own; each has its own policy. A call that was logged stays in the CRM under the company’s own rules.',
      terms:
        'In this policy “the organization” is the company that uses the app, “users” are the people who work for it and sign in to the app, “the operator” is whoever runs this installation, and “GDPR” is Regulation (EU) 2016/679.',
    },
    roles: {
      controller:
        'The controller (Art. 4(7) GDPR) is the organization: it decides whose calls are handled, and what for. Its name and contact, its representative and its data protection officer, where it has them, are in its own privacy notice.',
      operator: ({ operatorNamed }) =>
        operatorNamed
          ? 'This installation is run by the operator:'
          : 'The operator of this installation has not named itself here; ask the organization who it is.',
      processor:
        'The operator processes the data for the organization as its processor (Art. 4(8) and 28 GDPR), on the basis of the agreement that the organization accepts before anything is copied.',
      operatorKinds:
        'The operator is itself the controller of the following categories of data, which it needs in order to run the installation:',
    },
    data: {
      all: 'This is all the personal data that the app keeps. The list is made from the same declarations that the databases, the deletion and the network obey: the program does not start if a database could hold personal data that is not on it.',
      source:
        'Most of this data does not come from the people themselves but from the phone system and the CRM; its source is named with each category. Nothing is taken from publicly accessible sources.',
      device:
        'On a user’s device the app stores a cookie that keeps the user signed in, for twelve hours at most, and a second one for a quarter of an hour while a connection is being set up. Both are strictly necessary (Art. 5(3) of Directive 2002/58/EC) and serve nothing else. The address from which a request comes (IP address) is held in memory only, to limit the number of requests; the app neither stores nor logs it.',
    },
    purposes: {
      inUse:
        'Each category of data is used only for the purposes named with it. They are taken from a closed list, of which these are in use, and no others:',
      newPurpose:
        'Before data is used for a new purpose, the people concerned are informed of it (Art. 13(3) and 14(4) GDPR): a new purpose makes a new version of this policy and is announced as described under “Versions of this policy”. Whoever is the controller informs where more is needed.',
      reading:
        'Data about contacts, calls and users is in the database of their organization. Before it reads anything there, the app has to state the purpose, and the database itself refuses data that is not meant for that purpose. Only the deletion of data and the checks of what is kept are exempt.',
      never: ({ never }) =>
        `None of these purposes is ${joined(
          never.map((use) => uses[use]),
          ' or ',
        )}: the app does not use data for that.`,
    },
    interests: {
      kinds: 'These categories of data are processed for a legitimate interest, which is named with each:',
      weighed:
        'This is, in short, how these interests were weighed against those of the people concerned. The organization has to check it against its own case; ask it for the whole assessment.',
      none: 'Not applicable: nothing here is processed for a legitimate interest.',
    },
    recordings: {
      attach:
        'Only where an administrator of the organization chose it does the app attach the recording of a call to that call in the CRM. It passes the recording on piece by piece as it comes from the phone system and keeps nothing of it, neither in a database nor in a file. How long a recording is kept in the CRM and in the phone system, and whether calls may be recorded at all, is for the organization to see to.',
      refer:
        'A CRM that takes no recordings from the app, such as Bitrix24, is referred to them; then they do not pass through the app. Only where an administrator of the organization chose it does the app either tell the CRM where it can fetch a copy of its own, or put a link there that leads to the recording in the phone system, at each click and only for those who may hear it. Until that is done, only the phone system’s id of the recording or that link is kept; the address of the recording itself is asked for when it is needed and never kept. How long a recording is kept in the CRM and in the phone system, and whether calls may be recorded at all, is for the organization to see to.',
      none: 'Not applicable: with this phone system and this CRM the app does nothing with recordings.',
    },
    recipients: {
      these: 'The app sends data to these recipients, and to nobody else:',
      refused:
        'The program refuses a request to any other address and puts the attempt on record. Whoever hosts the operator’s servers holds the databases too: see “Where data is kept”.',
    },
    place: {
      hosted: ({ hosting: { name, country }, region }) =>
        `The app keeps data on the servers of this installation, which are within this region: ${region}. ${
          name === undefined
            ? `${country ? `They are in this country: ${country}. ` : ''}The operator has not said here whose servers they are; ask the operator.`
            : `They are run by ${name}${country ? ` (${country})` : ''}.`
        }`,
      outside:
        'A recipient that is outside this region, or whose place is not known, receives data only where the operator has put the ground for it on record: a contract with a company within the region, an adequacy decision (Art. 45 GDPR), or standard contractual clauses (Art. 46(2)(c) GDPR) with an assessment. Otherwise the program refuses the request. Where each recipient is now, and on which ground it receives data, is stated in this list:',
      list: 'Sub-processors and recipients, with country and ground',
      vendors:
        'Whether the phone system and the CRM process data outside the European Economic Area, and on which adequacy decision or safeguard, is stated in their own policies. The organization has the contracts with them.',
      copy: 'You can obtain a copy of the safeguards: from the operator, of those under which the app itself sends data; from the organization, of those in its contracts with the phone system and the CRM.',
    },
    protection: {
      sealed:
        'What is stated above as kept encrypted is encrypted with AES-256-GCM before it reaches a database, with keys that lie outside the databases. What has to be found again but need not be read is kept as a hash, a value calculated from it; for telephone numbers with a secret key. Such data is pseudonymised, and so still personal data.',
      apart:
        'Each organization has a database and keys of its own. A user sees the calls that concern them, and all calls only where an administrator allows it. Log files of the app hold no names, numbers or addresses.',
    },
    ending: {
      end: 'From the moment its time is over, the app shows data to nobody. If it has a key of its own, that key is destroyed; the data is deleted, and in the following night what is left of it is removed from the database files.',
      backups: ({ backups }) =>
        backups === undefined
          ? 'The app makes no backups. In a backup that the operator makes of the databases, what was encrypted with a destroyed key stays unreadable; all other values, and a user’s name while the organization goes on using the app, stay in it until the operator deletes it.'
          : `Every night the app makes an encrypted backup of its databases, without the keys that open the data in them. A backup is deleted after ${backups} at the latest, and its own key is destroyed with it. What was encrypted with a destroyed key is unreadable in backups too from then on; other values, and a user’s name while the organization goes on using the app, stay in them until then. When a backup is restored, everything that was erased or uninstalled since it was made is removed again before anybody is let in.`,
      receipt: 'After an uninstall a receipt remains. It says what was removed and when, and names nobody.',
    },
    rights: {
      intro: 'Under the conditions of the law you have these rights:',
      who: 'Address the organization that you telephoned with or that you work for: it is the controller. The operator helps it and passes on a request that reaches the operator, but does not answer in its place. The organization answers free of charge, unless a request is manifestly unfounded or excessive, and within one month; where a request is complex or there are many, it may take two months longer, if it tells you so, with the reasons, within the first (Art. 12(3) and (5) GDPR).',
      operator:
        'For the data of which the operator is the controller, address the operator; the same holds for its answers.',
      correcting: 'A name or number is corrected in the CRM, from which the app takes it over.',
    },
    objection: {
      right:
        'You may object at any time, on grounds that arise from your particular situation, to the processing of data about you for a legitimate interest (Art. 21(1) GDPR). Address the organization. It then has to stop, unless it shows compelling legitimate grounds that override your interests, rights and freedoms, or needs the data for the establishment, exercise or defence of legal claims.',
      none: 'Not applicable: nothing here is processed for a legitimate interest.',
    },
    complaint: {
      rule: 'You may complain to a data protection supervisory authority, in particular in the country where you live, where you work, or where you think the law was broken (Art. 77 GDPR). For the organization, the authority of the country in which it is established is competent; in Germany, that of the federal state.',
      list: 'The authorities of all countries of the European Economic Area',
      authority: ({ authority, country }) =>
        authority
          ? `For the operator${country ? ` (${country})` : ''} this authority is competent: ${authority.name}, ${authority.url}.`
          : 'The operator has not said here which authority is competent for it; ask the operator.',
      court: 'You may also go to court (Art. 79 GDPR).',
    },
    obligation: {
      callers:
        'No law and no contract asks callers to give data to the app: who withholds their number is shown and logged as a caller with a withheld number.',
      users:
        'Users have to sign in through the CRM, because the app works for people whom the organization has in its CRM. No law and no contract of theirs with the operator asks for it; but without it, and without the data named above, the app cannot show them calls.',
      others:
        'Whoever accepts the agreement or approves a document is recorded with it, because it takes no effect without somebody who answers for it. Nobody has to enter an address for notices; without one, the organization is told in the app only.',
    },
    decisions: {
      none: 'Not applicable: the app takes no decision about a person by automated means alone, and does no profiling (Art. 22 GDPR). It shows and logs calls; it gives nobody a score or a rank.',
    },
    consent: {
      never:
        'Using the app, signing in, calling, or reading this policy is never taken as consent to anything. Nothing named here rests on consent, so there is no consent to withdraw.',
      agreement:
        'When an administrator accepts the agreement on processing for the organization, that is a contract between the organization and the operator, and no consent of any person. If the organization asks callers or staff for a consent of its own, for instance to recording, it is withdrawn with the organization, at any time and as easily as it was given; what was done until then stays lawful.',
    },
    policies: { own: 'The services that the app connects have their own policies:' },
    versions: {
      each: 'Each change of this policy makes a new version, with the date on which it was put in force and with the list of what changed. A version applies from that date. Earlier versions stay readable, and which version each organization used, and since when, is on record and shown to its users in the app.',
      announced: ({ notice }) =>
        `A version that allows more than the one in force – a new category of data or purpose, another recipient, a longer time, less protection – is announced ${notice} ahead, at the top of this policy, in the app, and by mail at the addresses that the organization has entered for it; nothing of what is new in it is done before. The app decides by comparing the declarations whether a version allows more.`,
    },
  },
  rights: {
    access: 'to know whether data about you is processed, and to receive a copy of it (access, Art. 15 GDPR)',
    rectification: 'to have inaccurate data corrected and incomplete data completed (rectification, Art. 16)',
    erasure: 'to have data erased (erasure, Art. 17)',
    restriction: 'to have its processing restricted (restriction, Art. 18)',
    portability:
      'to receive data you provided, in a structured, commonly used and machine-readable form, where it is processed on a contract with you (portability, Art. 20)',
  },
  noRepresentative: ({ established }) =>
    established
      ? 'not applicable: the operator is established in the European Economic Area (Art. 27 GDPR)'
      : 'none is named here',
  noOfficer: 'none is named here',
  nobody: 'nobody',
  area: 'the European Economic Area',
  unnamed: 'not named',
  atHosts: (recipient, hosts) => `${recipient} (${hosts.join(', ')})`,
  atConnection: (recipient) => `${recipient} (at the address that the organization entered)`,
  atMailServer: (recipient) => `${recipient} (the relay that the operator uses for mail)`,
  nowhereKnown: 'country not known',
  policyOf: (vendor) => `Privacy policy for ${vendor}`,
  noAddress: (vendor) => `${vendor}: its own policy, as ${vendor} publishes it`,
  changes: {
    inSentence: withoutCapital,
    newKind: (kind) => `New category of data: ${kind}.`,
    goneKind: (kind) => `No longer kept: ${kind}.`,
    replaced: (kind, field, from, to) => `${kind} – ${field}: until now “${from}”, now “${to}”.`,
    added: (kind, field, what) => `${kind} – ${field}: new “${what}”.`,
    removed: (kind, field, what) => `${kind} – ${field}: no longer “${what}”.`,
    newSection: (heading) => `New section: “${heading}”.`,
    goneSection: (heading) => `Section removed: “${heading}”.`,
    reworded: (what) => `Worded differently: “${what}”.`,
    rewordedElsewhere: 'Only the wording in another language was changed, or which part is about which app.',
    newLanguages: (names) => `Now also in: ${names}.`,
    goneLanguages: (names) => `No longer in: ${names}.`,
  },
}

const uses: Record<FearedUse, string> = {
  analytics: 'analytics',
  marketing: 'marketing',
  profiling: 'profiling',
}
