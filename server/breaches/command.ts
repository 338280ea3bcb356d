import { readFile } from 'node:fs/promises'
import type { z } from 'zod'
import { failed } from '../failure.ts'
import type { Installation } from '../installation.ts'
import { Jobs } from '../jobs/jobs.ts'
import { vocabularies } from '../privacy/words/words.ts'
import { type Affected, affectedBy } from './affected.ts'
import { breachFacts, clocksOf, moreFacts, type Reach, reach } from './facts.ts'
import { noticesOfBreach } from './notices.ts'
import { notify } from './notify.ts'
import { Breaches } from './record.ts'
import { summaryOf } from './summary.ts'

/** What was typed after `ringfence breach`. */
export interface BreachWish {
  what: string | undefined
  file: string | undefined
  breach: string | undefined
  reason: string | undefined
  from: string | undefined
  to: string | undefined
  org: string | undefined
  account: string | undefined
  connection: string | undefined
  table: string | undefined
}

export interface Told {
  json: unknown
  text: string
  /** organizations that have something new to see */
  organizations: readonly string[]
}

/** `ringfence breach …`: what the operator does on the day it happens, beside a running server or without one. */
export async function breachCommand(installation: Installation, wish: BreachWish): Promise<Told> {
  const breaches = new Breaches(installation)
  switch (wish.what) {
    case 'record':
      return record(breaches, wish)
    case 'affected': {
      const within = wish.breach === undefined ? reachIn(wish) : (await breaches.get(wish.breach)).facts.reach
      const affected = await affectedBy(installation, within)
      return { json: { affected }, text: linesOf(affected), organizations: [] }
    }
    case 'notify': {
      const organizations: string[] = []
      const done = await notify(
        {
          ...installation,
          breaches,
          jobs: new Jobs(installation.cluster, installation.log),
          told: (organizationId) => organizations.push(organizationId),
        },
        needed(wish, 'breach'),
      )
      const kind = done.number === 1 ? 'notice' : `follow-up ${done.number - 1}`
      const text = `Told ${done.organizations} organizations (${kind}). Mail goes out while a server runs; "breach show" says what arrived.`
      return { json: done, text, organizations }
    }
    case 'close':
      await breaches.close(needed(wish, 'breach'), needed(wish, 'reason'))
      return { json: { closed: wish.breach }, text: 'Closed, with its reason on record.', organizations: [] }
    case 'list': {
      const list = await Promise.all((await breaches.list()).map((one) => summaryOf(installation, one)))
      const text = list
        .map(
          (one) => `${one.id}  known ${one.known}  ${stateOf(one)}  ${one.what.split('\n')[0]?.slice(0, 80)}`,
        )
        .join('\n')
      return { json: list, text: text || 'No breach is on record.', organizations: [] }
    }
    case 'show':
      return show(installation, breaches, needed(wish, 'breach'))
    default:
      return failed({
        code: 'setting',
        name: 'command',
        sentence:
          'ringfence breach record, affected, notify, close, list or show: ringfence --help shows how.',
      })
  }
}

async function record(breaches: Breaches, wish: BreachWish): Promise<Told> {
  if (wish.breach !== undefined) {
    await breaches.addFacts(wish.breach, await readFacts(wish.file, moreFacts))
    const text = `Added to the record. Tell those affected: ringfence breach notify --breach ${wish.breach}`
    return { json: { id: wish.breach }, text, organizations: [] }
  }
  const facts = await readFacts(wish.file, breachFacts)
  const id = await breaches.record(facts)
  const { organizationsBy, authorityBy } = clocksOf(facts)
  return {
    json: { id, organizationsBy, authorityBy },
    text: [
      `Recorded: ${id}`,
      `Tell the organizations by ${organizationsBy}: ringfence breach notify --breach ${id}`,
      `72 hours are over at ${authorityBy}.`,
    ].join('\n'),
    organizations: [],
  }
}

async function show(installation: Installation, breaches: Breaches, id: string): Promise<Told> {
  const breach = await breaches.get(id)
  const summary = await summaryOf(installation, breach)
  const notices = await noticesOfBreach(installation.cluster, id)
  const text = [
    `${id}  known ${summary.known}  ${stateOf(summary)}`,
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
  return { json: { ...summary, entries: breach.entries, states: notices }, text, organizations: [] }
}

function stateOf({
  closed,
  notices,
  mailed,
  shown,
  organizationsBy,
}: Awaited<ReturnType<typeof summaryOf>>): string {
  if (closed) return 'closed'
  if (notices > 0) return `told: ${notices} notices, ${mailed} mailed, ${shown} opened`
  const hours = Math.floor((Date.parse(organizationsBy) - Date.now()) / 3_600_000)
  return hours >= 0 ? `NOBODY TOLD YET, ${hours} h left` : `NOBODY TOLD YET, ${-hours} h too late`
}

function linesOf(affected: readonly Affected[]): string {
  const { kinds: names, subjects: groups } = vocabularies.en
  const lines = affected.map((one) =>
    [
      one.organization + (one.counted ? '' : '  (its database could not be read: no numbers)'),
      ...one.kinds.map(
        ({ kind, records }) =>
          `  ${names[kind as keyof typeof names]?.name ?? kind}: ${records ?? 'not counted by itself'}`,
      ),
      ...Object.entries(one.subjects).map(
        ([group, number]) => `  ${groups[group as keyof typeof groups]}: ${number ?? 'not counted'}`,
      ),
    ].join('\n'),
  )
  return [...lines, `${affected.length} organizations affected`].join('\n')
}

function reachIn(wish: BreachWish): Reach {
  const { from, to, org, account, connection, table } = wish
  const instant = (text: string) => new Date(text).toISOString()
  const said = {
    ...(from === undefined ? {} : { from: Number.isNaN(Date.parse(from)) ? from : instant(from) }),
    ...(to === undefined ? {} : { to: Number.isNaN(Date.parse(to)) ? to : instant(to) }),
    ...(org === undefined ? {} : { organizations: org.split(',') }),
    ...(account === undefined ? {} : { account }),
    ...(connection === undefined ? {} : { connection }),
    ...(table === undefined ? {} : { tables: table.split(',') }),
  }
  return readAs(reach, said, 'breach affected')
}

async function readFacts<T extends z.ZodType>(file: string | undefined, as: T): Promise<z.output<T>> {
  if (file === undefined)
    return failed({
      code: 'setting',
      name: 'breach record',
      sentence: 'Name the file with what is known: breach record FILE. docs/guide/breach.md shows one.',
    })
  const text = await readFile(file, 'utf8').catch(() => undefined)
  let content: unknown
  try {
    content = JSON.parse(text ?? '')
  } catch {
    // told in the next line, without what stands in the file
  }
  if (content === undefined)
    return failed({ code: 'setting', name: 'breach record', sentence: `${file} cannot be read as JSON.` })
  return readAs(as, content, file)
}

function readAs<T extends z.ZodType>(as: T, content: unknown, name: string): z.output<T> {
  const read = as.safeParse(content)
  if (read.success) return read.data
  const [issue] = read.error.issues
  const place = issue?.path.join('.') || 'the whole'
  return failed({
    code: 'setting',
    name,
    sentence: `${name}: "${place}" is not as it has to be (${issue?.code}). docs/guide/breach.md shows how.`,
  })
}

function needed(wish: BreachWish, name: 'breach' | 'reason'): string {
  return (
    wish[name] ??
    failed({ code: 'setting', name, sentence: `--${name} is missing: ringfence --help shows how.` })
  )
}
