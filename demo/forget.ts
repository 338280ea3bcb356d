import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Db } from '../server/database/transaction.ts'
import type { DeskState, JournalPage } from '../server/http/shapes.ts'
import { type Installation, openInstallation } from '../server/installation.ts'
import { hourOf, type SealedHeader } from '../server/keys/index.ts'
import { createLog } from '../server/log.ts'
import type { Organization } from '../server/organizations/organization.ts'
import { checkPolicy, checkSeals, untouched } from '../server/privacy/check-policy.ts'
import { type KeyReading, readKeys } from '../server/privacy/key-reading.ts'
import { moveClock } from '../server/privacy/move-clock.ts'
import { purge } from '../server/privacy/purge.ts'
import { sealedRows } from '../server/privacy/sealed-rows.ts'
import type { Searched } from '../server/privacy/search-files.ts'
import { readSettings, type Settings } from '../server/settings.ts'
import type { BrowserSession } from './browser-session.ts'
import { type Count, Evidence, type Leap } from './evidence.ts'
import {
  bringTheNight,
  leapDays,
  rewritesWaiting,
  rowsOver,
  shortLived,
  sweepEnded,
  withCluster,
} from './observe.ts'
import {
  plantBreach,
  plantCalls,
  plantCorrection,
  plantDocuments,
  plantPortal,
  plantRules,
  plantSpooled,
  plantTelephones,
} from './plant.ts'
import type { ServerProcess } from './processes.ts'

export interface Forgotten {
  /** everything that was checked holds */
  ok: boolean
  /** files searched at the end, and how many million bytes they held */
  files: number
  megabytes: number
  /** names, numbers and secrets that were looked for in clear, in every search */
  words: number
  callsReadableBefore: number
  callsReadableAfter: number
  namesReadableBefore: number
  namesReadableAfter: number
  /** sealed values of calls whose bytes stand in the write-ahead log after the night; no key is left for them */
  callsLeftInLog: number
  failed: string[]
}

const dayMs = 86_400_000
const callClasses = ['arrival hour', 'call hour'] as const
const mirrorClasses = ['mirror bucket'] as const

/**
 * The proof that Ringfence forgets, on what a day of the demo left behind: reads every byte on the disk before and after
 * eight days have passed, with the keys that are there at each moment.
 */
export async function rehearseForgetting(options: {
  server: ServerProcess
  env: Readonly<Record<string, string>>
  /** the word that the stand-in vendors wove into every name */
  needle: string
  signIn(): Promise<BrowserSession>
  say(text: string): void
}): Promise<Forgotten> {
  return new Rehearsal(options).run()
}

class Rehearsal {
  readonly #server: ServerProcess
  readonly #settings: Settings
  readonly #needle: string
  readonly #signIn: () => Promise<BrowserSession>
  readonly #say: (text: string) => void
  readonly #failed: string[] = []

  constructor(options: Parameters<typeof rehearseForgetting>[0]) {
    this.#server = options.server
    this.#settings = readSettings({ ...process.env, ...options.env })
    this.#needle = options.needle
    this.#signIn = options.signIn
    this.#say = options.say
  }

