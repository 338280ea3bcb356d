import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'

/** The web app as it is now, built into a folder of its own that `remove` takes away again; `npm test` has just built it. */
export async function buildForLooking(): Promise<{ dist: string; remove(): Promise<void> }> {
  if (process.env['WEB_APP_BUILT'])
    return { dist: fileURLToPath(new URL('../dist/', import.meta.url)), remove: async () => undefined }
  const dist = await mkdtemp(join(tmpdir(), 'ringfence-web-'))
  const before = process.env['NODE_ENV']
  // A test runner sets its own, and Vite would then build React for development: slower, larger, other warnings.
  process.env['NODE_ENV'] = 'production'
  try {
    await build({
      configFile: fileURLToPath(new URL('../../vite.config.ts', import.meta.url)),
      logLevel: 'error',
      build: { outDir: dist },
    })
  } finally {
    process.env['NODE_ENV'] = before
  }
  return { dist, remove: () => rm(dist, { recursive: true, force: true }) }
}
