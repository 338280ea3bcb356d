import type { Bitrix24 } from './index.ts'
import { NewEntity } from './inputs.ts'
import type { ContactPoint, Entity, EntityRef, EntityType, Portal } from './world.ts'

export type Creation = { entities: EntityRef[] }

/** A number as it is compared; empty text means that there is no number in it. */
export function comparable(bitrix: Bitrix24, portal: Portal, number: string): string {
  const digits = number.replace(/\D/g, '').replace(/^00/, '')
  if (bitrix.settings.phoneMatch === 'digits' || number.trim().startsWith('+')) return digits
  return digits.startsWith('0') ? `${portal.countryCode}${digits.slice(1)}` : digits
}

/** Leads, contacts and companies with this number, in the order in which the vendor looks. */
export function findByPhone(bitrix: Bitrix24, portal: Portal, number: string): EntityRef[] {
  const wanted = comparable(bitrix, portal, number)
  if (wanted === '') return []
  return (['CONTACT', 'COMPANY', 'LEAD'] as const).flatMap((type) =>
    [...portal.entities[type].values()]
      .filter((entity) => phonesOf(entity).some(({ value }) => comparable(bitrix, portal, value) === wanted))
      .map(({ id }) => ({ type, id })),
  )
}

export function phonesOf(entity: Entity): ContactPoint[] {
  return entity.points.filter(({ typeId }) => typeId === 'PHONE')
}

/** What CRM_CREATE makes of an unknown number: a lead, or in the simple mode a contact with a deal. */
export function createForCall(
  bitrix: Bitrix24,
  portal: Portal,
  { phone, userId }: { phone: string; userId: number },
): Creation {
  const add = (type: EntityType, input: Partial<NewEntity> & { name: string }) =>
    addEntity(bitrix, portal, type, { ...input, assignedTo: userId })
  if (portal.crmMode === 'classic') {
    const lead = add('LEAD', { name: `${phone} - Call`, phones: [phone] })
    return { entities: [{ type: 'LEAD', id: lead.id }] }
  }
  const contact = add('CONTACT', { name: phone, phones: [phone] })
  const deal = add('DEAL', { name: `${phone} - Call` })
  return {
    entities: [
      { type: 'CONTACT', id: contact.id },
      { type: 'DEAL', id: deal.id },
    ],
  }
}

/** Stores a new entity and tells the bound handlers. */
export function addEntity(bitrix: Bitrix24, portal: Portal, type: EntityType, input: NewEntity): Entity {
  const parsed = NewEntity.parse(input)
  const now = bitrix.clock.now()
  const entity: Entity = {
    id: portal.newId(type),
    type,
    ...namesOf(type, parsed.name),
    points: [...pointsOf(portal, 'PHONE', parsed.phones), ...pointsOf(portal, 'EMAIL', parsed.emails)],
    assignedById: parsed.assignedTo ?? firstUser(portal),
    companyId: parsed.companyId ?? null,
    createdAt: now,
    modifiedAt: now,
  }
  portal.entities[type].set(entity.id, entity)
  tell(bitrix, portal, entity, 'ADD')
  return entity
}

export function editEntity(
  bitrix: Bitrix24,
  portal: Portal,
  ref: EntityRef,
  input: Partial<NewEntity>,
): Entity {
  const entity = required(portal, ref)
  const { name, phones, emails, assignedTo, companyId } = NewEntity.partial().parse(input)
  if (name !== undefined) Object.assign(entity, namesOf(ref.type, name))
  const keep = (typeId: ContactPoint['typeId']) => entity.points.filter((point) => point.typeId === typeId)
  // Defaults of the schema count as given; the input itself decides what changes.
  entity.points = [
    ...(input.phones === undefined ? keep('PHONE') : pointsOf(portal, 'PHONE', phones ?? [])),
    ...(input.emails === undefined ? keep('EMAIL') : pointsOf(portal, 'EMAIL', emails ?? [])),
  ]
  if (assignedTo !== undefined) entity.assignedById = assignedTo
  if (companyId !== undefined) entity.companyId = companyId
  touched(bitrix, portal, entity)
  return entity
}

/** Notes and tells that an entity was changed. */
export function touched(bitrix: Bitrix24, portal: Portal, entity: Entity): void {
  entity.modifiedAt = Math.max(bitrix.clock.now(), entity.modifiedAt)
  tell(bitrix, portal, entity, 'UPDATE')
}

export function deleteEntity(bitrix: Bitrix24, portal: Portal, ref: EntityRef): void {
  const entity = required(portal, ref)
  portal.entities[ref.type].delete(ref.id)
  tell(bitrix, portal, entity, 'DELETE')
}

type Point = string | { value: string; type: string }

export function pointsOf(
  portal: Portal,
  typeId: ContactPoint['typeId'],
  points: readonly Point[],
): ContactPoint[] {
  return points.map((point) => ({
    id: portal.newId('other'),
    typeId,
    ...(typeof point === 'string'
      ? { value: point, valueType: 'WORK' }
      : { value: point.value, valueType: point.type }),
  }))
}

function namesOf(type: EntityType, name: string): Pick<Entity, 'name' | 'lastName' | 'title'> {
  if (type !== 'CONTACT') return { name: '', lastName: '', title: name }
  const [first = '', ...rest] = name.split(' ')
  return { name: first, lastName: rest.join(' '), title: '' }
}

function required(portal: Portal, ref: EntityRef): Entity {
  const entity = portal.entity(ref)
  if (entity === undefined) throw new Error(`no ${ref.type.toLowerCase()} ${ref.id}`)
  return entity
}

function firstUser(portal: Portal): number {
  const first = portal.users.keys().next()
  if (first.done === true) throw new Error(`portal ${portal.name} has no users`)
  return first.value
}

function tell(bitrix: Bitrix24, portal: Portal, entity: Entity, what: 'ADD' | 'UPDATE' | 'DELETE'): void {
  bitrix.events.fire(
    portal,
    `ONCRM${entity.type}${what}`,
    { FIELDS: { ID: entity.id } },
    { subject: String(entity.id), userId: entity.assignedById },
  )
}
