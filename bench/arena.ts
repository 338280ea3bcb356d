import { randomUUID } from 'node:crypto'
import type { Target } from '../server/database/connections.ts'
import type { Installation } from '../server/installation.ts'
import { openInstallation } from '../server/installation.ts'
import { createLog } from '../server/log.ts'
import type { Organization } from '../server/organizations/organization.ts'
import { rolesOf } from '../server/organizations/organization-database.ts'
import { purposeRoles } from '../server/privacy/purposes.ts'
import { readSettings } from '../server/settings.ts'
import { kinds, Telephone, type ToldCall } from './calls.ts'
import { Child } from './children.ts'
import type { FloorOrganization, FloorServer } from './floor-server.ts'
import { HeldStream, Line, post } from './load.ts'
import { readyOrganization } from './organizations.ts'
import type { OurServer } from './our-server.ts'
import type { Place } from './place.ts'
import { recordCalls } from './recording.ts'

export type Contestant = 'ours' | 'floor' | 'bare'

/** Our server and the floors' beside it, each with as many organizations, ready for the same calls. */
export interface Arena {
  urls: Record<Contestant, string>
  /** The deliveries of a call, ready to be written. */
  requests(to: Contestant, call: ToldCall, organization: number): Buffer[]
  /** Holds a screen of the first organization. */
  screen(of: Contestant): Promise<HeldStream>
  close(): Promise<void>
}

export interface ArenaWish {
  name: string
  organizations: number
  /** floors send what ours sent for a call of the same kind */
  messages: boolean
  profileFolder: string | undefined
}

export async function openArena(place: Place, wish: ArenaWish): Promise<Arena> {
  const ours = await prepareOurs(place, wish)
  const floor = await prepareFloor(place, wish)
  const ourServer = Child.start<OurServer>('our-server.ts', wish.profileFolder)
  const floorServer = Child.start<FloorServer>('floor-server.ts', wish.profileFolder)
  const close = async () => {
    await Promise.all([ourServer.stop(), floorServer.stop()])
  }
  try {
    const ourUrl = await ourServer.ask('start', ours.env)
    const arena = (floorUrl: string): Arena => ({
      urls: { ours: ourUrl, floor: floorUrl, bare: floorUrl },
      requests(to, call, organization) {
        const hook = ours.hooks[organization]
        const key = hook?.key ?? ''
        if (to === 'ours')
          return call.bodies.map((body) =>
            post(ourUrl, `/hooks/${key}`, { 'x-optimcall-key': hook?.secret ?? '' }, body),
          )
        const id = randomUUID()
        const path = to === 'floor' ? `/hooks/${key}` : `/bare/${key}`
        return call.bodies.map((body, event) =>
          post(floorUrl, path, { 'x-floor': `${organization} ${call.kind} ${event} ${id}` }, body),
        )
      },
      screen: async (of) =>
        of === 'ours'
          ? HeldStream.open(ourUrl, await liveToken(ourUrl, ours.sessionToken))
          : HeldStream.open(floorUrl),
      close,
    })
    const messages = wish.messages ? await messagesOf(arena('')) : []
    return arena(await floorServer.ask('start', { ...floor, messages }))
  } catch (error) {
    await close()
    throw error
  }
}

async function prepareOurs(place: Place, wish: ArenaWish) {
  const env = await place.installation(`ours_${wish.name}`, {
    // Without an installation of the app nothing is asked of it, but links and rights are worked out.
    PIPEDRIVE_CLIENT_ID: 'bench',
    PIPEDRIVE_CLIENT_SECRET: 'bench',
    PIPEDRIVE_OAUTH_URL: 'http://127.0.0.1:9',
  })
  const installation = await openInstallation(readSettings(env), createLog('silent'))
  try {
    const hooks: { key: string; secret: string }[] = []
    let sessionToken = ''
    for (let count = 0; count < wish.organizations; count += 1) {
      const ready = await readyOrganization(installation)
      hooks.push({ key: ready.hookKey, secret: ready.hookSecret })
      sessionToken ||= ready.sessionToken
    }
    return { env, hooks, sessionToken }
  } finally {
    await installation.close()
  }
}

async function prepareFloor(place: Place, wish: ArenaWish) {
  const env = await place.installation(`floor_${wish.name}`)
  const installation = await openInstallation(readSettings(env), createLog('silent'))
  try {
    const organizations: FloorOrganization[] = []
    for (let count = 0; count < wish.organizations; count += 1) {
      const ready = await readyOrganization(installation)
      const telephone = new Telephone(1_000 + count)
      const recordings = await recordCalls(
        installation,
        ready,
        kinds.map((kind) => telephone.call(kind)),
      )
      const { app: target, purpose } = await databaseOf(installation, ready.organization)
      await ready.organization.transaction(
        (db) =>
          db.rows(
            `create table bare (call text, event integer, body bytea); grant insert on bare to ${purpose}`,
          ),
        'owner',
      )
      organizations.push({ target, recordings })
    }
    return { control: installation.cluster.control.target, organizations }
  } finally {
    await installation.close()
  }
}

/**
 * Where an organization lives and how it is reached under row security, which otherwise only `Organizations` knows. A floor
 * has the rights of one purpose from its login on: it does not say in each transaction for what it reads, as we do.
 */
export async function databaseOf(
  installation: Installation,
  organization: Organization,
): Promise<{ name: string; purpose: string; app: Target }> {
  const row = await installation.cluster.control.transaction((db) =>
    db.row<{ database_name: string }>('select database_name from organizations where id = $1', [
      organization.id,
    ]),
  )
  const name = row?.database_name ?? ''
  const user = rolesOf(name).app
  const { connections, control } = installation.cluster
  const purpose = purposeRoles(control.target.database)['show calls to the people they are for']
  await connections.with(control.target, (client) =>
    client.query(`alter role ${user} in database ${name} set role = '${purpose}'`),
  )
  const password = organization.keys.derive('database role app')
  return { name, purpose, app: installation.cluster.as({ user, password, database: name }) }
}

async function liveToken(url: string, sessionToken: string): Promise<string> {
  const answer = await fetch(`${url}/api/v1/session/live`, {
    method: 'POST',
    headers: { authorization: `Bearer ${sessionToken}` },
  })
  const { token } = (await answer.json()) as { token: string }
  return token
}

/** What our server says on a screen while a call of each kind goes on. */
async function messagesOf(arena: Arena): Promise<string[][]> {
  const line = await Line.open(arena.urls.ours)
  const screen = await arena.screen('ours')
  const telephone = new Telephone(2)
  const messages: string[][] = []
  for (const kind of kinds) {
    const texts: string[] = []
    for (const request of arena.requests('ours', telephone.call(kind), 0)) {
      const shown = screen.next()
      await line.send(request)
      texts.push((await shown).text)
    }
    messages.push(texts)
  }
  line.close()
  screen.close()
  return messages
}
