import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { failed } from '../failure.ts'
import { isOwnFile } from './own-file.ts'

export const manifestName = 'manifest.json'
/** Grows when an archive could be misread by a program of before. */
export const formatVersion = 1

const sha256 = z.string().regex(/^[0-9a-f]{64}$/)

const archiveFile = z.strictObject({
  /** the folder's own names: nothing in an archive leads out of it */
  path: z.string().regex(/^data\/[a-z0-9_]{1,63}\.jsonl$/),
  schema: z.string().regex(/^schema\/[a-z0-9_]{1,63}\.json$/),
  table: z.string().regex(/^[a-z0-9_]{1,63}$/),
  columns: z.array(z.string().regex(/^[a-z_0-9]{1,63}$/)).min(1),
  rows: z.int().nonnegative(),
  bytes: z.int().nonnegative(),
  sha256,
  /** false: given out to be read; nothing of it is taken in again */
  returns: z.boolean(),
})
export type ArchiveFile = z.infer<typeof archiveFile>

/** One kind of personal data in the words of the policy, and where it stands in the archive. */
const archivedKind = z.strictObject({
  kind: z.string(),
  name: z.string(),
  about: z.array(z.string()),
  purposes: z.array(z.string()),
  ground: z.string(),
  from: z.string(),
  recipients: z.array(z.string()),
  kept: z.string(),
  /** "data/calls.jsonl: facts" */
  fields: z.array(z.string()),
})
export type ArchivedKind = z.infer<typeof archivedKind>

/** What an archive is: read before anything else of it. */
export const manifest = z.strictObject({
  format: z.literal('ringfence organization'),
  version: z.literal(formatVersion),
  /** what whoever finds it should know */
  notice: z.string(),
  exportedAt: z.iso.datetime(),
  organization: z.strictObject({
    id: z.uuid(),
    name: z.string().min(1).max(200),
    country: z.string().regex(/^[A-Z]{2}$/),
    timeZone: z.string().min(1).max(100),
    language: z.enum(['en', 'cs']),
    createdAt: z.iso.datetime(),
  }),
  /** one for each table: of two with the same name only one would be taken in */
  files: z
    .array(archiveFile)
    .refine((files) => new Set(files.map(({ table }) => table)).size === files.length),
  kinds: z.array(archivedKind),
  /** columns and tables that are not in it or do not return, each with the reason */
  notCarried: z.record(z.string(), z.string()),
  /** rows whose time was over while it was written */
  timeOver: z.int().nonnegative(),
})
export type Manifest = z.infer<typeof manifest>

/** What an archive is refused for, before anything is changed. */
export function refuse(sentence: string): never {
  return failed({ code: 'setting', name: 'archive', sentence: `${sentence} Nothing was changed.` })
}

const anyArchive = z.object({ format: z.literal('ringfence organization'), version: z.int() })

/** @throws RingfenceError `setting` with one sentence: not an archive, cut, or of a later program */
export async function readManifest(folder: string): Promise<Manifest> {
  if (!(await isOwnFile(folder, manifestName)))
    refuse('There is no manifest.json: this is no export of an organization, or it was cut short.')
  const text = await readFile(join(folder, manifestName), 'utf8')
  const content = parsed(text)
  const some = anyArchive.safeParse(content)
  if (!some.success) return refuse('This is no export of an organization, or its manifest.json is damaged.')
  if (some.data.version > formatVersion)
    return refuse('This export was made by a later version of Ringfence: update this one first.')
  const read = manifest.safeParse(content)
  return read.success ? read.data : refuse('The manifest.json of this export is damaged.')
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined // what is no JSON is no manifest: that is the answer
  }
}
