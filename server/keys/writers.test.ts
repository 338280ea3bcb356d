import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it, onTestFinished } from 'vitest'
import { childEnv } from '../../testing/child-env.ts'
import { howOften } from '../../testing/how-often.ts'
import { failureOf } from '../failure.ts'
import type { KeyRing } from './contract.ts'
import { filesIn, type KeyFoldersOfTest, keyFolders, openedFiles } from './folders.fixture.ts'
import { readRing } from './read-ring.ts'
import { fileLock } from './writer-lock.ts'

const at = { table: 'calls', column: 'remote_sealed', row: '7' }

interface Writer {
  process: ChildProcess
  lines: string[]
  /** Waits until it has said that many lines. */
  told(lines: number): Promise<void>
  exited: Promise<unknown>
}

function startWriter(folders: KeyFoldersOfTest, task: 'make' | 'churn', name: string): Writer {
  const program = new URL('./writer.fixture.ts', import.meta.url).pathname
  const folderArguments = [folders.folder, folders.copyFolder, folders.masterKey]
  const child = spawn(process.execPath, [program, task, name, ...folderArguments], {
    env: childEnv,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  const lines: string[] = []
  const output = createInterface({ input: child.stdout })
  output.on('line', (line) => lines.push(line))
  const told = async (count: number) => {
    while (lines.length < count) await once(output, 'line')
  }
  return { process: child, lines, told, exited: once(child, 'close') }
}

/** What must open, by the last that the writer was told is done; the step it was killed in may have happened or not. */
const standing: Record<string, { made?: boolean; mirrored?: boolean }> = {
  made: { made: true },
  mirrored: { made: true, mirrored: true },
  unmaking: { made: true },
  unmirrored: { mirrored: false },
  gone: { made: false, mirrored: false },
}

function expectKept(ring: KeyRing, lines: string[]): void {
  const events = lines.map((line) => line.split(' '))
  const last = new Map(events.map(([event = '', id = '']) => [id, event]))
  for (const [event, id = '', hex = ''] of events) {
    if (event !== 'made' && event !== 'mirrored') continue
    const expected = standing[last.get(id) ?? '']?.[event]
    const opened = tryOpen(ring, id, hex)
    if (expected !== undefined) expect([id, event, opened]).toEqual([id, event, expected ? id : undefined])
  }
}

function tryOpen(ring: KeyRing, id: string, hex: string): string | undefined {
  try {
    return ring.organization(id).open(at, Buffer.from(hex, 'hex'))
  } catch (error) {
    if (failureOf(error)?.code === 'unreadable') return undefined
    throw error
  }
}

describe('writers in several processes', () => {
  it('lose nothing of each other, and a third process reads all of it at once', async () => {
    const folders = await keyFolders()
    const reader = await folders.open()
    const writers = ['a', 'b'].map((name) => startWriter(folders, 'make', name))
    for (const writer of writers) expect(await writer.exited).toEqual([0, null])
    const values = writers.flatMap((writer) => writer.lines.filter((line) => line !== 'ready'))
    expect(values).toHaveLength(48)
    const again = await folders.open({ create: 'never' })
    for (const value of values) {
      const [, id = '', hex = ''] = value.split(' ')
      expect(tryOpen(reader, id, hex)).toBe(id)
      expect(tryOpen(again, id, hex)).toBe(id)
    }
    expect(again.version).toBe(1 + 48)
    expect(await filesIn(folders.copyFolder)).toEqual(await filesIn(folders.folder))
    expect((await readdir(folders.folder)).filter((file) => !file.endsWith('.json'))).toEqual([])
  })

  it('reads what another process made only just now', async () => {
    const folders = await keyFolders()
    const [one, two] = [await folders.open(), await folders.open()]
    for (let count = 0; count < 10; count++) {
      const sealed = (await one.makeOrganization(`o-${count}`)).seal(at, 'x', { by: 'organization' })
      expect(two.organization(`o-${count}`).open(at, sealed)).toBe('x')
      await two.organization(`o-${count}`).makeMirror('m')
      expect(one.organization(`o-${count}`).hash('l', 't', 'm')).toEqual(
        two.organization(`o-${count}`).hash('l', 't', 'm'),
      )
    }
  })

  it('does many changes asked for at once, one after the other', async () => {
    const ring = await (await keyFolders()).open()
    await Promise.all(Array.from({ length: 20 }, (_, count) => ring.makeOrganization(`o-${count}`)))
    expect(ring.version).toBe(21)
    for (let count = 0; count < 20; count++)
      expect(ring.organization(`o-${count}`).derive('x')).toHaveLength(43)
  })

  it('makes one ring when two processes start on an empty folder', async () => {
    const folders = await keyFolders()
    const writers = ['a', 'b'].map((name) => startWriter(folders, 'make', name))
    await Promise.all(writers.map((writer) => writer.told(1)))
    for (const writer of writers) expect(await writer.exited).toEqual([0, null])
    const ring = await folders.open({ create: 'never' })
    for (const writer of writers) expectKept(ring, writer.lines)
    expect(ring.version).toBe(49)
  })
})

describe('a writer killed at any instant', () => {
  it('loses nothing it was told is done, brings nothing back, and leaves nothing lying about', async () => {
    const folders = await keyFolders()
    const rounds = howOften(8, 60)
    const lines: string[] = []
    for (let round = 0; round < rounds; round++) {
      const writer = startWriter(folders, 'churn', `round-${round}`)
      await writer.told(2 + Math.floor(Math.random() * 14))
      await sleep(Math.random() * 30)
      writer.process.kill('SIGKILL')
      await writer.exited
      lines.push(...writer.lines.filter((line) => line !== 'ready'))

      // as it lies there, before anybody tidies up
      const asLeft = readRing({ folder: folders.folder, masterKey: Buffer.from(folders.masterKey, 'hex') })
      const ring = await folders.open({ create: 'never' })
      expect(ring).toMatchObject({ id: asLeft.content.id, version: asLeft.content.version })
      expectKept(ring, lines)
      const left = await filesIn(folders.folder)
      expect(await filesIn(folders.copyFolder)).toEqual(left)
      expect(Object.keys(left)).toHaveLength(asLeft.organizations.size + 1)
      await ring.close()
    }
    expect(lines.length).toBeGreaterThanOrEqual(rounds)
  })

  it('removes what it left half written, in the copy too, before the next change', async () => {
    const folders = await keyFolders()
    const ring = await folders.open()
    const leftovers = ['ring.json.0123456789abcdef.tmp', `organization-${'0'.repeat(32)}.7.json`]
    for (const folder of [folders.folder, folders.copyFolder]) {
      for (const name of leftovers) await writeFile(join(folder, name), 'left by a killed writer')
      await writeFile(join(folder, 'note-of-the-operator.txt'), 'ours to leave alone')
    }
    await ring.makeOrganization('organization-1')
    for (const folder of [folders.folder, folders.copyFolder]) {
      const names = await readdir(folder)
      for (const name of leftovers) expect(names).not.toContain(name)
      expect(names).toContain('note-of-the-operator.txt')
    }
  })

  it('does not hold up the next writer by its lock', async () => {
    const folders = await keyFolders()
    await (await folders.open()).close()
    const writer = startWriter(folders, 'churn', 'killed')
    await writer.told(1)
    while (!(await readdir(folders.folder)).some((name) => name.endsWith('.lock'))) await sleep(0)
    writer.process.kill('SIGKILL')
    await writer.exited
    const ring = await folders.open({ create: 'never' })
    await ring.makeOrganization('organization-1')
    expect(await readdir(folders.folder)).not.toContainEqual(expect.stringContaining('.lock'))
  })
})

describe('the writer lock', () => {
  it('lets one in at a time', async () => {
    const { folder, open } = await keyFolders()
    await open()
    let inside = 0
    const work = async () => {
      expect(++inside).toBe(1)
      await sleep(Math.random() * 5)
      inside--
    }
    await Promise.all(Array.from({ length: 12 }, () => fileLock(folder)(work)))
    expect(inside).toBe(0)
  })

  it('opens again after work that failed', async () => {
    const { folder, open } = await keyFolders()
    await open()
    const lock = fileLock(folder)
    await expect(lock(() => Promise.reject(new Error('failed')))).rejects.toThrow('failed')
    expect(await lock(async () => 'done')).toBe('done')
  })

  it('may be another one: every change goes through it', async () => {
    const folders = await keyFolders()
    let taken = 0
    const lock = async <T>(work: () => Promise<T>): Promise<T> => {
      taken++
      return await work()
    }
    const ring = await folders.open({ lock })
    await ring.makeOrganization('organization-1')
    expect(taken).toBe(2)
    expect(await openedFiles(folders.folder, folders.masterKey)).toHaveLength(2)
  })
})
