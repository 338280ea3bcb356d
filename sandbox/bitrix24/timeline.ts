import { RestError } from './errors.ts'
import { filtered, ordered, page } from './filter.ts'
import { type Fields, fieldsOf, integerOf, textOf } from './params.ts'
import { Listed, type Method, type RestCall } from './rest-call.ts'
import { type Comment, type EntityRef, entityTypes, type Portal } from './world.ts'

function commentView(portal: Portal, comment: Comment): Fields {
  return {
    ID: String(comment.id),
    ENTITY_ID: String(comment.entity.id),
    ENTITY_TYPE: comment.entity.type.toLowerCase(),
    AUTHOR_ID: String(comment.authorId),
    COMMENT: comment.text,
    CREATED: portal.isoTime(comment.createdAt),
  }
}

/** `fields` in lower case only, as the documentation insists. */
function fieldsGiven(call: RestCall): Fields {
  const fields = fieldsOf(call.params.exact('fields'))
  if (fields === undefined) throw new RestError(400, '', "Parameter 'fields' must be array.")
  return fields
}

function entityOf(call: RestCall, fields: Fields): EntityRef {
  const type = entityTypes.find((item) => item.toLowerCase() === textOf(fields['ENTITY_TYPE']))
  const id = integerOf(fields['ENTITY_ID'])
  if (type === undefined || id === undefined)
    throw new RestError(400, '', 'ENTITY_ID and ENTITY_TYPE are required.')
  if (call.portal.entity({ type, id }) === undefined) throw new RestError(400, '', 'Access denied.')
  return { type, id }
}

function add(call: RestCall): number {
  const fields = fieldsGiven(call)
  const entity = entityOf(call, fields)
  const text = textOf(fields['COMMENT'])
  if (text === undefined) throw new RestError(400, '', 'COMMENT is required.')
  const id = call.portal.newId('other')
  call.portal.comments.set(id, {
    id,
    entity,
    text,
    authorId: integerOf(fields['AUTHOR_ID']) ?? call.user.id,
    createdAt: call.bitrix.clock.now(),
  })
  return id
}

function found(call: RestCall): Comment {
  const comment = call.portal.comments.get(call.params.integer('id') ?? 0)
  if (comment === undefined) throw new RestError(400, '', 'Comment is not found.')
  return comment
}

function list(call: RestCall): Listed {
  const filter = call.params.fields('filter')
  // Comments are listed per entity, never all of them.
  entityOf(call, filter)
  const rows = [...call.portal.comments.values()].map((comment) => commentView(call.portal, comment))
  const matching = ordered(filtered(rows, filter), { ID: 'ASC', ...call.params.fields('order') })
  const { rows: shown, total, next } = page(matching, call.params)
  return new Listed(shown, total, next)
}

export const timelineMethods: Record<string, Method> = {
  'crm.timeline.comment.add': { scope: 'crm', run: add },
  'crm.timeline.comment.list': { scope: 'crm', run: list },
  'crm.timeline.comment.get': { scope: 'crm', run: (call) => commentView(call.portal, found(call)) },
  'crm.timeline.comment.update': {
    scope: 'crm',
    run: (call) => {
      const comment = found(call)
      comment.text = textOf(fieldsGiven(call)['COMMENT']) ?? comment.text
      return true
    },
  },
  'crm.timeline.comment.delete': { scope: 'crm', run: (call) => call.portal.comments.delete(found(call).id) },
}
