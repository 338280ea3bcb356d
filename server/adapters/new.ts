import { cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { failed } from '../failure.ts'
import { apiVersion } from './shape.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const templates = new URL('templates/', import.meta.url)
/** Longer than any name has a right to be in addresses and settings. */
const longestName = 40

/**
 * Writes a package that connects another system: it passes its tests as it is.
 * @param wish.into the folder in which its own is made; default: where the command was called
 * @returns the folder of the package
 * @throws RingfenceError `setting` with one sentence
 */
export async function writeAdapter(wish: {
  name: string | undefined
  kind: string | undefined
  into: string | undefined
}): Promise<string> {
  const { name = '', kind = '', into = '.' } = wish
  if (!/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/.test(name) || name.length > longestName)
    return refuse('Name the adapter in small letters, digits and hyphens, such as acme-voice.')
  const kinds = await readdir(templates)
  if (!kinds.includes(kind)) return refuse(`Say what it connects: --kind ${kinds.join(' or --kind ')}.`)
  const folder = resolve(into, name)
  await mkdir(resolve(into), { recursive: true })
  await mkdir(folder).catch((error: NodeJS.ErrnoException) =>
    refuse(
      error.code === 'EEXIST' ? `${folder} is there already.` : `${folder} cannot be made (${error.code}).`,
    ),
  )
  await cp(fileURLToPath(new URL(kind, templates)), folder, { recursive: true })
  await rename(folder, name)
  await writeFile(join(folder, 'package.json'), await packageJson(name))
  await writeFile(join(folder, 'tsconfig.json'), tsconfig)
  await writeFile(join(folder, '.gitignore'), 'dist/\nnode_modules/\n')
  return folder
}

const refuse = (sentence: string): never => failed({ code: 'setting', name: 'adapter new', sentence })

/** The examples are called so that their name stands in every spelling it is used in. */
async function rename(folder: string, name: string): Promise<void> {
  const words = name.split('-')
  const spellings = {
    'example-voice': name,
    'example-crm': name,
    EXAMPLE_CRM: name.toUpperCase().replaceAll('-', '_'),
    'Example Voice': words.map(capital).join(' '),
    'Example CRM': words.map(capital).join(' '),
  }
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  for (const entry of entries.filter((one) => one.isFile())) {
    const file = join(entry.parentPath, entry.name)
    const text = Object.entries(spellings).reduce(
      (written, [from, to]) => written.replaceAll(from, to),
      await readFile(file, 'utf8'),
    )
    await writeFile(file, text)
  }
}

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1)

async function packageJson(name: string): Promise<string> {
  const own = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as {
    version: string
    devDependencies: Record<string, string>
  }
  const content = {
    name: `ringfence-${name}`,
    version: '0.1.0',
    type: 'module',
    exports: './index.ts',
    files: ['dist'],
    scripts: {
      test: 'ringfence adapter test .',
      check: 'tsc --noEmit',
      build: 'tsc',
    },
    devDependencies: {
      '@types/node': own.devDependencies['@types/node'],
      ringfence: `file:${root}`,
      typescript: own.devDependencies['typescript'],
    },
    ringfence: { apiVersion },
  }
  return `${JSON.stringify(content, null, 2)}\n`
}

/** As strict as ours; `tsc` writes JavaScript for those who hand the package on. */
const tsconfig = `${JSON.stringify(
  {
    compilerOptions: {
      target: 'es2024',
      lib: ['es2024', 'esnext.disposable', 'dom', 'dom.iterable'],
      module: 'nodenext',
      types: ['node'],
      strict: true,
      noUncheckedIndexedAccess: true,
      exactOptionalPropertyTypes: true,
      erasableSyntaxOnly: true,
      verbatimModuleSyntax: true,
      rewriteRelativeImportExtensions: true,
      skipLibCheck: true,
      outDir: 'dist',
      rootDir: '.',
    },
    include: ['*.ts'],
    exclude: ['*.test.ts', 'stand-in.ts'],
  },
  null,
  2,
)}\n`
