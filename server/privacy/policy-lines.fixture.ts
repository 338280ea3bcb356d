import { spawn } from 'node:child_process'
import { cp, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../', import.meta.url))
/** seen from the root, which is another one in the copy */
const script = relative(root, fileURLToPath(new URL('./check-policy.fixture.ts', import.meta.url)))

export interface PolicyLine {
  file: string
  /** counted from 0 */
  at: number
  text: string
}

/** Every line of policy/ that says something: comments and empty lines do not. */
export async function policyLines(): Promise<PolicyLine[]> {
  const lines: PolicyLine[] = []
  for (const file of (await readdir(join(root, 'policy'))).filter((name) => name.endsWith('.ts')).sort()) {
    const text = await readFile(join(root, 'policy', file), 'utf8')
    for (const [at, line] of text.split('\n').entries()) {
      if (line.trim() === '' || /^\s*(\/\*\*|\*\/|\* |\*$|\/\/)/.test(line)) continue
      lines.push({ file, at, text: line.trim() })
    }
  }
  return lines
}

/** A copy of the program in which lines of policy/ can be taken out; the databases stay those of the original. */
export class MutableCopy {
  readonly #folder: string
  readonly #env: Readonly<Record<string, string>>

  private constructor(folder: string, env: Readonly<Record<string, string>>) {
    this.#folder = folder
    this.#env = env
  }

  static async make(env: Readonly<Record<string, string>>): Promise<MutableCopy> {
    const folder = await mkdtemp(join(tmpdir(), 'ringfence-policy-'))
    const filter = (path: string) => !/\.test\.tsx?$/.test(basename(path))
    for (const part of ['policy', 'server', 'docs/balancing'])
      await cp(join(root, part), join(folder, part), { recursive: true, filter })
    for (const file of ['package.json', 'tsconfig.json']) await cp(join(root, file), join(folder, file))
    await symlink(join(root, 'node_modules'), join(folder, 'node_modules'))
    return new MutableCopy(folder, env)
  }

  /** Runs the checks of a start and a rehearsal without this line. @returns what they said, empty when they passed */
  async without(line: PolicyLine | undefined): Promise<string> {
    const path = line && join(this.#folder, 'policy', line.file)
    const original = path && (await readFile(path, 'utf8'))
    if (path && original !== undefined)
      await writeFile(
        path,
        original
          .split('\n')
          .filter((_, at) => at !== line.at)
          .join('\n'),
      )
    try {
      return await this.#check()
    } finally {
      if (path && original !== undefined) await writeFile(path, original)
    }
  }

  async remove(): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true })
  }

  async #check(): Promise<string> {
    const child = spawn(process.execPath, [script], {
      cwd: this.#folder,
      env: { PATH: process.env['PATH'] ?? '', ...this.#env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let said = ''
    child.stdout.on('data', (piece: Buffer) => {
      said += piece.toString()
    })
    child.stderr.on('data', (piece: Buffer) => {
      said += piece.toString()
    })
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject)
      child.once('close', resolve)
    })
    return code === 0 ? '' : said.trim() || `exit status ${code}`
  }
}