  async run(): Promise<Forgotten> {
    if (this.#settings.databaseUrl !== undefined)
      throw new Error('--forget reads the files of the database: unset DATABASE_URL, so that they are here.')
    this.#say('Does it forget? First the policy itself.')
    await checkPolicy((sentence, holds) => this.#check(sentence, holds), { types: true })

    this.#say('Before: what could be read.')
    const shown = await this.#callsShown()
    this.#check(`a signed-in user is shown ${shown.length} calls`, shown.length > 0)
    await this.#server.stop()
    const evidence = await this.#plantAndRead()
    const before = await evidence.search(this.#places())
    const yesterday = await this.#keys()
    const readable = this.#readBefore(evidence, before)

    this.#say('Eight days later.')
    evidence.leapt(await this.#moveEightDays())
    await this.#server.start()
    await this.#swept()
    await this.#shownNothing(shown)
    await this.#server.stop()
    const calls = await this.#readSwept(evidence, await evidence.search(this.#places()), yesterday)

    this.#say('The night after.')
    await this.#server.start()
    await this.#rewritten()
    await this.#server.stop()
    const disk = await evidence.search(this.#places())
    const leftInLog = await this.#readRewritten(evidence, disk)

    this.#say('The last user of the company uninstalls.')
    await this.#uninstall()
    const end = await evidence.search(this.#places())
    await this.#readOldDisk(evidence, disk, yesterday)
    const names = await this.#readAfterUninstall(evidence, end)

    this.#say(
      this.#failed.length === 0 ? 'It forgets.' : `It does NOT forget: ${this.#failed.length} checks failed.`,
    )
    return {
      ok: this.#failed.length === 0,
      files: end.files,
      megabytes: Math.round(end.bytes / 1e6),
      words: evidence.words.size,
      callsReadableBefore: readable.calls,
      callsReadableAfter: calls.readable,
      namesReadableBefore: readable.names,
      namesReadableAfter: names.readable,
      callsLeftInLog: leftInLog,
      failed: this.#failed,
    }
  }

  #check(sentence: string, holds: boolean): void {
    if (!holds) this.#failed.push(sentence)
    this.#say(`  ${holds ? 'yes' : 'NO '}  ${sentence}`)
  }

  #places() {
    const { dataFolder, keysFolder, keysCopyFolder } = this.#settings
    return { dataFolder, keysFolder, keysCopyFolder }
  }

  #keys(folder = this.#settings.keysFolder): Promise<KeyReading> {
    return readKeys(folder, this.#settings.masterKey)
  }

  async #callsShown(): Promise<string[]> {
    const session = await this.#signIn()
    const { calls } = await session.call<JournalPage>('GET', '/api/v1/calls?limit=500')
    return calls.map((call) => call.id)
  }

  async #opened<T>(work: (installation: Installation, organizations: Organization[]) => Promise<T>) {
    const installation = await openInstallation(this.#settings, createLog('silent'))
    try {
      return await work(installation, await installation.organizations.list())
    } finally {
      await installation.close()
    }
  }

  /** What a day may not leave behind is added by the server's own functions: a call under way, an ended one, the spool. */
  async #plantAndRead(): Promise<Evidence> {
    const rows = await this.#opened(async (installation, organizations) => {
      const [organization] = organizations
      if (!organization) throw new Error('There is no organization to rehearse with.')
      await plantCalls(organization, Date.now())
      await plantRules(organization)
      await plantCorrection(organization)
      await plantBreach(installation, organization)
      await plantDocuments(installation, organization)
      await plantTelephones(organization, installation)
      await plantPortal(organization, installation)
      await plantSpooled(organization, installation.ring, this.#settings.dataFolder)
      await checkSeals(installation, (sentence, holds) => this.#check(sentence, holds))
      return sealedRows(installation, this.#settings.dataFolder)
    })
    return new Evidence(rows, await this.#keys(), this.#needle)
  }

  #readBefore(evidence: Evidence, searched: Searched): { calls: number; names: number } {
    const calls = evidence.count(searched, { by: callClasses })
    const names = evidence.count(searched, { by: mirrorClasses, column: 'persons.name_sealed' })
    const inLog = evidence.count(searched, { by: callClasses, where: 'write-ahead log' })
    const inSpool = evidence.count(searched, { by: callClasses, where: 'spool' })
    const named = (column: string) =>
      evidence.rowsIn(column).filter((row) => evidence.textOf(row)?.includes(this.#needle)).length
    const unopened = evidence.rows.filter((row) => evidence.textOf(row) === undefined).length
    this.#check(
      `${calls.readable} sealed call facts stand in the files and open with the keys`,
      calls.readable === callClasses.flatMap((by) => evidence.rowsOf(by)).length,
    )
    this.#check(
      `${inLog.readable} of them in the write-ahead log too, one in the spool`,
      inLog.readable > 0 && inSpool.readable === 1,
    )
    this.#check(
      `${names.readable} names of persons stand in the files and open with the keys`,
      names.readable > 0,
    )
    this.#check(
      `the planted word is in ${named('persons.name_sealed')} of those names, and in ${named('users.name_sealed')} of users`,
      named('persons.name_sealed') > 0 && named('users.name_sealed') > 0,
    )
    this.#check('every sealed value of the databases opens in its place', unopened === 0)
    this.#nothingInClear(evidence, searched)
    return { calls: calls.readable, names: names.readable }
  }

