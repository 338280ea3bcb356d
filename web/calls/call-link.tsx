import { type ComponentType, createContext, type ReactNode, use } from 'react'

type LinkToCall = ComponentType<{ callId: string; children: ReactNode }>

const CallLinkContext = createContext<LinkToCall | undefined>(undefined)

/** How a call is opened where these parts are shown: the desk has addresses for it, a frame has not. */
export const CallLinkProvider = CallLinkContext

/** Opens another call from inside a card. */
export function CallLink(props: { callId: string; children: ReactNode }) {
  const LinkHere = use(CallLinkContext)
  if (LinkHere === undefined) throw new Error('CallLink outside CallLinkProvider')
  return <LinkHere {...props} />
}
