import { randomUUID } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import { failed } from '../failure.ts'
import { backupKeyList } from './backup-keys.ts'
import type { KeyRing } from './contract.ts'
import { writeDurably } from './durable-files.ts'
import { endsLedger } from './ends-ledger.ts'
import { erasureLedger } from './erasure-ledger.ts'
import { hourClasses, planHours } from './hours.ts'
import { expectApart } from './key-folders.ts'
import { KeyRingOnDisk } from './key-ring.ts'
import { makeMasterKeyFile, parseMasterKey, readMasterKeyFile } from './master-key.ts'
import { filesOf, holdsRing, type RingPlace, readRing } from './read-ring.ts'
import { freshOrganization, sealAndWipe } from './ring-changes.ts'
import { FreshKeys, packRing, ringFileName } from './ring-content.ts'
import { evenOutList } from './sealed-list.ts'
import { bringCopyUp, expectWritable, removeRubbish } from './second-copy.ts'
import { fileLock, type WriterLock } from './writer-lock.ts'

export interface KeyRingOptions {
  /** RINGFENCE_KEYS */
  folder: string
  /** RINGFENCE_KEYS_COPY; must exist */
  copyFolder?: string | undefined
  /** RINGFENCE_DATA: neither folder may lie in it */
  dataFolder?: string | undefined
  /** RINGFENCE_MASTER_KEY: 32 bytes in hexadecimal or base64; without it the file `master.key` in the folder */
  masterKey?: string | undefined
  /** `never` where the control database remembers a ring */
  create: 'only when empty' | 'never'
  /** for the first hour keys of a ring that is made */
  now: Date
  /** The same lock for every process that shares the folder; by default files in the folder. */
  lock?: WriterLock | undefined
}

/**
 * Opens the key ring, completes what a killed process left half done, and brings the second copy up. Hour keys of an
 * existing ring are left alone: call `tendHours` before the first event is taken in, and at every full hour.
 *
 * @throws RingfenceError `setting` with one sentence for the operator; `busy` when another process holds the lock
 */
export async function openKeyRing(options: KeyRingOptions): Promise<KeyRing> {
  const { folder, copyFolder } = options
  await expectApart(options)
  const given = options.masterKey === undefined ? undefined : parseMasterKey(options.masterKey)
  if (!holdsRing(folder).ring) expectMayMake(options)
  if (copyFolder !== undefined) await expectWritable(copyFolder)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const lock = options.lock ?? fileLock(folder)
  return await lock(async () => {
    const exists = holdsRing(folder).ring // looked at again: another process may just have made it
    if (!exists) expectMayMake(options)
    const masterKey =
      given ?? (await readMasterKeyFile(folder)) ?? (exists ? refuseNoKey() : await makeMasterKeyFile(folder))
    const place = { folder, masterKey }
    if (!exists) await makeRing(place, options.now)
    const state = readRing(place)
    await removeRubbish(folder, filesOf(state.content))
    if (copyFolder !== undefined) await bringCopyUp(place, copyFolder, { state, compare: 'bytes' })
    const lists = { ...place, copyFolder, ring: state.content.id }
    await evenOutList(lists, erasureLedger)
    await evenOutList(lists, endsLedger)
    await evenOutList(lists, backupKeyList)
    return new KeyRingOnDisk({ ...place, copyFolder, lock }, state)
  })
}

/**
 * The ring as it lies in the folder, for whoever only looks: nothing is completed, brought up or removed.
 * @throws RingfenceError `setting` with one sentence; `undeclared` when anybody would change it after all
 */
export async function readKeyRing(
  options: Pick<KeyRingOptions, 'folder' | 'copyFolder' | 'masterKey'>,
): Promise<KeyRing> {
  const { folder, copyFolder } = options
  if (!holdsRing(folder).ring) refuse('The key folder holds no key ring: put the newest keys there.')
  const masterKey =
    options.masterKey === undefined ? await readMasterKeyFile(folder) : parseMasterKey(options.masterKey)
  const place = { folder, masterKey: masterKey ?? refuseNoKey() }
  const lock: WriterLock = async () => failed({ code: 'undeclared', what: 'a change of keys' })
  return new KeyRingOnDisk({ ...place, copyFolder, lock }, readRing(place))
}

/** A ring is made once in the life of an installation. Anything that looks as if there had been one stops it. */
function expectMayMake(options: KeyRingOptions): void {
  const copy = options.copyFolder === undefined ? undefined : holdsRing(options.copyFolder)
  if (copy?.ring || copy?.organizations) {
    refuse(
      'The key folder holds no key ring but its second copy does: copy the second copy into the key folder.',
    )
  }
  if (holdsRing(options.folder).organizations) {
    refuse(
      'The file ring.json is missing in the key folder: put the newest keys back, all files of one moment.',
    )
  }
  if (options.create === 'never') {
    refuse('The key folder holds no key ring although the databases are sealed: put the newest keys back.')
  }
}

async function makeRing(place: RingPlace, now: Date): Promise<void> {
  const fresh = new FreshKeys()
  const [arrival, call] = hourClasses.map((of) => {
    const { make } = planHours(of, new Map(), { now, hoursAhead: 72 })
    return new Map(make.map((hour) => [hour, fresh.make()]))
  })
  const id = randomUUID()
  const content = packRing({
    id,
    version: 1,
    hours: { 'arrival hour': arrival ?? new Map(), 'call hour': call ?? new Map() },
    installation: freshOrganization('', fresh),
    organizations: new Map(),
  })
  fresh.wipe()
  const ring = sealAndWipe(place.masterKey, id, { name: ringFileName, content })
  await writeDurably(place.folder, ringFileName, ring)
}

const refuse = (sentence: string): never => failed({ code: 'setting', name: 'RINGFENCE_KEYS', sentence })

function refuseNoKey(): never {
  return failed({
    code: 'setting',
    name: 'RINGFENCE_MASTER_KEY',
    sentence: 'The key folder has no file master.key: give the master key the ring was made with.',
  })
}
