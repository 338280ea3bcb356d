import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { type Browser, chromium } from 'playwright-core'

/** Browsers people install themselves; the first that is there is used. */
const installed = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

/**
 * A real Chromium without a window: the machine's own, or else the one inside `@sparticuz/chromium`.
 *
 * That package's own arguments are never used: they switch web security off, and with it what the tests are to find.
 */
export async function launchBrowser(): Promise<Browser> {
  const own = installed.find((path) => existsSync(path))
  if (own !== undefined) return chromium.launch({ executablePath: own, args: ['--no-sandbox'] })
  const folder = await unpacked()
  return chromium.launch({
    executablePath: join(folder, 'chromium'),
    args: ['--no-sandbox', '--headless=shell'],
    env: {
      ...process.env,
      FONTCONFIG_PATH: join(folder, 'fonts'),
      LD_LIBRARY_PATH: [join(folder, 'al2023', 'lib'), process.env['LD_LIBRARY_PATH']]
        .filter(Boolean)
        .join(':'),
    },
  })
}

const unpack = `const { default: packed } = await import('@sparticuz/chromium'); await packed.executablePath()`

/**
 * The folder with the unpacked browser, its libraries and fonts.
 *
 * The package unpacks into the temporary folder and takes whatever lies there for complete, so two processes would run
 * half a browser. Here each unpacks into a folder of its own and the first one finished gives it its name. It brings
 * its libraries only when it believes to be on Amazon Linux, which is why it is told so.
 */
async function unpacked(): Promise<string> {
  const folder = join(tmpdir(), 'ringfence-chromium')
  if (existsSync(folder)) return folder
  const own = await mkdtemp(`${folder}-`)
  await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', unpack], {
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    env: { ...process.env, TMPDIR: own, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x' },
  })
  const fontSettings = join(own, 'fonts', 'fonts.conf')
  // It names /tmp, where the package itself would have put them.
  await writeFile(fontSettings, (await readFile(fontSettings, 'utf8')).replaceAll('/tmp/', `${folder}/`))
  try {
    await rename(own, folder)
  } catch {
    // Another process was faster; both unpacked the same.
    await rm(own, { recursive: true, force: true })
  }
  return folder
}
