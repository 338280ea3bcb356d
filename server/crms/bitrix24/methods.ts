/** One REST method of Bitrix24, and what it means to send it twice. */
export interface Method {
  readonly name: string
  /**
   * `none`: it changes nothing; `repeatable`: sent again it gives the same; `once`: whether it took effect has to be asked
   * before it is sent again
   */
  readonly effect: 'none' | 'repeatable' | 'once'
  /** somebody's telephone rings meanwhile: it may use the last of the allowance */
  readonly urgent?: true
  /** it takes as long as what it makes the portal do: the portal itself gives up after a minute */
  readonly long?: true
}

/** Every method we use. Names are those of Bitrix24's documents. @see https://apidocs.bitrix24.com */
export const methods = {
  profile: { name: 'profile', effect: 'none' },
  appInfo: { name: 'app.info', effect: 'none' },
  users: { name: 'user.get', effect: 'none' },
  handlers: { name: 'event.get', effect: 'none' },
  bind: { name: 'event.bind', effect: 'repeatable' },
  unbind: { name: 'event.unbind', effect: 'repeatable' },
  lines: { name: 'telephony.externalLine.get', effect: 'none' },
  addLine: { name: 'telephony.externalLine.add', effect: 'repeatable' },
  changeLine: { name: 'telephony.externalLine.update', effect: 'repeatable' },
  search: { name: 'telephony.externalCall.searchCrmEntities', effect: 'none', urgent: true },
  // the same request within half an hour gives the same call
  register: { name: 'telephony.externalCall.register', effect: 'repeatable', urgent: true },
  show: { name: 'telephony.externalCall.show', effect: 'repeatable', urgent: true },
  hide: { name: 'telephony.externalCall.hide', effect: 'repeatable', urgent: true },
  finish: { name: 'telephony.externalCall.finish', effect: 'once' },
  // a second recording takes the place of the first
  attachRecord: { name: 'telephony.externalCall.attachRecord', effect: 'repeatable', long: true },
  statistics: { name: 'voximplant.statistic.get', effect: 'none' },
  comments: { name: 'crm.timeline.comment.list', effect: 'none' },
  addComment: { name: 'crm.timeline.comment.add', effect: 'once' },
  changeComment: { name: 'crm.timeline.comment.update', effect: 'once' },
  removeComment: { name: 'crm.timeline.comment.delete', effect: 'once' },
  addContact: { name: 'crm.contact.add', effect: 'once' },
  contact: { name: 'crm.contact.get', effect: 'none' },
  findByNumber: { name: 'crm.duplicate.findbycomm', effect: 'none' },
} as const satisfies Record<string, Method>
