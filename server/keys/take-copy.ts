import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { backupKeyList } from './backup-keys.ts'
import { writeDurably } from './durable-files.ts'
import { endsLedger } from './ends-ledger.ts'
import { erasureLedger } from './erasure-ledger.ts'
import { expectApart, type KeyFolders } from './key-folders.ts'
import { masterKeyFileName, parseMasterKey, readMasterKeyFile } from './master-key.ts'
import { filesOf, holdsRing, readIfThere, readRing } from './read-ring.ts'
import { ringFileName } from './ring-content.ts'

/**
 * Puts the second copy into a key folder that is empty, as on a new machine: the ring, its ledgers and the keys of the
 * backups. `ring.json` last, so that a copy that was cut off is no ring. Nobody else may write there meanwhile.
 * @returns whether there was anything to do
 * @throws RingfenceError `setting` when the copy cannot be read with this master key
 */
export async function takeFromCopy(
  options: KeyFolders & { masterKey?: string | undefined },
): Promise<boolean> {
  const { folder, copyFolder } = options
  if (copyFolder === undefined || holdsRing(folder).ring || !holdsRing(copyFolder).ring) return false
  await expectApart(options)
  const masterKey =
    options.masterKey === undefined ? await readMasterKeyFile(copyFolder) : parseMasterKey(options.masterKey)
  if (!masterKey) return false // opening the ring says what is missing
  const { content, organizations } = readRing({ folder: copyFolder, masterKey })
  const names = [...filesOf(content)].filter((name) => name !== ringFileName)
  for (const { block } of [content, ...organizations.values()]) block.fill(0)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const beside = [erasureLedger, endsLedger, backupKeyList].map(({ file }) => file)
  for (const name of [...names, ...beside, masterKeyFileName, ringFileName]) {
    if (readIfThere(join(copyFolder, name)))
      await writeDurably(folder, name, await readFile(join(copyFolder, name)))
  }
  return true
}

export const holdsKeyRing = (folder: string): boolean => holdsRing(folder).ring
