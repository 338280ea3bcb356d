import { addEntity, deleteEntity, editEntity } from './crm-store.ts'
import type { Bitrix24 } from './index.ts'
import { type NewEntity, NewPortal, NewUser } from './inputs.ts'
import { type Entity, type EntityRef, type EntityType, Portal, type User } from './world.ts'

/** What people do in portals. */
export class People {
  readonly #bitrix: Bitrix24

  constructor(bitrix: Bitrix24) {
    this.#bitrix = bitrix
  }

  createPortal(options: NewPortal): Portal {
    const { users, contacts, companies, leads, memberId, ...rest } = NewPortal.parse(options)
    if (this.#bitrix.portals.has(rest.name)) throw new Error(`portal ${rest.name} exists`)
    const portal = new Portal({ ...rest, memberId: memberId ?? this.#bitrix.random.hex(32) })
    this.#bitrix.portals.set(portal.name, portal)
    for (const user of users) this.addUser(portal.name, user)
    for (const item of companies) this.add(portal.name, 'COMPANY', item)
    for (const item of contacts) this.add(portal.name, 'CONTACT', item)
    for (const item of leads) this.add(portal.name, 'LEAD', item)
    return portal
  }

  addUser(portalName: string, options: NewUser): User {
    const portal = this.#bitrix.portal(portalName)
    const { name, innerPhone, mobile, ...rest } = NewUser.parse(options)
    const [first = '', ...others] = name.split(' ')
    const user: User = {
      ...rest,
      id: portal.newId('user'),
      name: first,
      lastName: others.join(' '),
      innerPhone: innerPhone ?? null,
      mobile: mobile ?? null,
    }
    portal.users.set(user.id, user)
    this.#bitrix.events.fire(
      portal,
      'ONUSERADD',
      { ID: user.id, ACTIVE: 'Y', EMAIL: this.#bitrix.needle.email(user.email), NAME: user.name },
      { subject: String(user.id), userId: user.id },
    )
    return user
  }

  /** No event tells of changes of users. */
  editUser(
    portalName: string,
    id: number,
    changes: {
      innerPhone?: string | null | undefined
      admin?: boolean | undefined
      active?: boolean | undefined
    },
  ): User {
    const user = this.#bitrix.portal(portalName).user(id)
    if (changes.innerPhone !== undefined) user.innerPhone = changes.innerPhone
    if (changes.admin !== undefined) user.admin = changes.admin
    if (changes.active !== undefined) user.active = changes.active
    return user
  }

  /** The user's tokens answer `authorization_error` from now on. */
  dismissUser(portalName: string, id: number): User {
    return this.editUser(portalName, id, { active: false })
  }

  add(portalName: string, type: EntityType, input: NewEntity): Entity {
    return addEntity(this.#bitrix, this.#bitrix.portal(portalName), type, input)
  }

  edit(portalName: string, ref: EntityRef, input: Partial<NewEntity>): Entity {
    return editEntity(this.#bitrix, this.#bitrix.portal(portalName), ref, input)
  }

  delete(portalName: string, ref: EntityRef): void {
    deleteEntity(this.#bitrix, this.#bitrix.portal(portalName), ref)
  }

  /** A user closes a call card by hand. */
  closeCard(portalName: string, options: { userId: number; callId: string }): void {
    const portal = this.#bitrix.portal(portalName)
    this.#bitrix.cardBoard.hide(portal, options.callId, [options.userId], 'user')
  }
}
