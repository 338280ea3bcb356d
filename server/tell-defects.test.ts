import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** A process in which something goes wrong that nobody waits for. */
function process_(wrong: string) {
  const program = `
    import { createLog } from '${at('./log.ts')}'
    import { tellDefects } from '${at('./tell-defects.ts')}'
    tellDefects(createLog('info'))
    const error = Object.assign(new Error('Ada Lovelace', { cause: new Error('+442079460123') }), { detail: 'Key (name)=(Ada)' })
    ${wrong}`
  return spawnSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8' })
}

describe('an error that nobody waits for', () => {
  it('GD-9 ends the process by its id alone: no message, no cause, no detail', () => {
    const { status, stdout, stderr } = process_('setTimeout(() => { throw error })')
    expect([status, stderr]).toEqual([1, ''])
    expect(JSON.parse(stdout)).toMatchObject({ event: 'uncaught', class: 'Error', id: expect.any(String) })
    expect(stdout).not.toMatch(/Ada|4420/)
  })
})
