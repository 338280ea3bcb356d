import {
  chmod,
  cp,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  symlink,
  truncate,
  writeFile,
} from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect } from 'vitest'
import { inForce } from '../../policy/index.ts'
import type { Company } from '../../testing/company.ts'
import type { Hub } from '../../testing/hub.ts'
import { it as test } from '../../testing/it.ts'
import { until } from '../../testing/until.ts'
import { personHash } from '../contacts/erased.ts'
import { findByNumber } from '../contacts/find-by-number.ts'
import { storeContacts } from '../contacts/store-contacts.ts'
import { mirrorOf } from '../crms/mirror-row.ts'
import { failureOf } from '../failure.ts'
import { Directories, finderOf } from '../organizations/directory.ts'
import type { Organization } from '../organizations/organization.ts'
import { ada, eraseAda } from '../privacy/erase.fixture.ts'
import { headerOf } from '../privacy/seals.ts'
import { exported, folder, imported, readArchive, rewritten, withoutIds } from './archives.fixture.ts'
import { companyFilledEverywhere } from './filled-everywhere.fixture.ts'
import { queueUnfinished } from './unfinished.ts'

/** One company, its export and what was made of it, for all tests of this file. */
const it = test.extend<{
  $file: { acme: Company; archive: string; again: Awaited<ReturnType<typeof imported>> }
}>({
  acme: [({ hub }, use) => companyFilledEverywhere(hub).then(use), { scope: 'file' }],
  archive: [
    async ({ hub, acme }, use) => {
      const at = await mkdtemp(join(tmpdir(), 'ringfence-archive-'))
      await use(await exported(hub, await acme.organization(), join(at, 'new')))
      await rm(at, { recursive: true })
    },
    { scope: 'file' },
  ],
  again: [({ hub, archive }, use) => imported(hub, archive, 'Acme again').then(use), { scope: 'file' }],
})

const refusal = async (work: Promise<unknown>): Promise<string> => {
  const failure = failureOf(
    await work.then(
      () => undefined,
      (error: unknown) => error,
    ),
  )
  return failure?.code === 'setting' ? failure.sentence : `no refusal, but ${failure?.code}`
}

/** Every organization there is, and the files of the keys of each; other tests have databases on the same server. */
const organizationsOf = (hub: Hub): Promise<unknown> =>
  Promise.all([hub.databases.organizations(), readdir(hub.app.settings.keysFolder)])

const rows = <R extends object>(organization: Organization, sql: string) =>
  organization.transaction((db) => db.rows<R>(sql), 'owner')

