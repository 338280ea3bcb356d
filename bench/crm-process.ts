import { type Sandbox, startSandbox } from '../sandbox/index.ts'
import { serve } from './children.ts'
import type { CrmPlace } from './crm-place.ts'
import { numberOf } from './seed-contacts.ts'

/** A stand-in for Pipedrive with one large company. */
export type CrmProcess = typeof tasks

const app = {
  clientId: 'bench',
  clientSecret: 'bench',
  callbackUrl: 'http://127.0.0.1:9/callback',
  scopes: ['contacts:full', 'activities:full', 'phone-integration', 'users:read', 'webhooks:full'],
}
const weekSeconds = 7 * 24 * 3600

let sandbox: Sandbox | undefined

const tasks = {
  start: async (persons: number): Promise<CrmPlace> => {
    sandbox = await startSandbox()
    const { pipedrive, clock } = sandbox
    pipedrive.registerApp(app)
    // Old persons: what has just changed would be read a second time at the end.
    clock.advance(-weekSeconds)
    pipedrive.createCompany({
      domain: 'bench',
      plan: 'Ultimate',
      seats: 100,
      users: ['ours', 'floor'].map((name) => ({ name, email: `${name}@bench.example`, admin: true })),
      persons: Array.from({ length: persons }, (_, at) => ({
        name: `Person ${at + 1}`,
        phones: [{ value: typed(at) }, ...(at % 4 === 0 ? [{ value: typed(persons + at) }] : [])],
        emails: [{ value: `person.${at + 1}@mail.example` }],
      })),
    })
    clock.advance(weekSeconds)
    return {
      url: sandbox.url,
      oauthUrl: pipedrive.oauthHost,
      clientId: app.clientId,
      clientSecret: app.clientSecret,
      redirectUri: app.callbackUrl,
      users: [...pipedrive.company('bench').users.keys()],
    }
  },
}

/** The usual ways of writing, in turn. */
function typed(at: number): string {
  const national = numberOf(at).slice(4)
  const grouped = `${national.slice(0, 3)} ${national.slice(3, 6)} ${national.slice(6)}`
  return [`+420${national}`, `+420 ${grouped}`, grouped, national, `00420 ${grouped}`][at % 5] ?? national
}

serve(tasks, async () => sandbox?.close())
