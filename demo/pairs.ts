import type { Control, World } from './set-up.ts'
import { crms, type PairChoice, type PairWorld, phones, titles } from './set-up-pair.ts'

/** The pair of the long day. */
const usual: PairChoice = { phone: 'optimcall', crm: 'pipedrive' }

export const isUsual = ({ phone, crm }: PairChoice): boolean => phone === usual.phone && crm === usual.crm

/** Every other telephone system and CRM. */
export const otherPairs: readonly PairChoice[] = phones
  .flatMap((phone) => crms.map((crm) => ({ phone, crm })))
  .filter((pair) => !isUsual(pair))

/** What became of the calls of one company, by the sandbox's own ledger. */
export interface PairCount {
  /** of the company in the CRM */
  name: string
  calls: number
  /** of which one record each is due */
  expected: number
  held: number
  lost: number
  duplicated: number
}

/** Plays a short day of every other pair, two at a time. */
export async function playOthers(control: Control, seed: number): Promise<void> {
  const waiting = otherPairs.map((pair, at) => ({ ...pair, seed: seed + at }))
  const next = async () => {
    for (let day = waiting.shift(); day; day = waiting.shift()) await control('day/play-pair', day)
  }
  await Promise.all([next(), next()])
}

export function tableOf(pairs: readonly PairCount[]): string {
  const columns = ['calls', 'expected', 'held', 'lost', 'duplicated'] as const
  const widest = Math.max(...pairs.map(({ name }) => name.length))
  const row = (name: string, cells: readonly string[]) =>
    `  ${name.padEnd(widest)}  ${cells.map((cell) => cell.padStart(10)).join('  ')}`
  return [
    row('', columns),
    ...pairs.map((pair) =>
      row(
        pair.name,
        columns.map((column) => String(pair[column])),
      ),
    ),
  ].join('\n')
}

/** Where to look, and as whom. */
export function usualLines(url: string, sandbox: string, { company, users }: World): string[] {
  return [
    `The desk      ${url}/          sign in with Pipedrive, choose Anna (extension 21) or Boris (22)`,
    `The phones    ${sandbox}/          "Ada calls" rings a phone; the CRM is below`,
    `Inside it     ${sandbox}/pipedrive/${company.domain}/host?user=${users.anna}      the floating window, as Anna`,
  ]
}

export function linesOf(url: string, sandbox: string, world: PairWorld): string[] {
  const { name, phone, crm, anna } = world
  const lines = [
    `The phones    ${sandbox}/          "Ada calls ${titles[phone]}" rings the phones of Anna and Boris`,
  ]
  if (crm === 'bitrix24')
    return [
      ...lines,
      `The desk      ${sandbox}/bitrix24/${name}/host?user=${anna.id}      inside Bitrix24, signed in as Anna; cards open there`,
      `              ${sandbox}/bitrix24/${name}/host?user=${world.boris.id}      as Boris`,
    ]
  return [
    ...lines,
    `The desk      ${url}/          sign in with Pipedrive as Anna (extension 21) or Boris (22) of ${name}`,
    `Inside it     ${sandbox}/pipedrive/${name}/host?user=${anna.id}      the floating window, as Anna`,
  ]
}