describe('an organization that is exported', () => {
  it('is the same after it was imported, in every column', async ({ hub, archive, again }) => {
    const before = await readArchive(archive)
    const empty = before.manifest.files
      .filter(({ returns }) => returns)
      .flatMap(({ table, columns }) =>
        columns.flatMap((column) => {
          const field = column.replace(/_sealed$/, '')
          const holds = (before.lines.get(table) ?? []).some(
            (line) => (line[field] ?? undefined) !== undefined,
          )
          return holds ? [] : [`${table}.${column}`]
        }),
      )
    expect(empty).toEqual([])

    const after = await readArchive(await exported(hub, again.whole))

    expect(again.leftOut).toEqual({ timeOver: 0, erased: 0, unknowable: 0, withThem: 0 })
    expect(withoutIds(after)).toEqual(withoutIds(before))
    expect({ ...after.manifest.organization, id: '', name: '', createdAt: '' }).toEqual({
      ...before.manifest.organization,
      id: '',
      name: '',
      createdAt: '',
    })
  })

  it('holds every kind of data that is declared, and says of each why, from whom and how long', async ({
    archive,
  }) => {
    const { manifest } = await readArchive(archive)
    // The record of breaches, and who approved documents, is the operator's own.
    const declared = inForce().kinds.filter(({ kind }) => !['breach record', 'approvers'].includes(kind))
    expect(manifest.kinds.map(({ kind }) => kind)).toEqual(declared.map(({ kind }) => kind))
    const said = new Set([
      ...manifest.kinds.flatMap((kind) => kind.fields),
      ...Object.keys(manifest.notCarried),
    ])
    const missing = declared
      .flatMap(({ columns }) => Object.keys(columns))
      .filter((name) => {
        const [table = '', column = ''] = name.split('.')
        const place = `data/${table}.jsonl: `
        return ![`${place}${column}`, `${place}${column.replace(/_sealed$/, '')}`, name, table].some((one) =>
          said.has(one),
        )
      })
    expect(missing).toEqual([])
    for (const { name, purposes, ground, from, kept, about } of manifest.kinds)
      expect([name, ...purposes, ground, from, kept, ...about].filter((word) => word.length < 3)).toEqual([])
  })

  it('is readable, fits its published schemas, and holds no credential', async ({ acme, archive }) => {
    const { manifest, lines } = await readArchive(archive)
    const ajv = new Ajv2020({ strict: false, validateFormats: false })
    for (const { table, schema, path } of manifest.files) {
      const check = ajv.compile(JSON.parse(await readFile(join(archive, schema), 'utf8')) as object)
      const wrong = (lines.get(table) ?? []).filter((line) => !check(line))
      expect({ path, wrong }).toEqual({ path, wrong: [] })
      expect((await stat(join(archive, path))).mode & 0o777).toBe(0o600)
    }
    const all = (
      await Promise.all(manifest.files.map(({ path }) => readFile(join(archive, path), 'utf8')))
    ).join('')
    const call = lines.get('calls')?.find(({ state }) => state === 'ended')
    expect(call).toMatchObject({ facts: { firstArrival: expect.stringMatching(/^20\d\d-.*Z$/) } })
    for (const word of [
      'Ada Lovelace',
      '+442079460123',
      'Hyacinth Thursby',
      'blue hyacinths',
      'privacy@hyacinth',
    ])
      expect(all).toContain(word)
    for (const secret of [
      acme.secret,
      'hyacinth-refresh',
      'hyacinth-portal',
      acme.hookUrl.split('/').at(-1) ?? '',
    ])
      expect(all).not.toContain(secret)
  })

  it('goes into no folder that is not empty, or that others may read', async ({ hub, acme }) => {
    const at = await folder()
    const organization = await acme.organization()
    const exportTo = (to: string) => refusal(exported(hub, organization, to))
    await mkdir(join(at, 'full', 'data'), { recursive: true, mode: 0o700 })
    await mkdir(join(at, 'open'))
    await chmod(join(at, 'open'), 0o755)
    await writeFile(join(at, 'file'), '')
    expect(await exportTo(join(at, 'full'))).toContain('is not empty')
    expect(await exportTo(join(at, 'open'))).toContain('chmod 700')
    expect(await exportTo(join(at, 'file'))).toContain('this is a file')
    expect(await readdir(join(at, 'open'))).toEqual([])
  })
})

