import type { ReactNode } from 'react'
import { Wordmark } from '../shell/mark.tsx'

/** A frame with words instead of calls. */
export function FrameMessage(props: {
  title: string
  text?: string
  urgent?: boolean
  children?: ReactNode
}) {
  return (
    <main className="frame frame-message" aria-label={props.title}>
      <Wordmark />
      <div role={props.urgent === true ? 'alert' : 'status'}>
        <h1>{props.title}</h1>
        {props.text !== undefined && <p className="quiet">{props.text}</p>}
      </div>
      {props.children !== undefined && <div className="form-actions">{props.children}</div>}
    </main>
  )
}
