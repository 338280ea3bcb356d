import { addEntity, comparable, deleteEntity, phonesOf, pointsOf, touched } from './crm-store.ts'
import { classicView } from './entity-view.ts'
import { RestError } from './errors.ts'
import { filtered, ordered, page } from './filter.ts'
import { type Fields, fieldsOf, integerOf, textOf } from './params.ts'
import { Listed, type Method, type RestCall } from './rest-call.ts'
import type { Entity, EntityType } from './world.ts'

/** Multiple fields come only when named. */
const multiple = ['PHONE', 'EMAIL']

function selected(row: Fields, select: readonly unknown[] | undefined): Fields {
  const names = (select ?? ['*']).map((item) => String(item).toUpperCase())
  const wanted = (name: string) =>
    names.includes(name) || name === 'ID' || (names.includes('*') && !multiple.includes(name))
  return Object.fromEntries(Object.entries(row).filter(([name]) => wanted(name)))
}

function list(call: RestCall, type: EntityType): Listed {
  const { bitrix, portal, params } = call
  const rows = [...portal.entities[type].values()].map((entity) => ({
    ...classicView(bitrix.needle, portal, entity),
    '#': entity.id,
    PHONE: phonesOf(entity).map(({ value }) => value),
    EMAIL: entity.points
      .filter(({ typeId }) => typeId === 'EMAIL')
      .map(({ value }) => bitrix.needle.email(value)),
  }))
  const found = ordered(filtered(rows, params.fields('filter')), { ID: 'ASC', ...params.fields('order') })
  const { rows: shown, total, next } = page(found, params)
  const views = shown.flatMap((row) => {
    const entity = portal.entity({ type, id: Number(row['#']) })
    return entity === undefined
      ? []
      : [selected(classicView(bitrix.needle, portal, entity), params.list('select'))]
  })
  return new Listed(views, total, next)
}

function entityOf(call: RestCall, type: EntityType): Entity {
  const entity = portalEntity(call, type)
  if (entity === undefined) throw new RestError(400, '', 'Not found')
  return entity
}

function portalEntity(call: RestCall, type: EntityType): Entity | undefined {
  return call.portal.entities[type].get(call.params.integer('id') ?? 0)
}

type Multi = { value: string; type: string }

function multi(value: unknown): Multi[] | undefined {
  if (!Array.isArray(value) && fieldsOf(value) === undefined) return undefined
  return Object.values(value as object).flatMap((item) => {
    const { VALUE, VALUE_TYPE } = fieldsOf(item) ?? {}
    const text = textOf(VALUE)
    return text === undefined ? [] : [{ value: text, type: textOf(VALUE_TYPE) ?? 'WORK' }]
  })
}

function nameOf(fields: Fields): string {
  const both = [textOf(fields['NAME']), textOf(fields['LAST_NAME'])].filter((part) => part !== undefined)
  return textOf(fields['TITLE']) ?? (both.length === 0 ? 'No name' : both.join(' '))
}

function add(call: RestCall, type: EntityType): number {
  const fields = call.params.fields('fields')
  const companyId = integerOf(fields['COMPANY_ID'])
  const entity = addEntity(call.bitrix, call.portal, type, {
    name: nameOf(fields),
    phones: multi(fields['PHONE']) ?? [],
    emails: multi(fields['EMAIL']) ?? [],
    assignedTo: integerOf(fields['ASSIGNED_BY_ID']) ?? call.user.id,
    ...(companyId === undefined ? {} : { companyId }),
  })
  return entity.id
}

/** Multiple values given are added to those there are, as in the vendor's interface. */
function update(call: RestCall, type: EntityType): true {
  const entity = entityOf(call, type)
  const fields = call.params.fields('fields')
  const [name, lastName, title] = [fields['NAME'], fields['LAST_NAME'], fields['TITLE']].map(textOf)
  if (name !== undefined) entity.name = name
  if (lastName !== undefined) entity.lastName = lastName
  if (title !== undefined) entity.title = title
  entity.assignedById = integerOf(fields['ASSIGNED_BY_ID']) ?? entity.assignedById
  entity.points.push(
    ...pointsOf(call.portal, 'PHONE', multi(fields['PHONE']) ?? []),
    ...pointsOf(call.portal, 'EMAIL', multi(fields['EMAIL']) ?? []),
  )
  touched(call.bitrix, call.portal, entity)
  return true
}

function remove(call: RestCall, type: EntityType): true {
  deleteEntity(call.bitrix, call.portal, { type, id: entityOf(call, type).id })
  return true
}

function classic(type: EntityType): Record<string, Method> {
  const name = `crm.${type.toLowerCase()}`
  const scope = 'crm'
  return {
    [`${name}.list`]: { scope, run: (call) => list(call, type) },
    [`${name}.get`]: {
      scope,
      run: (call) => {
        const view = classicView(call.bitrix.needle, call.portal, entityOf(call, type))
        // An empty multiple field is left out.
        return Object.fromEntries(
          Object.entries(view).filter(([, value]) => !Array.isArray(value) || value.length > 0),
        )
      },
    },
    [`${name}.add`]: { scope, run: (call) => add(call, type) },
    [`${name}.update`]: { scope, run: (call) => update(call, type) },
    [`${name}.delete`]: { scope, run: (call) => remove(call, type) },
  }
}

const valuesLimit = 20

/** Errors carry their text in `error`. */
function findByCommunication(call: RestCall): unknown {
  const { bitrix, portal, params } = call
  const type = (params.text('type') ?? '').toUpperCase()
  if (type === '')
    throw new RestError(400, 'Communication type is not defined', "Parameter 'type' is required.")
  const values = (params.list('values') ?? []).map(textOf).filter((value) => value !== undefined)
  if (values.length === 0) {
    throw new RestError(400, 'Communication values is not defined', "Parameter 'values' is required.")
  }
  const key = (value: string) =>
    type === 'PHONE' ? comparable(bitrix, portal, value.replace(/[,;x#].*$/i, '')) : value.toLowerCase()
  const wanted = new Set(values.slice(0, valuesLimit).map(key))
  const only = params.text('entity_type')?.toUpperCase()
  const found: Record<string, number[]> = {}
  for (const entityType of ['LEAD', 'CONTACT', 'COMPANY'] as const) {
    if (only !== undefined && only !== entityType) continue
    const ids = [...portal.entities[entityType].values()]
      .filter(({ points }) => points.some((point) => point.typeId === type && wanted.has(key(point.value))))
      .map(({ id }) => id)
    if (ids.length === 0) continue
    found[entityType] = ids.slice(0, valuesLimit)
    if (ids.length >= valuesLimit) break
  }
  if (Object.keys(found).length > 0) return found
  return bitrix.settings.nothingFound === '[]' ? [] : {}
}

export const crmMethods: Record<string, Method> = {
  ...classic('CONTACT'),
  ...classic('COMPANY'),
  ...classic('LEAD'),
  ...classic('DEAL'),
  'crm.duplicate.findbycomm': { scope: 'crm', run: findByCommunication },
}
