import { command, needed, type Told } from '../command.ts'
import type { Installation } from '../installation.ts'
import { Jobs } from '../jobs/jobs.ts'
import { tell, withInstallation } from '../with-installation.ts'
import { affectedBy } from './affected.ts'
import { breachFacts, clocksOf, moreFacts } from './facts.ts'
import { affectedInWords, stateInWords } from './in-words.ts'
import { noticesOfBreach } from './notices.ts'
import { notify } from './notify.ts'
import { Breaches } from './record.ts'
import { summaryOf } from './summary.ts'
import { reachIn, readFacts } from './typed.ts'

/** What the operator does on the day it happens, beside a running server or without one. */
export const breachCommands = {
  'breach record': command({
    help: [['FILE [--breach ID]', 'a breach, or what more is known of it (docs/guide/breach.md)']],
    options: { breach: 'text' },
    run: ({ breach }, file) =>
      withInstallation((installation) => record(new Breaches(installation), { breach, file })),
  }),
  'breach affected': command({
    help: [
      [
        '[--breach ID | --from … --to … --org ID,… --account ID --connection ID --table NAME,…]',
        'which organizations, kinds of data, and how many records and people',
      ],
    ],
    options: {
      breach: 'text',
      from: 'text',
      to: 'text',
      org: 'text',
      account: 'text',
      connection: 'text',
      table: 'text',
    },
    run: ({ breach, ...typed }) =>
      withInstallation(async (installation) => {
        const within =
          breach === undefined ? reachIn(typed) : (await new Breaches(installation).get(breach)).facts.reach
        const affected = await affectedBy(installation, within)
        return { json: { affected }, text: affectedInWords(affected) }
      }),
  }),
  'breach notify': command({
    help: [['--breach ID', 'tells each of them; again: a follow-up with what is known by then']],
    options: { breach: 'text' },
    run: (values) => withInstallation((installation) => notifyAll(installation, needed(values, 'breach'))),
  }),
  'breach close': command({
    help: [['--breach ID --reason …']],
    options: { breach: 'text', reason: 'text' },
    run: (values) =>
      withInstallation(async (installation) => {
        const id = needed(values, 'breach')
        await new Breaches(installation).close(id, needed(values, 'reason'))
        return { json: { closed: id }, text: 'Closed, with its reason on record.' }
      }),
  }),
  'breach list': command({
    help: [['[--json]']],
    options: {},
    run: () => withInstallation(list),
  }),
  'breach show': command({
    help: [['--breach ID [--json]']],
    options: { breach: 'text' },
    run: (values) => withInstallation((installation) => show(installation, needed(values, 'breach'))),
  }),
}

async function record(
  breaches: Breaches,
  { breach, file }: { breach: string | undefined; file: string | undefined },
): Promise<Told> {
  if (breach !== undefined) {
    await breaches.addFacts(breach, await readFacts(file, moreFacts))
    const text = `Added to the record. Tell those affected: ringfence breach notify --breach ${breach}`
    return { json: { id: breach }, text }
  }
  const facts = await readFacts(file, breachFacts)
  const id = await breaches.record(facts)
  const { organizationsBy, authorityBy } = clocksOf(facts)
  return {
    json: { id, organizationsBy, authorityBy },
    text: [
      `Recorded: ${id}`,
      `Tell the organizations by ${organizationsBy}: ringfence breach notify --breach ${id}`,
      `72 hours are over at ${authorityBy}.`,
    ].join('\n'),
  }
}

async function notifyAll(installation: Installation, id: string): Promise<Told> {
  const told: string[] = []
  const done = await notify(
    {
      ...installation,
      breaches: new Breaches(installation),
      jobs: new Jobs(installation.cluster, installation.log),
      told: (organizationId) => told.push(organizationId),
    },
    id,
  )
  await tell(installation, (notices) => {
    for (const organizationId of told) notices.tell({ about: 'notices', organizationId })
  })
  const kind = done.number === 1 ? 'notice' : `follow-up ${done.number - 1}`
  const text = `Told ${done.organizations} organizations (${kind}). Mail goes out while a server runs; "breach show" says what arrived.`
  return { json: done, text }
}

async function list(installation: Installation): Promise<Told> {
  const breaches = await new Breaches(installation).list()
  const summaries = await Promise.all(
    breaches.map(async (one) => summaryOf(one, await noticesOfBreach(installation.cluster, one.id))),
  )
  const text = summaries
    .map(
      (one) =>
        `${one.id}  known ${one.known}  ${stateInWords(one)}  ${one.what.split('\n')[0]?.slice(0, 80)}`,
    )
    .join('\n')
  return { json: summaries, text: text || 'No breach is on record.' }
}

async function show(installation: Installation, id: string): Promise<Told> {
  const breach = await new Breaches(installation).get(id)
  const notices = await noticesOfBreach(installation.cluster, id)
  const summary = summaryOf(breach, notices)
  const text = [
    `${id}  known ${summary.known}  ${stateInWords(summary)}`,
    `Tell the organizations by ${summary.organizationsBy}; 72 hours are over at ${summary.authorityBy}.`,
    breach.genuine
      ? 'The record is whole and signed by this installation.'
      : 'The record is NOT whole: entries are missing or out of their place.',
    ...breach.entries.map(({ signed: { number, at, entry } }) => `${number}. ${at}  ${entry.kind}`),
    ...notices.map(
      (one) =>
        `notice ${one.number}  ${one.organizationId}  made ${one.madeAt.toISOString()}  mail: ${one.mail}${one.mailedAt ? ` ${one.mailedAt.toISOString()}` : ''}${one.shownAt ? `  opened ${one.shownAt.toISOString()}` : ''}`,
    ),
  ].join('\n')
  return { json: { ...summary, entries: breach.entries, states: notices }, text }
}
