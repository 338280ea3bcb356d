import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { chmod, mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { failed } from '../server/failure.ts'
import { BrowserSession } from './browser-session.ts'
import { playOnce } from './once.ts'
import { isUsual, linesOf, setUpOthers, tableOf, usualLines } from './pairs.ts'
import { freePort, isFree, ServerProcess, startSandboxProcess } from './processes.ts'
import { controlOf, setUpDemo, signInOperator } from './set-up.ts'
import { crms, type PairChoice, setUpPair } from './set-up-pair.ts'
import { registerApps, vendorSettings } from './vendors.ts'

export interface DemoOptions extends PairChoice {
  once: boolean
  forget: boolean
  seed: number
  calls: number
  port: number
}

/**
 * The whole product on one machine, with stand-in vendors: a supervisor (this process), the sandbox (memory only) and
 * the server. The sandbox forgets when it ends, so each demo begins with empty folders of its own.
 */
export async function demo(options: DemoOptions): Promise<void> {
  const say = (text: string) => void process.stderr.write(`${text}\n`)
  const folders = await emptyFolders(options)
  const port = options.once ? await freePort() : options.port
  const url = `http://127.0.0.1:${port}`
  const needle = process.env['RINGFENCE_SANDBOX_NEEDLE'] || `Needle${randomBytes(4).toString('hex')}`
  const sandbox = await startSandboxProcess({
    port: options.once || !(await isFree(usualSandboxPort)) ? 0 : usualSandboxPort,
    seed: options.seed,
    ...(options.forget ? { needle } : {}),
  })
  const control = controlOf(sandbox.url)
  const { world } = sandbox
  // The stand-ins share one address. Under another name for it the phone system's, which is kept sealed, is not the CRM's.
  const phoneUrl = sandbox.url.replace('127.0.0.1', 'localhost')
  const env = {
    PORT: String(port),
    HOST: '127.0.0.1',
    RINGFENCE_URL: url,
    RINGFENCE_DATA: folders.data,
    RINGFENCE_KEYS: folders.keys,
    RINGFENCE_POLICY_APPROVED_BY: process.env['RINGFENCE_POLICY_APPROVED_BY'] ?? 'Demo Operator, rehearsal',
    ...(folders.keysCopy === undefined ? {} : { RINGFENCE_KEYS_COPY: folders.keysCopy }),
    RINGFENCE_PRIVATE_HOSTS: [sandbox.url, phoneUrl].map((one) => new URL(one).host).join(','),
    RINGFENCE_LOG_LEVEL: process.env['RINGFENCE_LOG_LEVEL'] ?? 'info',
    ...vendorSettings(sandbox.url, world),
  }
  const server = new ServerProcess(env, folders.output)
  const stop = async () => {
    await server.stop()
    await sandbox.stop()
  }
  try {
    await registerApps(control, url, world)
    say('Starting the server …')
    await server.start()
    const operator = await signInOperator(url, await server.firstSignIn())
    const parts = { url, sandbox: control, operator, phoneUrl }
    if (options.once) {
      const [setUp] = await Promise.all([
        setUpDemo({ ...parts, world }),
        ...crms.map((crm) => setUpOthers(parts, crm)),
      ])
      say(
        `Playing ${options.calls} calls, seed ${options.seed}; data in ${folders.data}, output in ${folders.output}.`,
      )
      const report = await playOnce({
        url,
        setUp,
        company: world.company.domain,
        control,
        server,
        seed: options.seed,
        calls: options.calls,
        say,
      })
      const forgotten = options.forget
        ? await (await import('./forget.ts')).rehearseForgetting({
            server,
            env,
            needle,
            signIn: async () => {
              const session = new BrowserSession(url)
              await session.signIn('/apps/pipedrive/install', world.users.anna)
              return session
            },
            say,
          })
        : undefined
      say(tableOf(report.pairs))
      await stop()
      process.stdout.write(`${JSON.stringify({ ...report, ...(forgotten ? { forgotten } : {}) })}\n`)
      process.exit(report.lost === 0 && report.duplicated === 0 && (forgotten?.ok ?? true) ? 0 : 1)
    }
    const { phone, crm } = options
    const lines = isUsual(options)
      ? await setUpDemo({ ...parts, world }).then(() => usualLines(url, sandbox.url, world))
      : linesOf(url, sandbox.url, await setUpPair(parts, { phone, crm }))
    say(`\n${lines.map((line) => `  ${line}`).join('\n')}\n  Ctrl-C ends everything.\n`)
    const ended = () => void stop().then(() => process.exit(0))
    process.once('SIGINT', ended)
    process.once('SIGTERM', ended)
  } catch (error) {
    await stop()
    // Everything here is made up, so the message may be shown.
    say(`The demo ended early: ${error instanceof Error ? error.message : 'unknown'}`)
    process.exit(1)
  }
}

export interface DemoFolders {
  data: string
  keys: string
  /** with --forget, because a second copy has to forget too */
  keysCopy: string | undefined
  output: string
}

/**
 * Folders that only a demo uses, emptied at its start: `RINGFENCE_DATA` and `RINGFENCE_KEYS` where they are set and
 * are empty or a demo's, else `demo-data`. A folder with anybody's real data is left alone.
 */
async function emptyFolders({ forget }: { forget: boolean }): Promise<DemoFolders> {
  const base = resolve('demo-data')
  const data = process.env['RINGFENCE_DATA'] ? resolve(process.env['RINGFENCE_DATA']) : join(base, 'data')
  const keys = process.env['RINGFENCE_KEYS'] ? resolve(process.env['RINGFENCE_KEYS']) : join(base, 'keys')
  const setCopy = process.env['RINGFENCE_KEYS_COPY']
  const keysCopy = setCopy ? resolve(setCopy) : forget ? `${keys}-copy` : undefined
  const ours = existsSync(join(data, marker))
  for (const folder of [data, keys, ...(keysCopy === undefined ? [] : [keysCopy])]) {
    if (!ours && (await isUsed(folder))) {
      failed({
        code: 'setting',
        name: 'RINGFENCE_DATA',
        sentence: `${folder} holds something that is no demo's: choose another folder for the demo.`,
      })
    }
    await rm(folder, { recursive: true, force: true })
    await mkdir(folder, { recursive: true })
    await chmod(folder, 0o711)
  }
  await writeFile(join(data, marker), 'A demo wrote this folder and will empty it.\n')
  return { data, keys, keysCopy, output: join(data, 'server-output.log') }
}

const marker = '.ringfence-demo'

/** Where the stand-ins are found as long as nobody else uses it. */
const usualSandboxPort = 4100

async function isUsed(folder: string): Promise<boolean> {
  return existsSync(folder) && (await readdir(folder)).length > 0
}
