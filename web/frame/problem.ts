/** What keeps the frame from showing anything; each has words of its own (frame-gate.tsx). */
export type ProblemKind =
  /** opened by hand, not by the host */
  | 'outside'
  /** the host never answered */
  | 'host-silent'
  /** the host gives no token: its own session is over */
  | 'host-refuses'
  /** our server does not accept what the host signed */
  | 'not-accepted'
  /** nobody like that has the app */
  | 'not-installed'
  | 'no-answer'
  | 'defect'

export class FrameProblem extends Error {
  readonly kind: ProblemKind
  constructor(kind: ProblemKind, cause?: unknown) {
    super(kind, cause === undefined ? undefined : { cause })
    this.name = 'FrameProblem'
    this.kind = kind
  }
}
