import { createInterface } from 'node:readline'
import { pathToFileURL } from 'node:url'

/** Checks one copy of the program after the other: a line of JSON in, a line of JSON out. */
interface Wish {
  folder: string
  types: boolean
}

for await (const line of createInterface({ input: process.stdin })) {
  const { folder, types } = JSON.parse(line) as Wish
  process.stdout.write(`${JSON.stringify(await complaintsOf(folder, types))}\n`)
}

async function complaintsOf(folder: string, types: boolean): Promise<string[]> {
  try {
    // Its own modules, since the folder is its own; what it takes from node_modules is there already.
    const { href } = pathToFileURL(`${folder}/server/privacy/check-policy.fixture.ts`)
    const copy = (await import(href)) as typeof import('./check-policy.fixture.ts')
    return await copy.complaints({ types })
  } catch (error) {
    // Refused when it was read, or at the start. A failure of ours keeps its sentence beside its message.
    const sentence = (error as { failure?: { sentence?: string } }).failure?.sentence
    return [sentence ?? (error instanceof Error ? error.message : String(error)).trim()]
  }
}
