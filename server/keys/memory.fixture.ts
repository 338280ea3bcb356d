import { writeSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { hourOf, type KeyChoice } from './contract.ts'
import { openKeyRing } from './open-key-ring.ts'

/*
 * A process that uses keys, destroys them when told, and then stays, so that a test can look through its memory.
 */
const [folder, copyFolder, masterKey] = process.argv.slice(2)
if (!folder || !copyFolder || !masterKey) throw new Error('arguments are missing')
const place = { table: 'calls', column: 'remote_sealed', row: '7' }
const noon = new Date('2026-03-02T12:20:00Z')
const ring = await openKeyRing({ folder, copyFolder, masterKey, create: 'never', now: noon })
const keys = ring.organization('organization-1')

function use(by: KeyChoice): void {
  keys.open(place, keys.seal(place, 'text', by))
}

const steps: Record<string, () => Promise<unknown> | undefined> = {
  use() {
    use({ by: 'organization' })
    use({ by: 'arrival hour', hour: hourOf(noon) })
    for (let bucket = 0; bucket < 256; bucket++) use({ by: 'mirror bucket', mirror: 'mirror-1', bucket })
    keys.hash('number', '+442079460123', 'mirror-1')
    return undefined
  },
  mirror: () => keys.destroyMirror('mirror-1'),
  hours: () => ring.tendHours(new Date(Number(noon) + 60 * 3_600_000)),
  organization: () => ring.destroyOrganization('organization-1'),
}

for await (const step of createInterface({ input: process.stdin })) {
  await steps[step]?.()
  writeSync(1, `${step}\n`)
}
