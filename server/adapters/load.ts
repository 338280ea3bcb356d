import { readdir, readFile, stat } from 'node:fs/promises'
import { isAbsolute, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Declaration, declarations as ours } from '../../policy/index.ts'
import { failed } from '../failure.ts'
import type { Settings } from '../settings.ts'
import type { Adapter } from './contract.ts'
import { faultDeclared, faultIn } from './shape.ts'

/**
 * The adapters of others that this installation was told to load. They are code like ours and can do what it can; what is
 * checked here keeps mistakes away, not malice.
 * @throws RingfenceError `setting` with one sentence about the first that is not as it should be
 */
export async function loadAdapters(
  settings: Pick<Settings, 'adapters' | 'region'>,
  declarations: readonly Declaration[] = ours,
): Promise<Adapter[]> {
  const taken = new Map((await ownNames()).map((name) => [name, 'Ringfence']))
  const titles = new Map<string, string>()
  const loaded: Adapter[] = []
  for (const source of settings.adapters) {
    const exported = await exportedBy(source)
    const fault = faultIn(exported)
    if (fault !== undefined) refuseAdapter(source, fault)
    const adapter = exported as Adapter // its shape was just read
    const other = taken.get(adapter.name) ?? titles.get(adapter.title)
    if (other !== undefined)
      refuseAdapter(
        source,
        `wants to be called "${adapter.name}" (${adapter.title}), which ${other} is already`,
      )
    const wrong = faultDeclared(adapter, { region: settings.region, declarations })
    if (wrong !== undefined) refuseAdapter(source, wrong)
    taken.set(adapter.name, source)
    titles.set(adapter.title, source)
    loaded.push(adapter)
  }
  return loaded
}

/** @param problem the end of a sentence that begins with the adapter */
export function refuseAdapter(source: string, problem: string, cause?: unknown): never {
  return failed(
    { code: 'setting', name: 'RINGFENCE_ADAPTERS', sentence: `The adapter ${source} ${problem}.` },
    cause,
  )
}

/** Each of ours has a folder of its name, also where its app is not set. */
async function ownNames(): Promise<string[]> {
  const rooms = ['../phones/', '../crms/'].map((room) => new URL(room, import.meta.url))
  const entries = await Promise.all(rooms.map((room) => readdir(room, { withFileTypes: true })))
  return entries.flat().flatMap((entry) => (entry.isDirectory() ? [entry.name] : []))
}

async function exportedBy(source: string): Promise<unknown> {
  const place = isAbsolute(source) ? pathToFileURL(await entryOf(source)).href : source
  try {
    return ((await import(place)) as { adapter?: unknown }).adapter
  } catch (error) {
    return refuseAdapter(source, whyNotLoaded(error, source), error)
  }
}

function whyNotLoaded(error: unknown, source: string): string {
  const { code, message } = error as { code?: unknown; message?: unknown }
  const [told = ''] = String(message).split('\n')
  if (code === 'ERR_UNSUPPORTED_NODE_MODULES_TYPE_STRIPPING')
    return 'is TypeScript inside node_modules, which Node does not run: let its package hold JavaScript, or name its folder by an absolute path'
  if (code === 'ERR_MODULE_NOT_FOUND' && told.includes(`'${source}'`))
    return 'is not there: install it with npm beside Ringfence, or name its folder by an absolute path'
  return `cannot be loaded (${told.slice(0, 200)})`
}

/** A file as it is; of a folder what its package.json says, which Node reads only for packages in node_modules. */
async function entryOf(path: string): Promise<string> {
  const found = await stat(path).catch(() => refuseAdapter(path, 'is not there'))
  if (!found.isDirectory()) return path
  const text = await readFile(join(path, 'package.json'), 'utf8').catch(() =>
    refuseAdapter(path, 'has no package.json'),
  )
  const entry = entryIn(text)
  return entry === undefined
    ? refuseAdapter(path, 'has a package.json that names no entry')
    : join(path, entry)
}

function entryIn(text: string): string | undefined {
  try {
    const { exports, main } = JSON.parse(text) as { exports?: unknown; main?: unknown }
    const own = at(exports, '.') ?? exports
    const entry = [at(own, 'import'), at(own, 'default'), own, main].find((one) => typeof one === 'string')
    return entry as string | undefined
  } catch {
    return undefined // no JSON: then it names nothing
  }
}

const at = (value: unknown, name: string): unknown =>
  value !== null && typeof value === 'object' ? (value as Record<string, unknown>)[name] : undefined
