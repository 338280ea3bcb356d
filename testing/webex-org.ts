import type { ConnectionMade, MyTelephones, TelephonesView } from '../server/http/shapes.ts'
import type { Colleague, Company } from './company.ts'
import { until } from './until.ts'

/** Whichever CRM it has. */
type WebexCompany = Pick<Company, 'hub' | 'id' | 'domain'> & { admin: Pick<Colleague, 'client'> }
type Telephoned = Pick<Colleague, 'name' | 'email' | 'extension' | 'client'>

/** A company's Webex organization, with our connection to it. */
export class WebexOrg {
  readonly acme: WebexCompany
  /** our id of the connection */
  readonly id: string

  private constructor(acme: WebexCompany, id: string) {
    this.acme = acme
    this.id = id
  }

  /** @param people by the extensions that their telephones have there */
  static async of(acme: WebexCompany, people: readonly Telephoned[], recording = false): Promise<WebexOrg> {
    acme.hub.sandbox.webex.createOrg({
      name: acme.domain,
      company: acme.domain,
      ...(recording ? { recording: { afterSeconds: 0 } } : {}),
    })
    const made = await acme.admin.client.ok<ConnectionMade>('POST', '/api/v1/connections', {
      side: 'phone',
      adapter: 'webex',
    })
    const org = new WebexOrg(acme, made.id)
    for (const [at, colleague] of people.entries()) org.person(colleague, at)
    return org
  }

  person({ name, email, extension }: Telephoned, at: number): void {
    this.acme.hub.sandbox.webex.addPerson(this.acme.domain, {
      name,
      email,
      extension,
      number: `+42022233350${at}`,
    })
  }

  /** Goes the way over the browser. @returns the page of ours where it ends */
  async connect(colleague: Telephoned, decision: 'allow' | 'deny' = 'allow'): Promise<string> {
    const { url } = await colleague.client.ok<{ url: string }>(
      'POST',
      `/api/v1/users/me/telephones/${this.id}/connect`,
    )
    return colleague.client.signIn(url, colleague.email, decision)
  }

  async mine(colleague: Telephoned) {
    const { telephones } = await colleague.client.ok<MyTelephones>('GET', '/api/v1/users/me/telephones')
    return telephones.find(({ connectionId }) => connectionId === this.id)
  }

  telephones(): Promise<TelephonesView> {
    return this.acme.admin.client.ok('GET', `/api/v1/connections/${this.id}/telephones`)
  }

  get webhooks() {
    return this.acme.hub.sandbox.webex.webhooks(this.acme.domain)
  }

  /** Looks at the subscriptions now. Resolves when it has been done. */
  tend(): Promise<void> {
    return this.#run('tend-phone')
  }

  /** Does now what is done every night. */
  night(): Promise<void> {
    return this.#run('night-phone')
  }

  async #run(task: string): Promise<void> {
    const key = `${task}:${this.id}`
    await this.acme.hub.app.jobs.add(
      task,
      { organizationId: this.acme.id, connectionId: this.id },
      { key, at: new Date(), alone: true },
    )
    await until(`${task} has run`, async () => {
      const waiting = await this.acme.hub.control<{ later: boolean }>(
        `select run_at > now() + interval '20 seconds' as later from graphile_worker.jobs
         where key = $1 or (task_identifier = $2 and locked_at is not null)`,
        [key, task],
      )
      return waiting.length === 1 && waiting[0]?.later === true
    })
  }
}
