import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Random } from '../../sandbox/random.ts'
import { openInstallation } from '../../server/installation.ts'
import { createLog } from '../../server/log.ts'
import { WordFinder } from '../../server/privacy/find-words.ts'
import { readKeys } from '../../server/privacy/key-reading.ts'
import { sealedRows } from '../../server/privacy/sealed-rows.ts'
import { searchFiles } from '../../server/privacy/search-files.ts'
import { readSettings } from '../../server/settings.ts'
import { type Hub, openHub } from '../hub.ts'
import { placetelLine } from '../placetel-account.ts'
import { type OwnPostgres, ownPostgres } from '../postgres.ts'
import { until } from '../until.ts'
import { bitrix24 } from './bitrix24.ts'
import { pairsEnv } from './environment.ts'
import { Pair } from './pair.ts'
import { placetel } from './placetel.ts'

/** Woven into every name, e-mail and address of a recording that the stand-ins hand out. */
const needle = 'Needle5b0d71'
/** Below this the files of recordings lie. */
const files = '/placetel/files'
const atOnce = 6

export interface CrashesRead {
  lost: number
  duplicated: number
  /** recordings that came to the CRM */
  copied: number
  linked: number
  /** sealed values that opened, and how many of them had the needle: names, as they may */
  opened: number
  withNeedle: number
  /** sealed values that no key opened, and where one held an address of a recording */
  unopened: number
  withAddress: string[]
  /** files that were read, and in which of them a name, an e-mail or an address of a recording stood in clear */
  files: number
  inClear: string[]
}

/**
 * Plays calls with recordings through Placetel and Bitrix24, as copies and as links, while the server is killed at random
 * instants; then reads every byte that is left, and opens every seal.
 */
export async function crashesRead(wish: {
  calls: number
  kills: number
  seed: number
}): Promise<CrashesRead> {
  const postgres = await ownPostgres()
  // A node that was killed is known to be dead soon: its jobs are taken over when it has been silent for that long.
  const start = { jobs: { silentSeconds: 3, beatMs: 500 } }
  const hub = await openHub({ postgres, as: 'process', sandbox: { needle }, env: pairsEnv, start })
  try {
    return await playAndRead(hub, postgres, wish)
  } finally {
    // The databases go with the folder of their PostgreSQL, which is stopped by now.
    await hub.node(0).kill()
    await hub.sandbox.close()
    await hub.databases.close()
    await postgres.close()
    await rm(hub.folder, { recursive: true, force: true })
  }
}

async function playAndRead(
  hub: Hub,
  postgres: OwnPostgres,
  { calls, kills, seed }: { calls: number; kills: number; seed: number },
): Promise<CrashesRead> {
  const random = new Random(seed)
  // What the sender gives up is not ours to lose.
  hub.sandbox.placetel.set({ deliveryRetries: 600, deliveryRetryMs: 300 })
  const pair = await Pair.open(hub, placetel, bitrix24)
  for (const way of ['copy', 'link']) {
    await pair.office.admin.client.ok('PUT', `/api/v1/connections/${pair.exchange.connectionId}/settings`, {
      recordings: way,
    })
    const playing = playCalls(pair, { way, calls: calls / 2, random })
    for (let kill = 0; kill < kills / 2; kill += 1) {
      await sleep(random.int(300, 2_000))
      await hub.node(0).kill()
      await hub.node(0).start()
    }
    await playing
    await allDone(pair)
  }
  await pair.close()
  // By number alone: each calls once, and a call that is played into the past is held as of now.
  const held = hub.crm.held()
  const times = hub.crm.calls.map((call) => held.filter(({ from }) => from === call.from).length)
  const comments = JSON.stringify([...hub.sandbox.bitrix24.portal(pair.office.domain).comments.values()])
  await hub.node(0).kill()
  const seals = await readSeals(hub)
  await postgres.stop()
  return {
    lost: times.filter((count) => count === 0).length,
    duplicated: times.filter((count) => count > 1).length,
    copied: held.filter(({ hasRecording }) => hasRecording).length,
    linked: new Set(comments.match(/\/recordings\/[\w-]+/g)).size,
    ...seals,
    ...(await readFiles(hub, postgres.folder)),
  }
}

async function playCalls(
  { hub, office }: Pair,
  { way, calls, random }: { way: string; calls: number; random: Random },
): Promise<void> {
  let next = 0
  const caller = async () => {
    for (let at = next++; at < calls; at = next++) {
      const outer = `+44207946${way === 'copy' ? 1 : 2}${String(at).padStart(3, '0')}`
      await office.person(`Caller ${way} ${at}`, outer)
      await hub.sandbox.placetel.play('answered', {
        account: office.domain,
        outer,
        number: placetelLine,
        // Played faster than it is, so it began as long ago as half of the longest there is.
        speed: 400,
        startAt: Date.now() - 110_000,
        random: new Random(random.int(0, 2 ** 31)),
      })
    }
  }
  await Promise.all(Array.from({ length: atOnce }, caller))
  await hub.sandbox.idle()
}

/** Every call is written, and of every recording it is known what becomes of it. */
async function allDone({ hub, office }: Pair): Promise<void> {
  await hub.settled(240_000, [office])
  const database = await hub.databases.of(office.id)
  await until(
    'no recording waits',
    async () => {
      const [row] = await hub.databases.in<{ open: number }>(
        database,
        `select count(*)::int as open from calls c left join recordings r on r.id = c.id
         where r.id is null or r.state = 'waiting'`,
      )
      return row?.open === 0
    },
    240_000,
  )
}

async function readSeals(
  hub: Hub,
): Promise<Pick<CrashesRead, 'opened' | 'withNeedle' | 'unopened' | 'withAddress'>> {
  const settings = readSettings(hub.env)
  const installation = await openInstallation(settings, createLog('silent'))
  try {
    const keys = await readKeys(settings.keysFolder, settings.masterKey)
    const read = { opened: 0, withNeedle: 0, unopened: 0, withAddress: [] as string[] }
    for (const { organizationId, place, sealed } of await sealedRows(installation, settings.dataFolder)) {
      const text = keys.open(organizationId, place, sealed)
      if (text === undefined) {
        read.unopened += 1
        continue
      }
      read.opened += 1
      // A link is a seal within a seal.
      const link = /^link ([\w-]+)$/.exec(text)?.[1]
      const linkPlace = { table: 'recordings', column: 'link', row: 'link' }
      const inner = link && keys.open(organizationId, linkPlace, Buffer.from(link, 'base64url'))
      const whole = `${text} ${inner ?? ''}`
      if (whole.includes(needle)) read.withNeedle += 1
      if (whole.includes(files)) read.withAddress.push(`${place.table}.${place.column}`)
    }
    return read
  } finally {
    await installation.close()
  }
}

async function readFiles(hub: Hub, postgresFolder: string): Promise<Pick<CrashesRead, 'files' | 'inClear'>> {
  const words = new WordFinder([needle, files])
  const { keysFolder, dataFolder } = readSettings(hub.env)
  const read = { files: 0, inClear: [] as string[] }
  for (const folder of [postgresFolder, dataFolder]) {
    const searched = await searchFiles({ dataFolder: folder, keysFolder, lengthOf: () => undefined, words })
    read.files += searched.files
    read.inClear.push(...searched.words.map(({ word, path }) => `${word} in ${join(folder, path)}`))
  }
  const logged = [...words.find(Buffer.from(hub.log.raw.join('\n')))]
  read.inClear.push(...logged.map(({ word }) => `${word} in what the server printed`))
  return read
}
