import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const root = fileURLToPath(new URL('../', import.meta.url))

/** The server serves what was built last; where nothing was, it is built now. `npm test` builds first. */
export async function builtWebApp(): Promise<void> {
  if (['index.html', 'frame/index.html'].every((page) => existsSync(`${root}web/dist/${page}`))) return
  await promisify(execFile)(
    process.execPath,
    ['node_modules/vite/bin/vite.js', 'build', '--logLevel', 'error'],
    { cwd: root, env: { ...process.env, NODE_ENV: 'production' } },
  )
}
