import type { Crm } from '../crms/contract.ts'
import type { PhoneSystem } from '../phones/contract.ts'

/** What an administrator may have done with recordings. `leave`: nothing; nothing is preset either. */
export const recordingWays = ['attach', 'copy', 'link', 'leave'] as const
export type RecordingWay = (typeof recordingWays)[number]

/** What a phone system and a CRM can do together; nothing else is offered, nor taken. */
export function waysOf(
  phone: Pick<PhoneSystem, 'recordings'>,
  crm: Pick<Crm, 'attachRecording' | 'referToRecording'> | undefined,
): RecordingWay[] {
  const source = phone.recordings
  if (!source) return []
  const canRead = source.request !== undefined || source.locate !== undefined
  const canRefer = source.locate !== undefined && crm?.referToRecording !== undefined
  const can: Record<RecordingWay, boolean> = {
    attach: canRead && crm?.attachRecording !== undefined,
    copy: canRefer && source.handsOut === true,
    link: canRefer,
    leave: true,
  }
  return recordingWays.filter((way) => can[way])
}

export function wayIn(settings: Readonly<Record<string, unknown>>): RecordingWay | undefined {
  return recordingWays.find((way) => way === settings['recordings'])
}

/** Is there anything to be done with recordings? Nothing is preset. */
export const isWayChosen = (settings: Readonly<Record<string, unknown>>): boolean =>
  !['leave', undefined].includes(wayIn(settings))
