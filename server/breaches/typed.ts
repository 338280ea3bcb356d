import { readFile } from 'node:fs/promises'
import type { z } from 'zod'
import { failed } from '../failure.ts'
import { type Reach, reach } from './facts.ts'

/** How far a breach went, as it was typed. */
export type TypedReach = Readonly<
  Record<'from' | 'to' | 'org' | 'account' | 'connection' | 'table', string | undefined>
>

/** @throws RingfenceError `setting` with one sentence */
export function reachIn({ from, to, org, account, connection, table }: TypedReach): Reach {
  const instant = (text: string) => new Date(text).toISOString()
  const said = {
    ...(from === undefined ? {} : { from: Number.isNaN(Date.parse(from)) ? from : instant(from) }),
    ...(to === undefined ? {} : { to: Number.isNaN(Date.parse(to)) ? to : instant(to) }),
    ...(org === undefined ? {} : { organizations: org.split(',') }),
    ...(account === undefined ? {} : { account }),
    ...(connection === undefined ? {} : { connection }),
    ...(table === undefined ? {} : { tables: table.split(',') }),
  }
  return readAs(reach, said, 'breach affected')
}

/** @throws RingfenceError `setting` with one sentence, without what stands in the file */
export async function readFacts<T extends z.ZodType>(file: string | undefined, as: T): Promise<z.output<T>> {
  if (file === undefined)
    return failed({
      code: 'setting',
      name: 'breach record',
      sentence: 'Name the file with what is known: breach record FILE. docs/guide/breach.md shows one.',
    })
  const text = await readFile(file, 'utf8').catch(() => undefined)
  let content: unknown
  try {
    content = JSON.parse(text ?? '')
  } catch {
    // told in the next line, without what stands in the file
  }
  if (content === undefined)
    return failed({ code: 'setting', name: 'breach record', sentence: `${file} cannot be read as JSON.` })
  return readAs(as, content, file)
}

function readAs<T extends z.ZodType>(as: T, content: unknown, name: string): z.output<T> {
  const read = as.safeParse(content)
  if (read.success) return read.data
  const [issue] = read.error.issues
  const place = issue?.path.join('.') || 'the whole'
  return failed({
    code: 'setting',
    name,
    sentence: `${name}: "${place}" is not as it has to be (${issue?.code}). docs/guide/breach.md shows how.`,
  })
}
