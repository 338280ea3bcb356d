import {
  IconBuilding,
  IconHeadset,
  IconListDetails,
  IconPlugConnected,
  IconSettings,
  IconShieldLock,
} from '@tabler/icons-react'
import type { SessionView } from '../../server/http/shapes.ts'

const desk = { to: '/', label: 'room.desk', icon: IconHeadset } as const
const calls = { to: '/calls', label: 'room.calls', icon: IconListDetails } as const
const organizations = { to: '/organizations', label: 'room.organizations', icon: IconBuilding } as const
const connections = { to: '/connections', label: 'room.connections', icon: IconPlugConnected } as const
const privacy = { to: '/privacy', label: 'room.privacy', icon: IconShieldLock } as const
const settings = { to: '/settings', label: 'room.settings', icon: IconSettings } as const

/** The rooms a person may open: what one works in, then (below a line) what one sets up. */
export function roomsOf(session: SessionView) {
  return session.kind === 'operator'
    ? { work: [organizations], setUp: [privacy, settings] }
    : { work: [desk, calls], setUp: [connections, privacy, settings] }
}
