import { declareSent } from '../../../policy/index.ts'

/** Everything that Bitrix24 is sent, its authorization server and a company's portal. `auth`: in whose name. */
export const sentToBitrix24 = declareSent('Bitrix24', {
  // signing in, and setting up
  'POST /oauth/token/': ['grant_type', 'client_id', 'client_secret', 'refresh_token'],
  'POST /profile': ['auth'],
  'POST /app.info': ['auth'],
  'POST /user.get': ['auth', 'FILTER.USER_TYPE', 'sort', 'order', 'start'],
  'POST /event.get': ['auth'],
  'POST /event.bind': ['auth', 'event', 'handler'],
  'POST /event.unbind': ['auth', 'event', 'handler'],
  'POST /telephony.externalLine.get': ['auth'],
  'POST /telephony.externalLine.add': ['auth', 'NUMBER', 'NAME', 'CRM_AUTO_CREATE'],
  'POST /telephony.externalLine.update': ['auth', 'NUMBER', 'NAME'],
  // who is calling
  'POST /telephony.externalCall.searchCrmEntities': ['auth', 'PHONE_NUMBER'],
  // a call and its cards
  'POST /telephony.externalCall.register': [
    'auth',
    'USER_ID',
    'PHONE_NUMBER',
    'LINE_NUMBER',
    'TYPE',
    'CALL_START_DATE',
    'EXTERNAL_CALL_ID',
    'CRM_CREATE',
    'SHOW',
    'ADD_TO_CHAT',
    'CRM_ENTITY_TYPE',
    'CRM_ENTITY_ID',
  ],
  'POST /telephony.externalCall.show': ['auth', 'CALL_ID', 'USER_ID[]'],
  'POST /telephony.externalCall.hide': ['auth', 'CALL_ID', 'USER_ID[]'],
  'POST /telephony.externalCall.finish': [
    'auth',
    'CALL_ID',
    'USER_ID',
    'DURATION',
    'STATUS_CODE',
    'ADD_TO_CHAT',
  ],
  'POST /telephony.externalCall.attachRecord': ['auth', 'CALL_ID', 'RECORD_URL', 'FILENAME'],
  'POST /voximplant.statistic.get': ['auth', 'FILTER.CALL_ID', 'FILTER.EXTERNAL_CALL_ID', 'SORT', 'ORDER'],
  // what users write about a call
  'POST /crm.timeline.comment.list': [
    'auth',
    'filter.ENTITY_ID',
    'filter.ENTITY_TYPE',
    'select[]',
    'order.ID',
    'start',
  ],
  'POST /crm.timeline.comment.add': ['auth', 'fields.ENTITY_ID', 'fields.ENTITY_TYPE', 'fields.COMMENT'],
  'POST /crm.timeline.comment.update': ['auth', 'id', 'fields.COMMENT'],
  'POST /crm.timeline.comment.delete': ['auth', 'id'],
  // a person whom a user makes from a number
  'POST /crm.duplicate.findbycomm': ['auth', 'type', 'values[]', 'entity_type'],
  'POST /crm.contact.get': ['auth', 'id'],
  'POST /crm.contact.add': [
    'auth',
    'fields.NAME',
    'fields.PHONE[].VALUE',
    'fields.PHONE[].VALUE_TYPE',
    'fields.ASSIGNED_BY_ID',
  ],
})
