import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { scratchFolder } from '../../testing/scratch.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const runner = fileURLToPath(new URL('./policy-copies.fixture.ts', import.meta.url))

export interface PolicyLine {
  file: string
  /** counted from 0 */
  at: number
  text: string
}

/** What adapters declare of themselves, beside them, as seen from policy/. */
const beside = [
  '../server/crms/bitrix24/declared-fields.ts',
  '../server/crms/pipedrive/declared-fields.ts',
  '../server/phones/placetel/declared-fields.ts',
  '../server/phones/webex/declared-fields.ts',
]

/** Every line of policy/, and of what adapters add to it, that says something: comments and empty lines do not. */
export async function policyLines(): Promise<PolicyLine[]> {
  const lines: PolicyLine[] = []
  const files = (await readdir(join(root, 'policy'))).filter((name) => /(?<!\.test)\.ts$/.test(name))
  for (const file of [...files.sort(), ...beside]) {
    const text = await readFile(join(root, 'policy', file), 'utf8')
    for (const [at, line] of text.split('\n').entries()) {
      if (line.trim() === '' || /^\s*(\/\*\*|\*\/|\* |\*$|\/\/)/.test(line)) continue
      lines.push({ file, at, text: line.trim() })
    }
  }
  return lines
}

/** Modules that a process has read stay in its memory: a fresh one after so many copies. */
const copiesPerProcess = 40

/** Copies of the program, each with one line of policy/ taken out; the databases are those of the original. */
export class PolicyCopies {
  readonly #env: Readonly<Record<string, string>>
  #child: ChildProcess | undefined
  #answers: AsyncIterator<string> | undefined
  #checked = 0

  constructor(env: Readonly<Record<string, string>>) {
    this.#env = env
  }

  /**
   * Runs the checks of a start, a rehearsal and the daily one without this line, with another in its place, or without any
   * change.
   * @returns what they complain of
   */
  async without(
    line: PolicyLine | undefined,
    options: { types: boolean; instead?: string | undefined },
  ): Promise<string[]> {
    const folder = await mkdtemp(join(scratchFolder, 'ringfence-policy-'))
    try {
      await copyProgram(folder)
      if (line) await replaceLine(join(folder, 'policy', line.file), line.at, options.instead)
      return await this.#ask({ folder, types: options.types })
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  }

  async close(): Promise<void> {
    const child = this.#child
    this.#child = undefined
    if (!child || child.exitCode !== null) return
    const ended = once(child, 'exit')
    child.stdin?.end()
    await ended
  }

  async #ask(wish: { folder: string; types: boolean }): Promise<string[]> {
    if (this.#checked >= copiesPerProcess || (this.#child && this.#child.exitCode !== null))
      await this.close()
    const { stdin, answers } = this.#started()
    this.#checked += 1
    stdin.write(`${JSON.stringify(wish)}\n`)
    const { value: answer = '["the program ended"]' } = await answers.next()
    return JSON.parse(String(answer)) as string[]
  }

  #started() {
    if (!this.#child) {
      this.#checked = 0
      this.#child = spawn(process.execPath, [runner], {
        cwd: root,
        env: { PATH: process.env['PATH'] ?? '', ...this.#env },
        stdio: ['pipe', 'pipe', 'inherit'],
      })
      if (!this.#child.stdout) throw new Error('unreachable: it was asked for a pipe')
      this.#answers = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]()
    }
    const { stdin } = this.#child
    if (!stdin || !this.#answers) throw new Error('unreachable: it was asked for a pipe')
    return { stdin, answers: this.#answers }
  }
}

async function copyProgram(folder: string): Promise<void> {
  const filter = (path: string) => !/\.test\.tsx?$/.test(basename(path))
  for (const part of ['policy', 'server', 'docs/balancing'])
    await cp(join(root, part), join(folder, part), { recursive: true, filter })
  for (const file of ['package.json', 'tsconfig.json']) await cp(join(root, file), join(folder, file))
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'))
}

async function replaceLine(path: string, at: number, instead?: string): Promise<void> {
  const lines = (await readFile(path, 'utf8')).split('\n')
  await writeFile(path, lines.toSpliced(at, 1, ...(instead === undefined ? [] : [instead])).join('\n'))
}
