let ended = false

/** The live stream has told that the organization's subscription ended: the session goes with it. */
export function noteEnded(): void {
  ended = true
}

/** Why nobody is signed in any more, where it is known. */
export const hasEnded = (): boolean => ended
