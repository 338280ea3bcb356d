import { itemView } from './entity-view.ts'
import { RestError } from './errors.ts'
import { filtered, ordered, page } from './filter.ts'
import type { Fields } from './params.ts'
import { Listed, type Method, type RestCall } from './rest-call.ts'
import type { EntityType } from './world.ts'

/** entityTypeId, and OWNER_TYPE_ID of activities. */
export const typeIds: Readonly<Record<number, EntityType>> = {
  1: 'LEAD',
  2: 'DEAL',
  3: 'CONTACT',
  4: 'COMPANY',
}

function typeOf(call: RestCall): EntityType {
  const type = typeIds[call.params.integer('entityTypeId') ?? 0]
  if (type === undefined) throw new RestError(400, 'NOT_FOUND', 'Entity type is not found')
  return type
}

/** Telephone numbers come only with everything, as `fm`. */
function selected(row: Fields, select: readonly unknown[]): Fields {
  if (select.includes('*')) return row
  return Object.fromEntries(
    Object.entries(row).filter(
      ([name]) => name !== 'fm' && (select.length === 0 || select.includes(name) || name === 'id'),
    ),
  )
}

/** A filter by telephone number is not known to work: `fm` can be no condition here. */
function list(call: RestCall): Listed {
  const { bitrix, portal, params } = call
  const rows = [...portal.entities[typeOf(call)].values()].map((entity) =>
    itemView(bitrix.needle, portal, entity),
  )
  const filter = params.fields('filter')
  for (const name of Object.keys(filter)) {
    if (/fm|phone$/i.test(name) && !/hasPhone/i.test(name)) {
      throw new RestError(
        400,
        'INVALID_ARG_VALUE',
        `Invalid filter: field '${name}' is not allowed in filter`,
      )
    }
  }
  const found = ordered(filtered(rows, filter), { id: 'ASC', ...params.fields('order') })
  const { rows: shown, total, next } = page(found, params)
  return new Listed({ items: shown.map((row) => selected(row, params.list('select') ?? [])) }, total, next)
}

function get(call: RestCall): { item: Fields } {
  const entity = call.portal.entities[typeOf(call)].get(call.params.integer('id') ?? 0)
  if (entity === undefined) throw new RestError(400, 'NOT_FOUND', 'Element not found')
  return { item: itemView(call.bitrix.needle, call.portal, entity) }
}

export const itemMethods: Record<string, Method> = {
  'crm.item.list': { scope: 'crm', run: list },
  'crm.item.get': { scope: 'crm', run: get },
}
