/** How a call ended, in Placetel's words. The last four are for outgoing calls only. */
export const hangUpTypes = [
  'voicemail',
  'missed',
  'blocked',
  'accepted',
  'busy',
  'canceled',
  'unavailable',
  'congestion',
] as const
export type HangUpType = (typeof hangUpTypes)[number]
export const endsOf = {
  in: ['voicemail', 'missed', 'blocked', 'accepted'],
  out: ['accepted', 'busy', 'canceled', 'unavailable', 'congestion'],
} as const satisfies Record<'in' | 'out', readonly HangUpType[]>

export type EventName = 'IncomingCall' | 'OutgoingCall' | 'CallAccepted' | 'HungUp'

/** An event as it is sent. No event carries a time. */
export type NotifyEvent = { event: EventName; call_id: string } & Record<string, string>
