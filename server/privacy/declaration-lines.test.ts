import { readdir, readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { declarations } from '../../policy/index.ts'

const folder = new URL('../../policy/', import.meta.url)

/** What is said of a kind as a whole, however many tables it has: its name, subjects, purposes, ground, time and so on. */
const saidOfAKind = 12
const mostForATable = 3

/** Every `declare({ … })` of policy/, without its comments. */
async function declared(): Promise<{ kind: string; lines: string[] }[]> {
  const found: { kind: string; lines: string[] }[] = []
  for (const file of (await readdir(folder)).filter((name) => name.endsWith('.ts'))) {
    const text = await readFile(new URL(file, folder), 'utf8')
    for (const [, block = ''] of text.matchAll(/= declare\(\{\n([\s\S]*?)\n\}\)/g)) {
      const lines = block.split('\n').filter((line) => !line.trimStart().startsWith('//'))
      found.push({ kind: /kind: '([^']+)'/.exec(block)?.[1] ?? '', lines })
    }
  }
  return found
}

describe('GD-9 a declaration reads like sentences', () => {
  it('of at most one line for each personal column and three for each table', async () => {
    const all = await declared()
    expect(all.map(({ kind }) => kind).sort()).toEqual(declarations.map(({ kind }) => kind).sort())
    for (const { kind, lines } of all) {
      const columns = Object.keys(declarations.find((one) => one.kind === kind)?.columns ?? {})
      const tables = new Set(columns.map((column) => column.split('.')[0]))
      for (const column of columns)
        expect(lines.filter((line) => line.includes(`'${column}':`)).length, column).toBe(1)
      expect(lines.length, kind).toBeLessThanOrEqual(
        saidOfAKind + columns.length + mostForATable * tables.size,
      )
    }
  })
})
