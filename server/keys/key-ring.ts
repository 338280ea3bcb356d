import { failed } from '../failure.ts'
import { type BackupKey, backupKeyList } from './backup-keys.ts'
import type { KeyRing, OrganizationKeys } from './contract.ts'
import { DerivedKeys } from './derived-keys.ts'
import { writeDurably } from './durable-files.ts'
import { type EndEntry, endsLedger } from './ends-ledger.ts'
import { type ErasureEntry, erasureLedger } from './erasure-ledger.ts'
import { hourClasses, planHours } from './hours.ts'
import { OrganizationKeysOfRing } from './organization-keys.ts'
import {
  FolderWatch,
  filesOf,
  type RingPlace,
  type RingState,
  readRing,
  readRingBesideWriters,
} from './read-ring.ts'
import {
  type Change,
  destroyedMirror,
  destroyedOrganization,
  destroyedRetiring,
  madeMirror,
  madeOrganization,
  renewed,
  sealChange,
  tendedHours,
} from './ring-changes.ts'
import { FreshKeys, type OrganizationContent, ringFileName } from './ring-content.ts'
import { changeList, readList, type SealedList } from './sealed-list.ts'
import { bringCopyUp, removeRubbish } from './second-copy.ts'
import type { WriterLock } from './writer-lock.ts'

const mostHoursAhead = 31 * 24
const lookEveryMs = 1_000
/** Enough for one busy organization's 256 buckets and 290 hours, or a dozen; each entry takes some 300 bytes. */
const derivedKept = 4_096

export interface RingSettings extends RingPlace {
  copyFolder?: string | undefined
  lock: WriterLock
}

/**
 * The ring in memory and on disk. Memory only ever holds what was read from disk: a change is sealed, written, and then
 * read back like one of another process, so there is one way in which a key comes and one in which it goes.
 *
 * Once a second, and whenever a key is missing, it looks whether another process has changed the folder. So a key that
 * another process destroyed stays in this one's memory for a second at most.
 */
export class KeyRingOnDisk implements KeyRing {
  readonly id: string
  readonly #settings: RingSettings
  readonly #derived = new DerivedKeys(derivedKept)
  readonly #watch: FolderWatch
  readonly #looking: NodeJS.Timeout
  #version: number
  #state: RingState | undefined
  #writing: Promise<unknown> = Promise.resolve()

  constructor(settings: RingSettings, state: RingState) {
    this.#settings = settings
    this.#state = state
    this.id = state.content.id
    this.#version = state.content.version
    this.#watch = new FolderWatch(settings.folder)
    this.#looking = setInterval(() => this.#refresh(), lookEveryMs)
    this.#looking.unref()
  }

  get version(): number {
    return this.#version
  }

  get installation(): OrganizationKeys {
    return this.#keysOf('', () => this.#state?.content.installation)
  }

  organization(id: string): OrganizationKeys {
    return this.#keysOf(id, () => this.#state?.organizations.get(id))
  }

  hasOrganization(id: string): boolean {
    this.#refresh()
    return this.#state?.organizations.has(id) === true
  }

  async makeOrganization(id: string): Promise<OrganizationKeys> {
    if (id === '') failed({ code: 'invalid-input', field: 'organization', rule: 'not empty' })
    await this.#change((state, fresh) => madeOrganization(state, id, fresh))
    return this.organization(id)
  }

  async destroyOrganization(id: string): Promise<void> {
    await this.#change((state) => destroyedOrganization(state, id))
  }

