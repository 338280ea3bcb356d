import { createHash } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { Hub } from '../../testing/hub.ts'
import type { Organization } from '../organizations/organization.ts'
import { settingsOf } from './commands.ts'
import { exportOrganization } from './export.ts'
import { type Imported, importOrganization } from './import.ts'
import { type Manifest, readManifest } from './manifest.ts'

export { readManifest as manifestOf } from './manifest.ts'

/** A folder that is gone with the test. */
export async function folder(): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), 'ringfence-archive-'))
  onTestFinished(() => rm(made, { recursive: true, force: true }))
  return made
}

/** @returns the folder of the archive */
export async function exported(hub: Hub, organization: Organization, where?: string): Promise<string> {
  const to = where ?? join(await folder(), 'archive')
  await exportOrganization({ ...hub.app, settingsOf: settingsOf(hub.app) }, organization, to)
  return to
}

export async function imported(
  hub: Hub,
  from: string,
  name?: string,
): Promise<Imported & { whole: Organization }> {
  const made = await importOrganization(hub.app, from, { name })
  return { ...made, whole: await hub.app.organizations.get(made.id) }
}

type Line = Record<string, unknown>

export interface Archive {
  manifest: Manifest
  /** lines by table */
  lines: Map<string, Line[]>
}

export async function readArchive(from: string): Promise<Archive> {
  const manifest = await readManifest(from)
  const lines = new Map<string, Line[]>()
  for (const { path, table } of manifest.files) {
    const text = await readFile(join(from, path), 'utf8')
    lines.set(
      table,
      text
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line) as Line),
    )
  }
  return { manifest, lines }
}

/** Changes the lines of one table, and the manifest with them: what a forger would do, or another program. */
export async function rewritten(from: string, table: string, change: (line: Line) => Line): Promise<void> {
  const { manifest, lines } = await readArchive(from)
  const file = manifest.files.find((one) => one.table === table)
  if (!file) throw new Error(`the archive has no ${table}`)
  const text = (lines.get(table) ?? []).map((line) => `${JSON.stringify(change(line))}\n`).join('')
  Object.assign(file, {
    bytes: Buffer.byteLength(text),
    sha256: createHash('sha256').update(text).digest('hex'),
  })
  await writeFile(join(from, file.path), text)
  await writeFile(join(from, 'manifest.json'), JSON.stringify(manifest))
}

const isId = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/**
 * What of an archive returns, with every id replaced by what it is the id of: rows have other ids in another
 * organization, and stand in another order. Two archives are equal when this is, and only then: ids that are told apart in
 * one by anything at all are told apart in the other.
 */
export function withoutIds({ manifest, lines }: Archive): Record<string, string[]> {
  const returning = manifest.files.filter((file) => file.returns).map(({ table }) => table)
  const ids = new Map<string, string>()
  const named = (value: unknown): unknown => {
    if (typeof value === 'string') return isId.test(value) ? `id ${ids.get(value) ?? ''}` : value
    if (Array.isArray(value)) return value.map(named)
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, named(one)]))
  }
  const told = (table: string, line: Line) => JSON.stringify(named({ table, ...line }))
  // Each round an id is told by more of what stands around it; four are further than any two rows are apart.
  for (let round = 0; round < 4; round++) {
    const next = new Map<string, string>()
    for (const table of returning)
      for (const line of lines.get(table) ?? []) {
        const id = line['id'] ?? line['call_id']
        if (typeof id === 'string') next.set(id, `${next.get(id) ?? ''}${told(table, line)}`)
      }
    for (const [id, text] of next) ids.set(id, createHash('sha256').update(text).digest('hex'))
  }
  return Object.fromEntries(
    returning.map((table) => [table, (lines.get(table) ?? []).map((line) => told(table, line)).sort()]),
  )
}
