import type { Needle } from '../needle.ts'
import type { Fields } from './params.ts'
import type { Entity, Portal } from './world.ts'

/** What people call it, the needle woven in. */
export function entityName(needle: Needle, entity: Entity): string {
  const name = entity.title === '' ? `${entity.name} ${entity.lastName}`.trim() : entity.title
  return needle.name(name)
}

type Names = { NAME: string; LAST_NAME: string }

function names(needle: Needle, entity: Entity): Names {
  return entity.lastName === ''
    ? { NAME: needle.name(entity.name), LAST_NAME: '' }
    : { NAME: entity.name, LAST_NAME: needle.name(entity.lastName) }
}

/** All fields of the classic methods: upper case, ids as text. */
export function classicView(needle: Needle, portal: Portal, entity: Entity): Fields {
  const multi = (typeId: 'PHONE' | 'EMAIL') =>
    entity.points
      .filter((point) => point.typeId === typeId)
      .map((point) => ({
        ID: String(point.id),
        VALUE_TYPE: point.valueType,
        VALUE: typeId === 'EMAIL' ? needle.email(point.value) : point.value,
        TYPE_ID: typeId,
      }))
  const [phones, emails] = [multi('PHONE'), multi('EMAIL')]
  return {
    ID: String(entity.id),
    ...(entity.type === 'CONTACT' ? names(needle, entity) : { TITLE: needle.name(entity.title) }),
    ASSIGNED_BY_ID: String(entity.assignedById),
    COMPANY_ID: entity.companyId === null ? null : String(entity.companyId),
    HAS_PHONE: phones.length > 0 ? 'Y' : 'N',
    HAS_EMAIL: emails.length > 0 ? 'Y' : 'N',
    OPENED: 'Y',
    DATE_CREATE: portal.isoTime(entity.createdAt),
    DATE_MODIFY: portal.isoTime(entity.modifiedAt),
    PHONE: phones,
    EMAIL: emails,
  }
}

/** All fields of crm.item.*: camel case, ids as numbers. */
export function itemView(needle: Needle, portal: Portal, entity: Entity): Fields {
  const { NAME, LAST_NAME } = names(needle, entity)
  return {
    id: entity.id,
    ...(entity.type === 'CONTACT'
      ? { name: NAME, lastName: LAST_NAME }
      : { title: needle.name(entity.title) }),
    assignedById: entity.assignedById,
    companyId: entity.companyId ?? 0,
    hasPhone: entity.points.some(({ typeId }) => typeId === 'PHONE') ? 'Y' : 'N',
    createdTime: portal.isoTime(entity.createdAt),
    updatedTime: portal.isoTime(entity.modifiedAt),
    fm: entity.points.map((point) => ({
      id: point.id,
      valueType: point.valueType,
      value: point.typeId === 'EMAIL' ? needle.email(point.value) : point.value,
      typeId: point.typeId,
    })),
  }
}