  async tendHours(
    now: Date,
    hoursAhead = 72,
    { everyLiving = false } = {},
  ): Promise<{ made: number; destroyed: number }> {
    if (!Number.isInteger(hoursAhead) || hoursAhead < 0 || hoursAhead > mostHoursAhead) {
      failed({ code: 'invalid-input', field: 'hoursAhead', rule: `0 to ${mostHoursAhead}` })
    }
    let made = 0
    let destroyed = 0
    await this.#change((state, fresh) => {
      const plans = hourClasses.map((of) => ({
        of,
        ...planHours(of, state.content.hours[of], { now, hoursAhead, everyLiving }),
      }))
      made = plans.reduce((sum, plan) => sum + plan.make.length, 0)
      destroyed = plans.reduce((sum, plan) => sum + plan.destroy.length, 0)
      return made + destroyed > 0 ? tendedHours(state, plans, fresh) : undefined
    })
    return { made, destroyed }
  }

  /** Waits for a write under way, then forgets every key. */
  async close(): Promise<void> {
    clearInterval(this.#looking)
    await this.#writing
    const state = this.#state
    this.#state = undefined
    this.#derived.dropAll()
    if (!state) return
    state.content.block.fill(0)
    for (const organization of state.organizations.values()) organization.block.fill(0)
    this.#settings.masterKey.fill(0)
  }

  refresh(): boolean {
    return this.#refresh()
  }

  erasures(): ErasureEntry[] {
    return this.#list(erasureLedger)
  }

  recordErasure(entry: ErasureEntry): Promise<void> {
    return this.#changeList(erasureLedger, (known) => added(known, entry))
  }

  ends(): EndEntry[] {
    return this.#list(endsLedger)
  }

  recordEnd(entry: EndEntry, { forgetBefore }: { forgetBefore: Date }): Promise<void> {
    return this.#changeList(endsLedger, (known) => added(known.filter(since(forgetBefore)), entry))
  }

  backupKeys(): BackupKey[] {
    return this.#list(backupKeyList)
  }

  addBackupKey(key: BackupKey): Promise<void> {
    return this.#changeList(backupKeyList, (known) => added(known, key))
  }

  async destroyBackupKeys({ madeBefore }: { madeBefore: Date }): Promise<number> {
    const all = this.backupKeys()
    const kept = all.filter(since(madeBefore))
    if (kept.length < all.length)
      await this.#changeList(backupKeyList, (known) => known.filter(since(madeBefore)))
    return all.length - kept.length
  }

  #list<Entry extends { id: string; at: string }>(list: SealedList<Entry>): Entry[] {
    return readList({ ...this.#settings, ring: this.id }, list)
  }

  async #changeList<Entry extends { id: string; at: string }>(
    list: SealedList<Entry>,
    change: (entries: readonly Entry[]) => readonly Entry[],
  ): Promise<void> {
    const done = this.#writing.then(() =>
      this.#settings.lock(() => changeList({ ...this.#settings, ring: this.id }, list, change)),
    )
    this.#writing = done.catch(() => undefined)
    await done
  }

  #keysOf(id: string, find: () => OrganizationContent | undefined): OrganizationKeys {
    const expectThere = () => find() ?? failed({ code: 'unreadable', what: 'organization key' })
    return new OrganizationKeysOfRing(id, {
      find,
      hours: () => this.#state?.content.hours,
      derived: this.#derived,
      refresh: () => this.#refresh(),
      makeMirror: (mirror) => this.#change((_, fresh) => madeMirror(expectThere(), mirror, fresh)),
      destroyMirror: (mirror) => this.#change(() => destroyedMirror(find(), mirror)),
      renew: (keys) =>
        this.#change((state, fresh) => renewed(state.content.hours, expectThere(), keys, fresh)),
      destroyRetiring: () => this.#change(() => destroyedRetiring(find())),
    })
  }

  /**
   * The one way to write. What `decide` wants is sealed before anything is awaited, because reading the ring again may
   * wipe the memory its keys lie in. Without a change the copy is still brought up: whoever repeats a step that failed
   * half way gets it completed.
   */
  #change(decide: (state: RingState, fresh: FreshKeys) => Change | undefined): Promise<void> {
    const write = async () => {
      const state = this.#readAgain()
      const fresh = new FreshKeys()
      const change = decide(state, fresh)
      const sealed = change && sealChange(this.#settings.masterKey, state, change)
      fresh.wipe()
      if (sealed) {
        const { folder } = this.#settings
        if (sealed.organization)
          await writeDurably(folder, sealed.organization.name, sealed.organization.bytes)
        await writeDurably(folder, ringFileName, sealed.ring)
      }
      await this.#complete(this.#readAgain())
    }
    const done = this.#writing.then(() => {
      if (!this.#state) failed({ code: 'unreadable', what: 'key ring' })
      return this.#settings.lock(write)
    })
    this.#writing = done.catch(() => undefined) // the caller has the failure; the next writer starts from the disk
    return done
  }

  async #complete(state: RingState): Promise<void> {
    const { folder, copyFolder } = this.#settings
    await removeRubbish(folder, filesOf(state.content))
    if (copyFolder !== undefined) await bringCopyUp(this.#settings, copyFolder, { state, compare: 'names' })
  }

  /** Only under the lock. */
  #readAgain(): RingState {
    const state = readRing(this.#settings, this.#state)
    this.#take(state)
    return state
  }

  #refresh(): boolean {
    const before = this.#state
    if (!before) return false
    try {
      if (!this.#watch.mayHaveChanged()) return false
      this.#take(readRingBesideWriters(this.#settings, before))
    } catch {
      // The folder is away or wrong. What is in memory still serves; the next write or start says what is wrong.
      return false
    }
    return this.#state !== before
  }

  /** Everything that is not in the ring any more goes from memory here. */
  #take(next: RingState): void {
    const before = this.#state
    if (!before || next === before) return
    if (next.content.id !== this.id) {
      refuse('The key folder now holds another key ring: put the newest keys back and start again.')
    }
    if (next.content.version < this.#version) {
      refuse('The key folder now holds an older key ring: put the newest keys back and start again.')
    }
    this.#state = next
    this.#version = next.content.version
    for (const [id, organization] of before.organizations) {
      if (next.organizations.get(id) === organization) continue
      this.#derived.dropOrganization(id)
      organization.block.fill(0)
    }
    for (const of of hourClasses) {
      for (const [hour, key] of before.content.hours[of]) {
        if (!next.content.hours[of].get(hour)?.equals(key)) this.#derived.dropHour(of, hour)
      }
    }
    this.#derived.dropOrganization('') // the installation's own keys came anew with ring.json
    before.content.block.fill(0)
  }
}

/** Written again it changes nothing. */
const added = <Entry extends { id: string }>(known: readonly Entry[], entry: Entry): Entry[] =>
  known.some(({ id }) => id === entry.id) ? [...known] : [...known, entry]

const since =
  (instant: Date) =>
  ({ at }: { at: string }): boolean =>
    at >= instant.toISOString()

const refuse = (sentence: string): never => failed({ code: 'setting', name: 'RINGFENCE_KEYS', sentence })
