import { randomBytes } from 'node:crypto'
import { chmod, cp, mkdir, readdir, readFile, rename, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { failureOf } from '../failure.ts'
import { hourOf } from './contract.ts'
import { checkFit } from './fit.ts'
import { filesIn, keyFolders, noon } from './folders.fixture.ts'

const at = { table: 'calls', column: 'remote_sealed', row: '7' }

async function settingOf(work: Promise<unknown>): Promise<{ name: string; sentence: string } | undefined> {
  const failure = await work.then(
    () => undefined,
    (error: unknown) => failureOf(error) ?? Promise.reject(error),
  )
  return failure?.code === 'setting' ? { name: failure.name, sentence: failure.sentence } : undefined
}

describe('opening the key ring', () => {
  it('opens after a restart what was sealed before it, from the folder and from the copy', async () => {
    const folders = await keyFolders()
    const ring = await folders.open()
    const keys = await ring.makeOrganization('organization-1')
    await keys.makeMirror('mirror-1')
    const sealed = [
      keys.seal(at, 'own', { by: 'organization' }),
      keys.seal(at, 'bucket', { by: 'mirror bucket', mirror: 'mirror-1', bucket: 255 }),
      keys.seal(at, 'arrival', { by: 'arrival hour', hour: hourOf(noon) }),
      keys.seal(at, 'call', { by: 'call hour', hour: hourOf(noon) - 25 }),
    ]
    const spooled = ring.installation.seal(at, 'spool', { by: 'arrival hour', hour: hourOf(noon) })
    const facts = [keys.derive('role app'), keys.hash('number', '+442079460123', 'mirror-1').toString('hex')]
    await ring.close()

    for (const place of [{}, { folder: folders.copyFolder, copyFolder: undefined }]) {
      const again = await folders.open({ ...place, create: 'never' })
      const same = again.organization('organization-1')
      expect(sealed.map((value) => same.open(at, value))).toEqual(['own', 'bucket', 'arrival', 'call'])
      expect(again.installation.open(at, spooled)).toBe('spool')
      expect([
        same.derive('role app'),
        same.hash('number', '+442079460123', 'mirror-1').toString('hex'),
      ]).toEqual(facts)
      expect(again).toMatchObject({ id: ring.id, version: 3 })
      await again.close()
    }
  })

  it('counts its version up with every change, and only then', async () => {
    const folders = await keyFolders()
    const ring = await folders.open()
    expect(ring.version).toBe(1)
    const keys = await ring.makeOrganization('organization-1')
    await ring.makeOrganization('organization-1')
    expect(ring.version).toBe(2)
    await keys.makeMirror('mirror-1')
    await keys.makeMirror('mirror-1')
    expect(ring.version).toBe(3)
    await keys.destroyMirror('never-made')
    expect(await ring.tendHours(noon)).toEqual({ made: 0, destroyed: 0 })
    expect(ring.version).toBe(3)
    expect(await ring.tendHours(new Date(Number(noon) + 3_600_000))).toEqual({ made: 2, destroyed: 0 })
    expect(ring.version).toBe(4)
  })

  it('makes a master key nobody else may read, only where there is nothing yet', async () => {
    const folders = await keyFolders()
    const ring = await folders.open({ masterKey: undefined })
    const path = join(folders.folder, 'master.key')
    expect((await stat(path)).mode & 0o777).toBe(0o600)
    expect((await stat(folders.folder)).mode & 0o777).toBe(0o700)
    await ring.close()
    await rename(path, `${path}.away`)
    expect(await settingOf(folders.open({ masterKey: undefined }))).toMatchObject({
      name: 'RINGFENCE_MASTER_KEY',
    })
    expect(await readdir(folders.folder)).not.toContain('master.key')
    await rename(`${path}.away`, path)
    expect((await folders.open({ masterKey: undefined })).id).toBe(ring.id)
  })

  it('goes on where a first start was killed between master key and ring', async () => {
    const folders = await keyFolders()
    await mkdir(folders.folder)
    await writeFile(join(folders.folder, 'master.key'), `${randomBytes(32).toString('base64')}\n`, {
      mode: 0o600,
    })
    expect((await folders.open({ masterKey: undefined })).version).toBe(1)
  })

  it.each(['hex', 'base64', 'base64url'] as const)('takes the master key in %s', async (coding) => {
    const folders = await keyFolders()
    const masterKey = randomBytes(32).toString(coding)
    const { id } = await folders.open({ masterKey })
    expect((await folders.open({ masterKey: ` ${masterKey}\n` })).id).toBe(id)
  })

  it.each([0o640, 0o604, 0o660])('refuses a master key file of mode %o', async (mode) => {
    const folders = await keyFolders()
    await (await folders.open({ masterKey: undefined })).close()
    await chmod(join(folders.folder, 'master.key'), mode)
    const refusal = await settingOf(folders.open({ masterKey: undefined }))
    expect(refusal).toMatchObject({ name: 'RINGFENCE_MASTER_KEY', sentence: expect.stringContaining('0600') })
  })

  it.each(['', 'secret', 'ab'.repeat(31), randomBytes(31).toString('base64'), 'zz'.repeat(32)])(
    'refuses %j as a master key',
    async (masterKey) => {
      const folders = await keyFolders()
      expect(await settingOf(folders.open({ masterKey }))).toMatchObject({ name: 'RINGFENCE_MASTER_KEY' })
    },
  )

  it('refuses a wrong master key in one sentence and changes nothing', async () => {
    const folders = await keyFolders()
    await (await folders.open()).close()
    const before = await filesIn(folders.folder)
    const refusal = await settingOf(folders.open({ masterKey: 'ab'.repeat(32) }))
    expect(refusal?.name).toBe('RINGFENCE_MASTER_KEY')
    expect(refusal?.sentence).toMatch(/^[^.]+\.$/)
    expect(await filesIn(folders.folder)).toEqual(before)
  })

  it('refuses a folder, or a copy, inside the data folder, also by a link', async () => {
    const folders = await keyFolders()
    const inside = join(folders.dataFolder, 'deeper', 'keys')
    expect(await settingOf(folders.open({ folder: inside }))).toMatchObject({ name: 'RINGFENCE_KEYS' })
    expect(await settingOf(folders.open({ folder: folders.dataFolder }))).toMatchObject({
      name: 'RINGFENCE_KEYS',
    })
    await symlink(folders.dataFolder, folders.folder)
    expect(await settingOf(folders.open())).toMatchObject({ name: 'RINGFENCE_KEYS' })
    expect(await settingOf(folders.open({ folder: join(folders.folder, 'keys') }))).toMatchObject({
      name: 'RINGFENCE_KEYS',
    })
    await rm(folders.folder)
    await mkdir(inside, { recursive: true })
    expect(await settingOf(folders.open({ copyFolder: inside }))).toMatchObject({
      name: 'RINGFENCE_KEYS_COPY',
    })
    expect(await readdir(folders.dataFolder, { recursive: true })).toEqual(['deeper', 'deeper/keys'])
  })

  it('refuses a copy in, around or equal to the key folder', async () => {
    const folders = await keyFolders()
    for (const copyFolder of [folders.folder, join(folders.folder, 'copy'), join(folders.folder, '..')]) {
      expect(await settingOf(folders.open({ copyFolder }))).toMatchObject({ name: 'RINGFENCE_KEYS_COPY' })
    }
    const beside = `${folders.folder}-beside`
    await mkdir(beside)
    expect((await folders.open({ copyFolder: beside })).version).toBe(1)
  })

  it('refuses a format of another release, in the ring and in an organization', async () => {
    const folders = await keyFolders()
    await (await folders.open()).close()
    const path = join(folders.folder, 'ring.json')
    const text = await readFile(path, 'utf8')
    await writeFile(path, text.replace('"format":1', '"format":2'))
    expect((await settingOf(folders.open()))?.sentence).toContain('another format')
    await writeFile(path, text.slice(0, text.length / 2))
    expect((await settingOf(folders.open()))?.sentence).toContain('damaged')
  })

  it('never makes a ring where the databases remember one', async () => {
    const folders = await keyFolders()
    expect(await settingOf(folders.open({ create: 'never' }))).toMatchObject({ name: 'RINGFENCE_KEYS' })
    expect(await readdir(join(folders.folder, '..'))).not.toContain('keys')
  })

  it('says to put the copy back when the key folder is empty and the copy is not; then it works', async () => {
    const folders = await keyFolders()
    const ring = await folders.open({ masterKey: undefined })
    const sealed = (await ring.makeOrganization('organization-1')).seal(at, 'kept', { by: 'organization' })
    await ring.close()
    await rm(folders.folder, { recursive: true })
    const refusal = await settingOf(folders.open({ masterKey: undefined }))
    expect(refusal?.sentence).toContain('copy the second copy into the key folder')
    await cp(folders.copyFolder, folders.folder, { recursive: true })
    const restored = await folders.open({ masterKey: undefined, create: 'never' })
    expect(restored.organization('organization-1').open(at, sealed)).toBe('kept')
  })

  it('refuses when a file is missing, also ring.json itself', async () => {
    const folders = await keyFolders()
    const ring = await folders.open()
    await ring.makeOrganization('organization-1')
    await ring.close()
    const name = (await readdir(folders.folder)).find((file) => file.startsWith('organization-')) ?? ''
    await rename(join(folders.folder, name), join(folders.folder, '..', name))
    expect((await settingOf(folders.open()))?.sentence).toContain('an organization is missing')
    await rename(join(folders.folder, '..', name), join(folders.folder, name))
    await rm(join(folders.folder, 'ring.json'))
    expect((await settingOf(folders.open({ copyFolder: undefined })))?.sentence).toContain(
      'ring.json is missing',
    )
  })

  it('refuses a folder in which one file is older than the rest', async () => {
    const folders = await keyFolders()
    const ring = await folders.open({ copyFolder: undefined })
    const keys = await ring.makeOrganization('organization-1')
    await keys.makeMirror('mirror-1')
    const older = await filesIn(folders.folder)
    await keys.destroyMirror('mirror-1')
    await ring.close()
    const [current] = (await readdir(folders.folder)).filter((name) => name.startsWith('organization-'))
    const [before] = Object.keys(older).filter((name) => name.startsWith('organization-'))
    await writeFile(join(folders.folder, current ?? ''), older[before ?? ''] ?? '', 'latin1')
    expect((await settingOf(folders.open({ copyFolder: undefined })))?.sentence).toContain('damaged')
  })
})

describe('the second copy', () => {
  it('is equal to the ring after every change', async () => {
    const folders = await keyFolders()
    const ring = await folders.open()
    const keys = await ring.makeOrganization('organization-1')
    const steps = [
      () => keys.makeMirror('mirror-1'),
      () => ring.tendHours(new Date(Number(noon) + 300 * 3_600_000)),
      () => keys.destroyMirror('mirror-1'),
      () => ring.destroyOrganization('organization-1'),
    ]
    for (const step of steps) {
      await step()
      expect(await filesIn(folders.copyFolder)).toEqual(await filesIn(folders.folder))
    }
    expect(Object.keys(await filesIn(folders.copyFolder))).toEqual(['ring.json'])
  })

  it('is brought up at the next start, also after bytes in it decayed', async () => {
    const folders = await keyFolders()
    const alone = await folders.open({ copyFolder: undefined })
    for (const id of ['1', '2', '3']) await alone.makeOrganization(id)
    await alone.close()
    await (await folders.open()).close()
    expect(await filesIn(folders.copyFolder)).toEqual(await filesIn(folders.folder))
    const [name] = (await readdir(folders.copyFolder)).filter((file) => file.startsWith('organization-'))
    await writeFile(join(folders.copyFolder, name ?? ''), 'decayed')
    const ring = await folders.open()
    expect(await filesIn(folders.copyFolder)).toEqual(await filesIn(folders.folder))
    expect(ring.version).toBe(4)
  })

  it('stops the start when its folder is missing; nothing is made', async () => {
    const folders = await keyFolders()
    const copyFolder = join(folders.copyFolder, 'not-mounted')
    expect(await settingOf(folders.open({ copyFolder }))).toMatchObject({ name: 'RINGFENCE_KEYS_COPY' })
    expect(await readdir(folders.copyFolder)).toEqual([])
    expect(await readdir(join(folders.folder, '..'))).not.toContain('keys')
  })

  it('fails a change when it cannot be written, and catches up when the change is repeated', async () => {
    const folders = await keyFolders()
    const ring = await folders.open()
    const keys = await ring.makeOrganization('organization-1')
    await keys.makeMirror('mirror-1')
    const sealed = keys.seal(at, 'x', { by: 'mirror bucket', mirror: 'mirror-1', bucket: 1 })
    await rename(folders.copyFolder, `${folders.copyFolder}-unplugged`)
    expect(await settingOf(keys.destroyMirror('mirror-1'))).toMatchObject({ name: 'RINGFENCE_KEYS_COPY' })
    expect(() => keys.open(at, sealed)).toThrow('unreadable')
    await rename(`${folders.copyFolder}-unplugged`, folders.copyFolder)
    expect(await filesIn(folders.copyFolder)).not.toEqual(await filesIn(folders.folder))
    await keys.destroyMirror('mirror-1')
    expect(await filesIn(folders.copyFolder)).toEqual(await filesIn(folders.folder))
  })

  it('is refused when it is newer than the ring, or of another ring, and stays as it is', async () => {
    const folders = await keyFolders()
    const ring = await folders.open()
    const older = await filesIn(folders.folder)
    await ring.tendHours(new Date(Number(noon) + 3_600_000))
    await ring.close()
    await writeFile(join(folders.folder, 'ring.json'), older['ring.json'] ?? '', 'latin1')
    const copy = await filesIn(folders.copyFolder)
    expect((await settingOf(folders.open()))?.sentence).toContain('newer')
    const other = await keyFolders()
    const stranger = other.open({ copyFolder: folders.copyFolder, masterKey: folders.masterKey })
    expect((await settingOf(stranger))?.name).toBe('RINGFENCE_KEYS')
    await (await other.open({ masterKey: folders.masterKey })).close()
    const refusal = await settingOf(
      other.open({ copyFolder: folders.copyFolder, masterKey: folders.masterKey }),
    )
    expect(refusal?.sentence).toContain('another key ring')
    expect(await filesIn(folders.copyFolder)).toEqual(copy)
  })
})

describe('the ring and the control database', () => {
  const fits = (
    ring: { id: string; version: number } | undefined,
    known: { id: string; version: number } | undefined,
  ) => settingOf(Promise.resolve().then(() => checkFit(ring, known)))

  it('fit when the database knows this ring, at this version or an older one, or none', async () => {
    expect(await fits({ id: 'a', version: 5 }, { id: 'a', version: 5 })).toBeUndefined()
    expect(await fits({ id: 'a', version: 5 }, { id: 'a', version: 3 })).toBeUndefined()
    expect(await fits({ id: 'a', version: 1 }, undefined)).toBeUndefined()
    expect(await fits(undefined, undefined)).toBeUndefined()
  })

  it('do not fit when an older copy, another ring or an empty folder was put in place', async () => {
    expect((await fits({ id: 'a', version: 4 }, { id: 'a', version: 5 }))?.sentence).toContain('older copy')
    expect((await fits({ id: 'b', version: 5 }, { id: 'a', version: 5 }))?.sentence).toContain(
      'another key ring',
    )
    expect((await fits(undefined, { id: 'a', version: 5 }))?.sentence).toContain('empty')
  })

  it('does not take up an older ring that is put into the folder while it runs', async () => {
    const folders = await keyFolders()
    const ring = await folders.open({ copyFolder: undefined })
    const older = await filesIn(folders.folder)
    const keys = await ring.makeOrganization('organization-1')
    await writeFile(join(folders.folder, 'ring.json'), older['ring.json'] ?? '', 'latin1')
    expect(await settingOf(ring.makeOrganization('organization-2'))).toMatchObject({ name: 'RINGFENCE_KEYS' })
    expect(keys.open(at, keys.seal(at, 'still here', { by: 'organization' }))).toBe('still here')
  })
})
