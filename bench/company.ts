import { freePort } from '../demo/processes.ts'
import { controlOf, setUpDemo, signInOperator } from '../demo/set-up.ts'
import { type DemoWorld, seedDemoWorld } from '../sandbox/demo-world.ts'
import { type Sandbox, startSandbox } from '../sandbox/index.ts'
import type { ConnectionView } from '../server/http/shapes.ts'
import { createLog } from '../server/log.ts'
import { readSettings } from '../server/settings.ts'
import { startServer } from '../server/start.ts'
import type { Place } from './place.ts'
import { numberOf } from './seed-contacts.ts'

const weekSeconds = 7 * 24 * 3600

/** A company of the stand-ins with the whole server, in this process, installed by Anna; its contacts are copied. */
export async function openCompany(
  place: Place,
  name: string,
  given: { persons: number; recordings?: boolean; writeAfterMs?: number },
) {
  const sandbox = await startSandbox()
  const world = seedDemoWorld(sandbox)
  addPersons(sandbox, world, given.persons)
  if (given.recordings) sandbox.optimcall.configure(world.tenant, { recording: { afterSeconds: 0 } })
  const port = await freePort()
  const env = await place.installation(name, {
    PORT: String(port),
    RINGFENCE_URL: `http://127.0.0.1:${port}`,
    RINGFENCE_PRIVATE_HOSTS: [sandbox.url, phoneUrlOf(sandbox)].map((url) => new URL(url).host).join(','),
    PIPEDRIVE_CLIENT_ID: world.app.clientId,
    PIPEDRIVE_CLIENT_SECRET: world.app.clientSecret,
    PIPEDRIVE_OAUTH_URL: sandbox.pipedrive.oauthHost,
  })
  const { writeAfterMs } = given
  const server = await startServer(readSettings(env), {
    ...(writeAfterMs === undefined ? {} : { writeAfterMs }),
    log: createLog('error'),
  })
  const close = async () => {
    await server.close()
    await sandbox.close()
  }
  try {
    const callbackUrl = `${server.url}/apps/pipedrive/callback`
    sandbox.pipedrive.registerApp({ ...world.app, callbackUrl })
    const { organizationId, anna } = await setUpDemo({
      url: server.url,
      operator: await signInOperator(
        server.url,
        `#${await server.app.oneTimeTokens.make('operator-sign-in')}`,
      ),
      sandbox: controlOf(sandbox.url),
      phoneUrl: phoneUrlOf(sandbox),
      world,
    })
    const { connections } = await anna.call<{ connections: ConnectionView[] }>('GET', '/api/v1/connections')
    const [phoneId = '', crmId = ''] = (['phone', 'crm'] as const).map(
      (side) => connections.find((one) => one.side === side)?.id,
    )
    return { sandbox, world, server, anna, organizationId, phoneId, crmId, close }
  } catch (error) {
    await close()
    throw error
  }
}

/** Old ones: what has just changed would be read a second time. */
function addPersons(sandbox: Sandbox, { company }: DemoWorld, persons: number): void {
  const { pipedrive, clock } = sandbox
  clock.advance(-weekSeconds)
  for (let at = pipedrive.company(company.domain).persons.size; at < persons; at += 1)
    pipedrive.addPerson(company.domain, { name: `Person ${at}`, phones: [{ value: numberOf(at) }] })
  clock.advance(weekSeconds)
}

/** The stand-ins share one address: under another name for it the phone system's is not the CRM's. */
const phoneUrlOf = (sandbox: Sandbox) => sandbox.url.replace('127.0.0.1', 'localhost')
