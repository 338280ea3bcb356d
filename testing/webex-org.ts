import type { ConnectionMade, MyTelephones, TelephonesView } from '../server/http/shapes.ts'
import type { Colleague } from './company.ts'
import { runPhoneNow } from './jobs.ts'
import type { Office } from './office.ts'

type Telephoned = Pick<Colleague, 'name' | 'email' | 'extension' | 'client'>

/** A company's Webex organization, with our connection to it. */
export class WebexOrg {
  readonly acme: Office
  /** our id of the connection */
  readonly id: string

  private constructor(acme: Office, id: string) {
    this.acme = acme
    this.id = id
  }

  /** @param people by the extensions that their telephones have there */
  static async of(acme: Office, people: readonly Telephoned[], recording = false): Promise<WebexOrg> {
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

  /** Goes the way over a tab that is signed in nowhere. @returns the page of ours where it ends */
  async connect(colleague: Telephoned, decision: 'allow' | 'deny' = 'allow'): Promise<string> {
    const { url } = await colleague.client.ok<{ url: string }>(
      'POST',
      `/api/v1/users/me/telephones/${this.id}/connect`,
    )
    return this.acme.hub.client().signIn(url, colleague.email, decision)
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
    return runPhoneNow(this.acme.hub, 'tend-phone', { organizationId: this.acme.id, connectionId: this.id })
  }

  /** Does now what is done every night. */
  night(): Promise<void> {
    return runPhoneNow(this.acme.hub, 'night-phone', { organizationId: this.acme.id, connectionId: this.id })
  }
}
