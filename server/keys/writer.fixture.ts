import { writeSync } from 'node:fs'
import { openKeyRing } from './open-key-ring.ts'

/*
 * A process of its own that changes a key ring, for tests that run several or kill one. Says on standard output, one
 * line each and unbuffered, what it was told is done.
 */
const [task, name, folder, copyFolder, masterKey] = process.argv.slice(2)
if (!task || !name || !folder || !copyFolder || !masterKey) throw new Error('arguments are missing')
const say = (...words: string[]) => writeSync(1, `${words.join(' ')}\n`)
const place = { table: 'calls', column: 'remote_sealed', row: '7' }
const start = Number(new Date('2026-03-02T12:20:00Z'))
const ring = await openKeyRing({
  folder,
  copyFolder,
  masterKey,
  create: 'only when empty',
  now: new Date(start),
})

async function make(id: string): Promise<void> {
  const keys = await ring.makeOrganization(id)
  say('made', id, keys.seal(place, id, { by: 'organization' }).toString('hex'))
  await keys.makeMirror('m')
  say('mirrored', id, keys.seal(place, id, { by: 'mirror bucket', mirror: 'm', bucket: 9 }).toString('hex'))
}

async function unmake(id: string): Promise<void> {
  say('unmaking', id)
  await ring.organization(id).destroyMirror('m')
  say('unmirrored', id)
  await ring.destroyOrganization(id)
  say('gone', id)
}

say('ready')
if (task === 'make') {
  for (let count = 0; count < 12; count++) await make(`${name}-${count}`)
  await ring.close()
} else {
  for (let count = 0; ; count++) {
    await make(`${name}-${count}`)
    await ring.tendHours(new Date(start + count * 3_600_000))
    if (count > 0) await unmake(`${name}-${count - 1}`)
  }
}
