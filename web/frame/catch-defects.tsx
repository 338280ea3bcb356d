import { Component, type ReactNode } from 'react'
import { FrameGate } from './frame-gate.tsx'

/** Whatever fails while it is drawn is told in words; an empty frame tells nobody anything. */
export class CatchDefects extends Component<{ children: ReactNode }, { failed: boolean }> {
  override state = { failed: false }

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true }
  }

  override render(): ReactNode {
    return this.state.failed ? <FrameGate why="defect" /> : this.props.children
  }
}