describe('an organization that was imported', () => {
  it('knows its callers, and takes what the CRM tells next for the people it has', async ({
    hub,
    again: { whole },
  }) => {
    const directory = await new Directories(hub.app.phones).of(whole)
    const who = () =>
      whole.transaction(
        (db) =>
          findByNumber(db, finderOf(whole, directory), {
            kind: 'e164',
            e164: ada as never,
            country: undefined,
          }),
        'identify the caller',
      )
    expect(await who()).toEqual([
      expect.objectContaining({ name: 'Ada Lovelace', company: 'Analytical Engines Ltd.' }),
    ])

    const crm = [...directory.connections.values()].find(({ side }) => side === 'crm')?.id ?? ''
    const [known] = await who()
    const contact = {
      externalId: known?.externalId ?? '',
      name: 'Ada King',
      numbers: [ada],
      shared: true,
      updatedAt: new Date(),
      companyExternalId: undefined,
      ownerExternalId: undefined,
    }
    await whole.transaction(
      (db) => storeContacts(db, mirrorOf(whole, crm), [contact as never]),
      'identify the caller',
    )
    expect((await who()).map(({ name }) => name)).toEqual(['Ada King'])
  })

  it('keeps away whom it had erased, where the CRM still has them by an id', async ({ archive, again }) => {
    const { whole, notKeptAway } = again
    const told = (await readArchive(archive)).lines.get('erasure_recipients')?.[0]
    const [block] = await rows<{ hash: Buffer; connection_id: string }>(
      whole,
      'select e.hash, r.connection_id from erased e join erasure_recipients r on r.erasure_id = e.erasure_id',
    )
    const hash = personHash(whole.keys, block?.connection_id ?? '', String(told?.['external_id']))
    expect(block?.hash.equals(hash)).toBe(true)
    expect(notKeptAway).toBe(0)
  })

  it('goes on with what it had not finished, as soon as its CRM is there', async ({
    hub,
    again: { whole },
  }) => {
    const asked = 'select state, reason from new_persons'
    expect(await rows(whole, asked)).toEqual([expect.objectContaining({ state: 'waiting' })])
    expect(await queueUnfinished(hub.app.jobs, whole)).toBeGreaterThan(0)
    await until('its job has found no CRM', async () => {
      const [row] = await rows<{ reason: string }>(whole, asked)
      return row?.reason === 'not-installed'
    })
  })

  it('keeps every end it had: nothing is kept an hour longer than before', async ({
    acme,
    again: { whole },
  }) => {
    const organization = await acme.organization()
    const ends = async (of: Organization) => {
      const calls = await rows<{ facts_sealed: Buffer; expires_at: Date; arrival: string }>(
        of,
        'select facts_sealed, expires_at, arrival from calls order by arrival',
      )
      return calls.map(({ facts_sealed, expires_at, arrival }) => {
        const header = headerOf(facts_sealed)
        return { arrival, expires_at, by: header?.class, hour: header?.number }
      })
    }
    expect(await ends(whole)).toEqual(await ends(organization))
    expect((await ends(whole)).map(({ by }) => by)).toEqual(['call hour', 'arrival hour', 'call hour'])
  })

  it('is sealed under hours of which this installation had no key, and lacks what had its time', async ({
    hub,
    archive,
  }) => {
    const from = await copyOf(archive)
    const { lines } = await readArchive(from)
    const over = lines.get('call_notes')?.find(({ sent }) => sent !== null)?.['id']
    const days = (back: number) => (at: unknown) =>
      new Date(Date.parse(String(at)) - back * 24 * 3_600_000).toISOString()
    await rewritten(from, 'calls', (line) => {
      if (line['state'] !== 'ended') return line
      const earlier = days(line['id'] === over ? 30 : 3)
      const facts = line['facts'] as Record<string, unknown>
      const key = line['facts_key'] as Record<string, unknown>
      return {
        ...line,
        facts: { ...facts, endBase: earlier(facts['endBase']), firstArrival: earlier(facts['firstArrival']) },
        facts_key: { ...key, hour: earlier(key['hour']) },
        expires_at: earlier(line['expires_at']).replace('Z', '+00:00'),
      }
    })
    const { whole, leftOut } = await imported(hub, from)
    expect(leftOut).toMatchObject({ timeOver: 1, erased: 0, unknowable: 0 })
    expect(leftOut.withThem).toBeGreaterThan(0)
    const ends = (await readArchive(await exported(hub, whole))).lines
      .get('calls')
      ?.map((line) => line['expires_at'])
    expect(ends).toHaveLength(2)
    expect(ends?.filter((at) => Date.parse(String(at)) < Date.now() + 5 * 24 * 3_600_000)).toHaveLength(2)
    expect(await rows(whole, 'select 1 from call_notes')).toHaveLength(
      (lines.get('call_notes')?.length ?? 0) - 1,
    )
  })

  it('brings names back that a database’s JSON cannot hold', async ({ hub, archive }) => {
    const from = await copyOf(archive)
    await rewritten(from, 'persons', (line) => ({ ...line, name: 'Ada\0\u202eLovelace' }))
    const { whole } = await imported(hub, from)
    const { lines } = await readArchive(await exported(hub, whole))
    expect(new Set(lines.get('persons')?.map(({ name }) => name))).toEqual(new Set(['Ada\0\u202eLovelace']))
  })

  it('lacks who was erased since the export, and keeps them away', async ({ hub }) => {
    const acme = await hub.given.organization()
    const person = await acme.given.person({ name: 'Ada Lovelace', number: ada })
    await acme.given.person({ name: 'Ben Barnaby', number: '+442079460124' })
    const from = await exported(hub, await acme.organization())
    await eraseAda(hub, acme)

    const { leftOut, whole } = await imported(hub, from)
    expect(leftOut).toEqual({ timeOver: 0, erased: 1, unknowable: 0, withThem: 1 })
    const [crm] = await rows<{ id: string }>(whole, `select id from connections where side = 'crm'`)
    const told = { externalId: String(person.id), name: 'Ada Lovelace', numbers: [ada], shared: true }
    await whole.transaction(
      (db) =>
        storeContacts(db, mirrorOf(whole, crm?.id ?? ''), [{ ...told, updatedAt: new Date(0) } as never]),
      'identify the caller',
    )
    const { lines } = await readArchive(await exported(hub, whole))
    expect(lines.get('persons')?.map(({ name }) => name)).toEqual(['Ben Barnaby'])

    // without the keys by which the ledger knows them nobody can be left out
    await hub.app.organizations.delete(acme.id)
    expect(await refusal(imported(hub, from))).toContain('People were erased after this export was made')
  })

  it('is none when the archive is damaged, cut short or foreign, or does not fit: nothing is left of it', async ({
    hub,
    archive,
    again: _,
  }) => {
    const before = await organizationsOf(hub)
    const refused = async (spoil: (at: string) => Promise<unknown>) => {
      const at = await copyOf(archive)
      await spoil(at)
      return refusal(imported(hub, at))
    }
    const calls = (at: string) => join(at, 'data/calls.jsonl')
    const flipped = async (at: string) => {
      const bytes = await readFile(calls(at))
      bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1
      await writeFile(calls(at), bytes)
    }
    const sentences = [
      await refused(flipped),
      await refused(async (at) => truncate(calls(at), (await stat(calls(at))).size - 10)),
      await refused((at) => rm(calls(at))),
      await refused((at) => rm(join(at, 'manifest.json'))),
      // links lead out of it, and of two files of one table only one would be taken in
      await refused((at) => linked(at, 'data/calls.jsonl')),
      await refused((at) => linked(at, 'data')),
      await refused((at) => linked(at, 'manifest.json')),
      await refused((at) =>
        manifestWith(at, ({ files, ...manifest }) => ({
          ...manifest,
          files: [...(files as object[]), ...(files as object[])],
        })),
      ),
      await refused((at) => truncate(join(at, 'manifest.json'), 200)),
      await refused((at) => manifestWith(at, () => ({ hello: 'world' }))),
      await refused((at) => manifestWith(at, (manifest) => ({ ...manifest, version: 2 }))),
      await refused((at) => manifestWith(at, (manifest) => ({ ...manifest, more: 1 }))),
      await refused((at) => rewritten(at, 'calls', (line) => ({ ...line, facts: { knowledge: 7 } }))),
      await refused((at) =>
        rewritten(at, 'call_notes', (line) => ({ ...line, note: { text: '', mood: 1 } })),
      ),
      await refused((at) =>
        rewritten(at, 'calls', (line) => ({ ...line, expires_at: '2099-01-01T00:00:00+00:00' })),
      ),
      // the last table of all: everything else was taken in by then
      await refused((at) => rewritten(at, 'call_logs', (line) => ({ ...line, state: 'posted' }))),
    ]
    expect(sentences).toContainEqual(expect.stringContaining('kept longer than the policy lets them'))
    for (const sentence of sentences) expect(sentence).toMatch(/^.{20,120} Nothing was changed\.$/)
    expect(new Set(sentences).size).toBeGreaterThanOrEqual(8)
    expect(await organizationsOf(hub)).toEqual(before)
  })
})

/** Moves a part of it away, and puts a link in its place. */
async function linked(at: string, part: string): Promise<void> {
  const away = join(await folder(), 'away')
  await rename(join(at, part), away)
  await symlink(away, join(at, part))
}

async function copyOf(archive: string): Promise<string> {
  const at = join(await folder(), 'copy')
  await cp(archive, at, { recursive: true })
  return at
}

async function manifestWith(
  at: string,
  change: (manifest: Record<string, unknown>) => unknown,
): Promise<void> {
  const path = join(at, 'manifest.json')
  const manifest = JSON.parse(await readFile(path, 'utf8')) as Record<string, unknown>
  await writeFile(path, JSON.stringify(change(manifest)))
}
