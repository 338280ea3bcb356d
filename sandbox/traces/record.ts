import { mkdir, writeFile } from 'node:fs/promises'
import { plays, recordTrace } from './record-trace.ts'

const known: Record<string, Record<string, string>> = {}
for (const [vendor, ofVendor] of Object.entries(plays)) {
  const folder = new URL(`${vendor}/`, import.meta.url)
  await mkdir(folder, { recursive: true })
  for (const [name, play] of Object.entries(ofVendor)) {
    const { bodies, people } = await recordTrace(vendor, play)
    if (people !== undefined) known[vendor] = people
    const lines = bodies.map((body) => `  ${JSON.stringify(body)}`)
    await writeFile(new URL(`${name}.json`, folder), `[\n${lines.join(',\n')}\n]\n`)
  }
}
await writeFile(new URL('people.json', import.meta.url), `${JSON.stringify(known, null, 2)}\n`)
