import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * Writes docs/promises.md: each promise (PD-1) or rule of law (L-5.5) with the tests whose names it leads. With
 * `--check` only says whether the page is up to date.
 */
const file = 'docs/promises.md'
const folders = ['policy', 'server', 'web', 'sandbox', 'demo', 'bench', 'testing']

const proofs = new Map<string, { name: string; file: string }[]>()
for (const path of (await Promise.all(folders.map(testsIn))).flat().sort()) {
  const source = await readFile(path, 'utf8')
  for (const [, , name = ''] of source.matchAll(
    /\b(?:it|test)(?:\.\w+\([^)]*\))?\(\s*(['"`])((?:PD|BX|CT|GD|OC|OP|L)-[\s\S]*?)\1/g,
  )) {
    const [ids = ''] = name.match(/^(?:(?:PD|BX|CT|GD|OC|OP|L)-[\dA-Z.]+(?:[ ,+/]+|$))+/) ?? []
    for (const id of ids.split(/[ ,+/]+/).filter(Boolean))
      proofs.set(id, [...(proofs.get(id) ?? []), { name: name.slice(ids.length).trim(), file: path }])
  }
}

const order = (id: string) => id.replace(/\d+/g, (digits) => digits.padStart(4, '0'))
const sections = [...proofs]
  .sort(([a], [b]) => (order(a) < order(b) ? -1 : 1))
  .map(
    ([id, tests]) => `## ${id}\n\n${tests.map(({ name, file }) => `- ${name} (\`${file}\`)`).join('\n')}\n`,
  )
const page = `# Promises and the tests that touch them

Made by \`node scripts/promises.ts\` from the names of the tests. A promise stands here as soon as a test proves a part of
it; the changelog says which are not whole yet.

${sections.join('\n')}`

if (process.argv.includes('--check')) {
  const current = await readFile(file, 'utf8').catch(() => '')
  if (current !== page) process.stdout.write(`${file} is not up to date: node scripts/promises.ts\n`)
  process.exit(current === page ? 0 : 1)
}
await writeFile(file, page)

async function testsIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries
    .filter(
      (entry) =>
        entry.isFile() && /\.test\.tsx?$/.test(entry.name) && !entry.parentPath.includes('node_modules'),
    )
    .map((entry) => join(entry.parentPath, entry.name))
}
