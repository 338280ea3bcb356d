import { parseArgs } from 'node:util'
import { seedDemoWorld } from './demo-world.ts'
import { startSandbox } from './index.ts'

/**
 * The sandbox as a process of its own. Prints one line of JSON with its address when it is ready.
 * --port <n> (or PORT), --seed <n>, --demo (with the demo's company, users, persons and telephone system),
 * --with-parent (ends when its standard input closes, so that it never outlives who started it).
 */
const { values } = parseArgs({
  allowPositionals: true, // `ringfence sandbox`
  options: {
    port: { type: 'string' },
    seed: { type: 'string' },
    demo: { type: 'boolean', default: false },
    'with-parent': { type: 'boolean', default: false },
  },
})

const sandbox = await startSandbox({
  port: Number(values.port ?? process.env['PORT'] ?? 0),
  seed: Number(values.seed ?? 1),
})
const world = values.demo ? seedDemoWorld(sandbox) : undefined

async function stop(): Promise<void> {
  await sandbox.close()
  process.exit(0)
}

process.once('SIGTERM', stop)
process.once('SIGINT', stop)
if (values['with-parent']) {
  process.stdin.once('end', stop)
  process.stdin.once('close', stop)
  process.stdin.resume()
}
process.stdout.write(`${JSON.stringify({ url: sandbox.url, smtp: sandbox.mail.url, ...world })}\n`)
