import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { open, readFile } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { expect, it, onTestFinished } from 'vitest'
import { hourOf } from './contract.ts'
import { keyFolders, noon } from './folders.fixture.ts'
import { readRing } from './read-ring.ts'

/** Looks through all writable memory of a process. Linux only: elsewhere no process may read another's memory. */
async function isInMemoryOf(pid: number | undefined, wanted: Buffer[]): Promise<boolean[]> {
  const maps = (await readFile(`/proc/${pid}/maps`, 'latin1')).split('\n')
  const memory = await open(`/proc/${pid}/mem`, 'r')
  const found = wanted.map(() => false)
  try {
    for (const line of maps) {
      const [, from, to] = /^([0-9a-f]+)-([0-9a-f]+) rw/.exec(line) ?? []
      if (!from || !to || line.includes('[v')) continue
      await searchRegion(memory, { from: Number.parseInt(from, 16), to: Number.parseInt(to, 16) }, (chunk) =>
        wanted.forEach((key, index) => {
          found[index] ||= chunk.includes(key)
        }),
      )
    }
  } finally {
    await memory.close()
  }
  return found
}

const chunkBytes = 8 * 1024 * 1024

async function searchRegion(
  memory: Awaited<ReturnType<typeof open>>,
  region: { from: number; to: number },
  search: (chunk: Buffer) => void,
): Promise<void> {
  const buffer = Buffer.alloc(chunkBytes)
  for (let at = region.from; at < region.to; at += chunkBytes - 64) {
    const length = Math.min(chunkBytes, region.to - at)
    const read = await memory.read(buffer, 0, length, at).catch(() => undefined) // reserved, never touched
    if (read) search(buffer.subarray(0, read.bytesRead))
  }
}

it.runIf(process.platform === 'linux')(
  'L-E.2 a destroyed key is nowhere in the memory of the process',
  async () => {
    const folders = await keyFolders()
    const ring = await folders.open()
    await (await ring.makeOrganization('organization-1')).makeMirror('mirror-1')
    await ring.close()

    const state = readRing({ folder: folders.folder, masterKey: Buffer.from(folders.masterKey, 'hex') })
    const organization = state.organizations.get('organization-1')
    const mirror = organization?.mirrors.get('mirror-1')
    const { hours } = state.content
    const keys = {
      mirror: [mirror?.hashKey, ...[0, 1, 127, 254, 255].map((bucket) => mirror?.buckets[bucket]?.key)],
      hours: [hours['arrival hour'].get(hourOf(noon)), hours['arrival hour'].get(hourOf(noon) - 1)],
      organization: [organization?.key],
    }

    const program = new URL('./memory.fixture.ts', import.meta.url).pathname
    const child = spawn(process.execPath, [program, folders.folder, folders.copyFolder, folders.masterKey], {
      stdio: ['pipe', 'pipe', 'inherit'],
    })
    onTestFinished(() => void child.kill('SIGKILL'))
    const answers = createInterface({ input: child.stdout })
    const tell = async (step: string) => {
      const answered = once(answers, 'line')
      child.stdin.write(`${step}\n`)
      await answered
    }

    await tell('use')
    for (const step of ['mirror', 'hours', 'organization'] as const) {
      const wanted = keys[step].filter((key) => key !== undefined)
      expect(wanted).toHaveLength(keys[step].length)
      const before = await isInMemoryOf(child.pid, wanted)
      expect(before).toEqual(wanted.map(() => true))
      await tell(step)
      const afterwards = await isInMemoryOf(child.pid, wanted)
      expect({ step, left: afterwards.filter(Boolean).length }).toEqual({ step, left: 0 })
    }
  },
)
