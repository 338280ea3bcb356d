import type { NewAccount } from '../sandbox/placetel/new-account.ts'
import type { ConnectionMade, ConnectionView, TelephonesView } from '../server/http/shapes.ts'
import type { Colleague } from './company.ts'
import type { Office } from './office.ts'
import { until } from './until.ts'

export const placetelLine = '+4922129191999'
export const otherLine = '+4922129191998'

/** A company's account at Placetel, with our connection to it. */
export class PlacetelAccount {
  readonly acme: Office
  readonly key: string
  /** our id of the connection, and what an administrator is told once for setting it up by hand */
  readonly made: ConnectionMade

  private constructor(acme: Office, key: string, made: ConnectionMade) {
    this.acme = acme
    this.key = key
    this.made = made
  }

  /** @param people whose telephones have these extensions there, and who are known by their e-mail */
  static async of(
    acme: Office,
    people: readonly (Pick<Colleague, 'name' | 'email'> & { extension: string })[],
    more: Partial<NewAccount> = {},
  ): Promise<PlacetelAccount> {
    const key = `key-of-${acme.domain}`
    const dids = people.map(({ extension }) => Number(extension))
    acme.hub.sandbox.placetel.createAccount({
      name: acme.domain,
      company: acme.domain,
      apiKey: key,
      sipUsers: people.map(({ name, email, extension }) => ({
        name,
        email,
        did: Number(extension),
        callerid: placetelLine,
      })),
      numbers: [
        { number: placetelLine, rings: dids },
        { number: otherLine, rings: dids },
      ],
      ...more,
    })
    const made = await acme.admin.client.ok<ConnectionMade>('POST', '/api/v1/connections', {
      side: 'phone',
      adapter: 'placetel',
    })
    return new PlacetelAccount(acme, key, made)
  }

  get id(): string {
    return this.made.id
  }

  get account() {
    return this.acme.hub.sandbox.placetel.account(this.acme.domain)
  }

  get subscriptions() {
    return [...this.account.subscriptions.values()]
  }

  /** The administrator gives the key, and more. @returns the status */
  async sets(settings: Record<string, unknown>): Promise<number> {
    const path = `/api/v1/connections/${this.id}/settings`
    return (await this.acme.admin.client.request('PUT', path, { body: settings })).status
  }

  /** With the key, calls are told by a subscription, and telephones and lines are known. */
  async connect(settings: Record<string, unknown> = {}): Promise<void> {
    await this.sets({ apiKey: this.key, delivery: 'subscription', ...settings })
    await until('calls are told', async () => (await this.card())?.asked?.told === 'subscribed')
    await until('lines are known', async () => (await this.telephones()).lines.length > 0)
  }

  telephones(): Promise<TelephonesView> {
    return this.acme.admin.client.ok('GET', `/api/v1/connections/${this.id}/telephones`)
  }

  async card(): Promise<ConnectionView | undefined> {
    const { connections } = await this.acme.admin.client.ok<{ connections: ConnectionView[] }>(
      'GET',
      '/api/v1/connections',
    )
    return connections.find(({ id }) => id === this.id)
  }
}
