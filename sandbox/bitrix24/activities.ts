import { typeIds } from './crm-items.ts'
import { RestError } from './errors.ts'
import { filtered, ordered, page } from './filter.ts'
import { type Fields, integerOf, textOf } from './params.ts'
import { Listed, type Method, type RestCall } from './rest-call.ts'
import type { Activity, EntityType, Portal } from './world.ts'

const callType = '2'

function ownerTypeId(type: EntityType): string {
  return Object.entries(typeIds).find(([, name]) => name === type)?.[0] ?? ''
}

function activityView(portal: Portal, activity: Activity): Fields {
  return {
    ID: String(activity.id),
    OWNER_ID: String(activity.ownerId),
    OWNER_TYPE_ID: ownerTypeId(activity.ownerType),
    TYPE_ID: callType,
    PROVIDER_ID: 'VOXIMPLANT_CALL',
    PROVIDER_TYPE_ID: 'CALL',
    SUBJECT: activity.subject,
    DESCRIPTION: activity.description,
    DIRECTION: String(activity.direction),
    RESPONSIBLE_ID: String(activity.responsibleId),
    COMPLETED: activity.completed ? 'Y' : 'N',
    START_TIME: portal.isoTime(activity.startAt),
    END_TIME: portal.isoTime(activity.endAt),
    CREATED: portal.isoTime(activity.createdAt),
    LAST_UPDATED: portal.isoTime(activity.modifiedAt),
    ORIGIN_ID: activity.callId === null ? null : `VI_${activity.callId}`,
    COMMUNICATIONS: [
      {
        TYPE: 'PHONE',
        VALUE: activity.phone,
        ENTITY_ID: String(activity.ownerId),
        ENTITY_TYPE_ID: ownerTypeId(activity.ownerType),
      },
    ],
  }
}

function found(call: RestCall): Activity {
  const activity = call.portal.activities.get(call.params.integer('id') ?? 0)
  if (activity === undefined) throw new RestError(400, '', 'Activity is not found')
  return activity
}

function list(call: RestCall): Listed {
  const { portal, params } = call
  const rows = [...portal.activities.values()].map((activity) => activityView(portal, activity))
  const matching = ordered(filtered(rows, params.fields('filter')), { ID: 'ASC', ...params.fields('order') })
  const { rows: shown, total, next } = page(matching, params)
  const select = (params.list('select') ?? ['*']).map(String)
  // Communications come only when named.
  const views = shown.map((row) =>
    Object.fromEntries(
      Object.entries(row).filter(([name]) =>
        name === 'COMMUNICATIONS' ? select.includes(name) : select.includes('*') || select.includes(name),
      ),
    ),
  )
  return new Listed(views, total, next)
}

function update(call: RestCall): true {
  const activity = found(call)
  const fields = call.params.fields('fields')
  activity.subject = textOf(fields['SUBJECT']) ?? activity.subject
  activity.description = textOf(fields['DESCRIPTION']) ?? activity.description
  activity.responsibleId = integerOf(fields['RESPONSIBLE_ID']) ?? activity.responsibleId
  const completed = textOf(fields['COMPLETED'])
  if (completed !== undefined) activity.completed = completed === 'Y'
  activity.modifiedAt = call.bitrix.clock.now()
  return true
}

export const activityMethods: Record<string, Method> = {
  'crm.activity.get': { scope: 'crm', run: (call) => activityView(call.portal, found(call)) },
  'crm.activity.list': { scope: 'crm', run: list },
  'crm.activity.update': { scope: 'crm', run: update },
  'crm.activity.delete': { scope: 'crm', run: (call) => call.portal.activities.delete(found(call).id) },
}
