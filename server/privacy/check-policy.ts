import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { adapterDeclaration, declarations } from '../../policy/index.ts'
import type { Db } from '../database/transaction.ts'
import type { Installation } from '../installation.ts'
import type { Organization } from '../organizations/organization.ts'
import { balancingProblems } from './balancing.ts'
import { compareCatalogue, sentencesOf } from './catalogue.ts'
import { contradictions } from './consistency.ts'
import { tablesEnding } from './ends.ts'
import { sealedRows } from './sealed-rows.ts'
import { classOf, compareSeals, headerOf } from './seals.ts'

type Check = (sentence: string, holds: boolean) => void

const root = fileURLToPath(new URL('../../', import.meta.url))

/** What needs no database: that policy/ agrees with itself, with its types and with its balancing tests. */
export async function checkPolicy(check: Check, options: { types: boolean }): Promise<void> {
  const told = contradictions()
  check(
    `${declarations.length} kinds of personal data are declared without a contradiction${because(told)}`,
    told.length === 0,
  )
  const missing = await balancingProblems()
  check(`legitimate interests have their balancing tests${because(missing)}`, missing.length === 0)
  const taken = notHosts.filter((host) => isTaken({ host, region: 'EU' }))
  check(
    `an adapter of others names hosts and regions as they are written${because(taken)}`,
    taken.length === 0 && isTaken({ host: '*.vendor.example', region: 'CH' }) && !isTaken(elsewhere),
  )
  const errors = options.types ? await typeErrors() : undefined
  if (errors) check(`the types of policy/ hold where they are used${because(errors)}`, errors.length === 0)
}

/** Too much, too little, or something else than a host. */
const notHosts = [
  '',
  'https://vendor.example',
  'vendor',
  '*.example',
  '-vendor.example',
  `${'v.'.repeat(130)}example`,
]
const elsewhere = { host: 'vendor.example', region: 'Europe' }

const isTaken = (host: { host: string; region: string }): boolean =>
  adapterDeclaration.safeParse({ data: ['calls'], hosts: [host] }).success

/**
 * What the types alone can see. Only complaints about policy/ count.
 * @returns undefined where the compiler is not installed: it is no part of what runs
 */
async function typeErrors(): Promise<string[] | undefined> {
  const compiler = `${root}node_modules/typescript/bin/tsc`
  if (!existsSync(compiler)) return undefined
  const child = spawn(process.execPath, [compiler, '--noEmit', '-p', root, '--pretty', 'false'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let said = ''
  for await (const piece of child.stdout) said += piece
  return said.split('\n').filter((line) => line.includes('error TS') && line.includes('policy/'))
}

/** The live databases against policy/: columns, row security, ends, and the key of every single sealed value. */
export async function checkSeals(installation: Installation, check: Check): Promise<void> {
  const wrong: string[] = []
  const seen = new Set<string>()
  const look = async (db: Db, database: 'organization' | 'control') => {
    wrong.push(...sentencesOf(await compareCatalogue(db, database)))
    const seals = await compareSeals(db, database, { samples: 100_000 })
    wrong.push(...seals.wrong)
    for (const [column, classes] of seals.seen) for (const by of classes) seen.add(`${column} by ${by}`)
  }
  await installation.cluster.control.transaction((db) => look(db, 'control'))
  for (const organization of await installation.organizations.list())
    await organization.transaction((db) => look(db, 'organization'), 'owner')
  for (const row of await sealedRows(installation, installation.settings.dataFolder)) {
    if (row.place.table !== 'spool') continue
    seen.add(`spool.request by ${headerOf(row.sealed)?.class}`)
  }
  check(`the databases are as policy/ says${because(wrong)}`, wrong.length === 0)
  const declared = declarations.flatMap(({ columns, sealedBy }) =>
    Object.entries(columns).flatMap(([column, form]) =>
      form === 'sealed' ? [`${column} by ${classOf(sealedBy)}`] : [],
    ),
  )
  const unseen = declared.filter((pair) => !seen.has(pair))
  const undeclared = [...seen].filter((pair) => !declared.includes(pair))
  check(
    `each of the ${declared.length} sealed columns holds a value, sealed by the key that policy/ names${because([...unseen, ...undeclared])}`,
    unseen.length + undeclared.length === 0,
  )
}

/** Tables that still hold rows of the organization although their kind ends with the last uninstall. */
export async function untouched(
  installation: Pick<Installation, 'cluster'>,
  organization: Organization,
): Promise<string[]> {
  const left = new Set<string>()
  const look = async (db: Db, database: 'organization' | 'control') => {
    for (const end of ['uninstall by the user', 'uninstall by the last user'] as const) {
      for (const table of tablesEnding(end, database)) {
        const row =
          database === 'control'
            ? await db.row(`select 1 from ${table} where organization_id = $1 limit 1`, [organization.id])
            : await db.row(`select 1 from ${table} limit 1`)
        if (row) left.add(table)
      }
    }
  }
  await installation.cluster.control.transaction((db) => look(db, 'control'))
  await organization.transaction((db) => look(db, 'organization'), 'owner')
  return [...left]
}

const because = (told: readonly string[]): string =>
  told.length > 0 ? ` — ${told.slice(0, 3).join('; ')}` : ''