  #nothingInClear(evidence: Evidence, searched: Searched): void {
    const places = [...new Set(searched.words.map((found) => `${found.where}: ${found.path}`))]
    this.#check(
      `none of ${evidence.words.size} names, numbers and secrets, nor any key, stands in clear in ${searched.files} files (${Math.round(searched.bytes / 1e6)} MB)` +
        (places.length > 0 ? ` — found in ${places.slice(0, 3).join(', ')}` : ''),
      places.length === 0,
    )
  }

  /** With the clock moved and nothing swept yet: the rows are all there, and nobody who can log in sees one. */
  async #moveEightDays(): Promise<Leap> {
    const now = Date.now()
    await this.#opened(async (installation, organizations) => {
      const rows = await rowsOver(installation.cluster, organizations)
      this.#check('no call has had its time yet', rows.over === 0)
      await moveClock(installation, leapDays * dayMs)
      const moved = await rowsOver(installation.cluster, organizations)
      this.#check(
        `the time of all ${moved.rows} rows of calls is over, and they are still there`,
        moved.rows > 0 && moved.over === moved.rows,
      )
      for (const role of ['show calls to the people they are for', 'officer'] as const) {
        let visible = 0
        for (const organization of organizations) {
          for (const table of shortLived())
            visible += await organization.transaction((db) => visibleIn(db, table), role)
        }
        this.#check(
          `row security hides every one of them from ${role === 'officer' ? 'the role "officer"' : `whoever is to ${role}`}`,
          visible === 0,
        )
      }
    })
    // A call's end may be told a day late, and a call over a full hour reaches back one more.
    return { after: hourOf(new Date(now)) + 1, before: hourOf(new Date(now + leapDays * dayMs)) - 25 }
  }

  /** The server does it by itself; here it is only watched. */
  async #swept(): Promise<void> {
    await withCluster(this.#settings, async (cluster) => {
      this.#check('the sweep deleted every row whose time is over', await until(() => sweepEnded(cluster)))
      this.#check(
        'and ordered a rewrite for the night, where it deleted',
        (await rewritesWaiting(cluster)) > 0,
      )
    })
    const spool = join(this.#settings.dataFolder, 'spool')
    const empty = await until(async () => (await readdir(spool)).length === 0)
    this.#check('what waited in the spool is gone', empty)
  }

  async #rewritten(): Promise<void> {
    await withCluster(this.#settings, async (cluster) => {
      await bringTheNight(cluster)
      const done = await until(async () => (await rewritesWaiting(cluster)) === 0)
      this.#check('the rewrite has run', done)
    })
  }

  async #shownNothing(before: readonly string[]): Promise<void> {
    const session = await this.#signIn()
    const { calls } = await session.call<JournalPage>('GET', '/api/v1/calls?limit=500')
    const desk = await session.call<DeskState>('GET', '/api/v1/desk')
    const [id = ''] = before
    const one = await session.call('GET', `/api/v1/calls/${id}`).then(
      () => true,
      (error: unknown) => !String(error).includes('answered 404'),
    )
    this.#check(
      'the server shows no call any more, not in the journal, not on the desk, not by its id',
      calls.length + desk.calls.length === 0 && !one,
    )
  }

  /** E1 and E2: the bytes are still there, and no key is. */
  async #readSwept(evidence: Evidence, searched: Searched, yesterday: KeyReading): Promise<Count> {
    const now = await this.#keys()
    const calls = evidence.count(searched, { by: callClasses }, now)
    const withOldKeys = evidence.count(searched, { by: callClasses }, yesterday)
    const persons = evidence.count(searched, { by: mirrorClasses, column: 'persons.name_sealed' }, now)
    const headers = callClasses.flatMap((by) => evidence.rowsOf(by))
    this.#check(
      `the bytes of ${calls.values} call facts still stand in the files; ${withOldKeys.readable} would open with the keys of before`,
      withOldKeys.readable > 0,
    )
    this.#check(
      `with the keys of now none opens, and for none is there a key${calls.keyed.length > 0 ? ` — but for ${calls.keyed.slice(0, 3).join(', ')}` : ''}`,
      calls.readable === 0 && calls.withKey === 0,
    )
    this.#check('their keys are gone from the key folder', this.#noneLeft(headers, now))
    const { keysCopyFolder } = this.#settings
    if (keysCopyFolder !== undefined)
      this.#check('and from its second copy', this.#noneLeft(headers, await this.#keys(keysCopyFolder)))
    this.#check(
      `names of contacts, which are kept while the app is installed, still open (${persons.readable})`,
      persons.readable > 0,
    )
    this.#nothingInClear(evidence, searched)
    return calls
  }

  /** E3: the bytes are gone too. */
  async #readRewritten(evidence: Evidence, searched: Searched): Promise<number> {
    const log = evidence.count(searched, { by: callClasses, where: 'write-ahead log' }).values
    const everywhere = evidence.count(searched, { by: callClasses }).values
    this.#check(
      `no byte of call facts is left in table files and spool (${everywhere - log} left)`,
      everywhere === log,
    )
    this.#check(`nor in the write-ahead log (${log} left)`, log === 0)
    this.#nothingInClear(evidence, searched)
    return log
  }

  #noneLeft(rows: { row: { organizationId: string }; header: SealedHeader }[], keys: KeyReading): boolean {
    return rows.length > 0 && !rows.some(({ row, header }) => keys.has(row.organizationId, header))
  }

  async #uninstall(): Promise<void> {
    await this.#opened(async (installation, organizations) => {
      for (const organization of organizations) {
        const crms = await organization.transaction(
          (db) => db.rows<{ id: string }>(`select id from connections where side = 'crm' order by id`),
          'connect the systems',
        )
        for (const { id } of crms)
          await purge(installation, organization, { end: 'uninstall by the last user', connectionId: id })
        await endKeys(installation, organization)
        const left = await untouched(installation, organization)
        this.#check(
          `no row is left of what ends with the last uninstall${left.length > 0 ? ` — but in ${left.join(', ')}` : ''}`,
          left.length === 0,
        )
      }
    })
  }

  /** What somebody has who copied the disk the day before, a backup for instance: the bytes of then, the keys of now. */
  async #readOldDisk(evidence: Evidence, disk: Searched, yesterday: KeyReading): Promise<void> {
    const now = await this.#keys()
    const then = evidence.count(disk, { by: mirrorClasses }, yesterday)
    const still = evidence.count(disk, { by: mirrorClasses }, now)
    const users = evidence.count(disk, { by: ['organization'], column: 'users.name_sealed' }, now)
    this.#check(
      `in a copy of the disk from before, ${then.readable} names, numbers and companies would open with the keys of then, none with those of now`,
      then.readable > 0 && still.readable === 0 && still.withKey === 0,
    )
    this.#say(
      `       In such a copy ${users.readable} names of users still open: the organization’s own key lives until it is deleted.`,
    )
  }

  async #readAfterUninstall(evidence: Evidence, searched: Searched): Promise<Count> {
    const now = await this.#keys()
    const mirror = evidence.count(searched, { by: mirrorClasses }, now)
    const tables = evidence.count(searched, { by: mirrorClasses, where: 'table files' }, now)
    const users = evidence.count(searched, { by: ['organization'], column: 'users.name_sealed' }, now)
    const tokens = evidence.count(
      searched,
      { by: ['organization'], column: 'installations.tokens_sealed' },
      now,
    )
    this.#check(
      `no name, number or company of the mirror opens any more (${mirror.values} values’ bytes are left, ${mirror.withKey} of them with a key)`,
      mirror.readable === 0 && mirror.withKey === 0,
    )
    const { keysCopyFolder } = this.#settings
    if (keysCopyFolder !== undefined)
      this.#check(
        'nor with the second copy of the keys',
        evidence.count(searched, { by: mirrorClasses }, await this.#keys(keysCopyFolder)).withKey === 0,
      )
    this.#check(`their bytes are gone from the table files (${tables.values} left)`, tables.values === 0)
    this.#check(
      `users’ names and tokens open nowhere on the disk any more (${users.readable + tokens.readable} left)`,
      users.readable + tokens.readable === 0,
    )
    this.#nothingInClear(evidence, searched)
    return evidence.count(searched, { by: mirrorClasses, column: 'persons.name_sealed' }, now)
  }
}

/** A server has phone systems forget it first, with which an access by an administrator's key ends; here nobody is asked. */
function endKeys({ cluster }: Installation, { id }: Organization): Promise<unknown> {
  return cluster.control.transaction((db) =>
    db.rows('delete from phone_accesses where organization_id = $1 and user_id is null', [id]),
  )
}

/** Rows that the role of this transaction sees; of a table that it may not read, none. */
async function visibleIn(db: Db, table: string): Promise<number> {
  const may = await db.row<{ may: boolean }>(`select has_table_privilege($1, 'select') as may`, [table])
  return may?.may ? (await db.rows(`select 1 from ${table}`)).length : 0
}

/** Asks every quarter of a second, for a minute at most. */
async function until(holds: () => Promise<boolean>): Promise<boolean> {
  for (let tries = 0; tries < 240; tries += 1) {
    if (await holds()) return true
    await sleep(250)
  }
  return false
}
