import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'

/*
 * One folder for each backup, named by the instant it shows (UTC), with a file for the installation and one for each
 * organization. It is written under another name and renamed when it is whole.
 */
const namePattern = /^(\d{4}-\d\d-\d\dT\d\d)-(\d\d)-(\d\d\.\d{3}Z)$/
const unfinished = '.unfinished'

export const installationFile = 'installation.age'
const organizationPattern = /^organization-([0-9a-f-]{36})\.age$/
export const organizationFile = (id: string): string => `organization-${id}.age`
export const organizationIn = (file: string): string | undefined => organizationPattern.exec(file)?.[1]

export const nameOf = (takenAt: Date): string => takenAt.toISOString().replaceAll(':', '-')
export const unfinishedName = (takenAt: Date): string => nameOf(takenAt) + unfinished

export interface BackupFolder {
  path: string
  takenAt: Date
  /** file names */
  files: string[]
}

/** The backups in a folder, oldest first; whatever else lies there is not looked at. No folder: none. */
export async function listBackups(folder: string): Promise<BackupFolder[]> {
  const found: BackupFolder[] = []
  for (const name of (await namesIn(folder)).sort()) {
    const [, hour, minute, second] = namePattern.exec(name) ?? []
    if (hour === undefined) continue
    const path = join(folder, name)
    const files = await namesOfParts(path)
    found.push({ path, takenAt: new Date(`${hour}:${minute}:${second}`), files })
  }
  return found
}

/** The files of one backup. */
export async function namesOfParts(folder: string): Promise<string[]> {
  return (await namesIn(folder)).filter((name) => name === installationFile || organizationIn(name)).sort()
}

/** A backup of everything; one that was made of a single organization is none. */
export const isWhole = ({ files }: BackupFolder): boolean => files.includes(installationFile)

/** Removes backups that show an earlier instant. @returns how many */
export async function removeOlder(folder: string, than: Date): Promise<number> {
  const old = (await listBackups(folder)).filter(({ takenAt }) => takenAt < than)
  for (const { path } of old) await rm(path, { recursive: true, force: true })
  return old.length
}

/** Removes the files of organizations that are gone. @returns how many */
export async function removeOfGone(folder: string, exists: (id: string) => boolean): Promise<number> {
  let removed = 0
  for (const { path, files } of await listBackups(folder)) {
    for (const file of files) {
      const id = organizationIn(file)
      if (id === undefined || exists(id)) continue
      await rm(join(path, file), { force: true })
      removed += 1
    }
  }
  return removed
}

/** What was cut off half way. Only while nobody else writes there. */
export async function removeUnfinished(folder: string): Promise<void> {
  for (const name of await namesIn(folder))
    if (name.endsWith(unfinished) && namePattern.test(name.slice(0, -unfinished.length)))
      await rm(join(folder, name), { recursive: true, force: true })
}

export async function isFolder(path: string): Promise<boolean> {
  return (await stat(path)).isDirectory()
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder)
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes((error as { code?: string }).code ?? '')) return []
    throw error
  }
}
