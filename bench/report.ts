import { availableParallelism, cpus } from 'node:os'

/** One benchmark, ours beside its floors, all measured in the same run. */
export interface Result {
  name: string
  /** of `ours`, `floor` and `bare` */
  unit: 'ms' | 's' | '/s' | 'KiB' | 'MB' | 'tokens'
  ours: number
  floor: number
  /** undefined: this benchmark has no bare floor */
  bare: number | undefined
  /** undefined: told without being judged */
  goal: Goal | undefined
}
/** What the ratio of ours to the fair floor may be: times and amounts may not be too large, rates not too small. */
export type Goal = { atMost: number } | { atLeast: number }

export interface Judged {
  name: string
  ours: number
  floor: number
  /** ours ÷ fair floor */
  ratio: number
  /** ours ÷ bare floor; null where there is none */
  bareRatio: number | null
  goal: string
  /** null: there is no goal */
  met: boolean | null
  unit: Result['unit']
}

export function judge({ name, unit, ours, floor, bare, goal }: Result): Judged {
  const ratio = ours / floor
  return {
    name,
    ours: rounded(ours),
    floor: rounded(floor),
    ratio: rounded(ratio),
    bareRatio: bare === undefined ? null : rounded(ours / bare),
    ...judgedBy(goal, ratio),
    unit,
  }
}

function judgedBy(goal: Goal | undefined, ratio: number): Pick<Judged, 'goal' | 'met'> {
  if (goal === undefined) return { goal: '', met: null }
  return 'atMost' in goal
    ? { goal: `<= ${goal.atMost}`, met: ratio <= goal.atMost }
    : { goal: `>= ${goal.atLeast}`, met: ratio >= goal.atLeast }
}

/** Three significant digits: more would be noise. */
function rounded(value: number): number {
  return Number(value.toPrecision(3))
}

/** The table for people. */
export function table(judged: readonly Judged[], machine: string): string {
  const rows = [
    ['', 'ours', 'fair floor', 'ratio', 'goal', 'met', 'ratio to the bare floor'],
    ...judged.map((one) => [
      one.name,
      `${one.ours} ${one.unit}`,
      `${one.floor} ${one.unit}`,
      one.ratio.toFixed(2),
      one.goal,
      one.met === null ? '' : one.met ? 'yes' : 'NO',
      one.bareRatio === null ? '' : one.bareRatio.toFixed(2),
    ]),
  ]
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? []
  const lines = rows.map((row) =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  '),
  )
  return `${lines.join('\n')}\n\n${machine}\n`
}

export function machine(postgresVersion: string): string {
  const { model = 'unknown processor' } = cpus()[0] ?? {}
  return `${availableParallelism()} cores (${model.trim()}), Node ${process.versions.node}, PostgreSQL ${postgresVersion}`
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5)
}

/** Of what `alternate` has measured. */
export function medians<Who extends string>(
  measured: Readonly<Record<Who, readonly number[]>>,
): Record<Who, number> {
  const names = Object.keys(measured) as Who[]
  return Object.fromEntries(names.map((who) => [who, median(measured[who])])) as Record<Who, number>
}

/** The smallest value that this share of all values does not exceed. @throws for no values at all */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  const value = sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)]
  if (value === undefined) throw new Error('nothing was measured')
  return value
}
